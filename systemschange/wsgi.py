"""What gunicorn serves."""

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from confidentiality.check import warm

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "systemschange.settings")

application = get_wsgi_application()

# Before the first worker is forked: nobody's first page or check waits for views and word lists, and the workers share
# what they take of memory.
import_module(settings.ROOT_URLCONF)
warm()
