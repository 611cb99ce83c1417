"""Whether the web server in this container lives: exit status 0 or 1."""

import os
import sys
from http.client import HTTPConnection

connection = HTTPConnection("127.0.0.1", 8000, timeout=4)
try:
    connection.request("GET", "/healthz", headers={"Host": os.environ["ALLOWED_HOSTS"].split(",")[0].lstrip(".")})
    sys.exit(connection.getresponse().status != 200)
except OSError:
    sys.exit(1)
