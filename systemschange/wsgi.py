"""What gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

from confidentiality.check import warm

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "systemschange.settings")

application = get_wsgi_application()

# Before the first worker is forked: nobody's first check waits for the word lists, and the workers share them.
warm()
