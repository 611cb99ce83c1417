"""What the servers of the bench serve: the settings in the environment say which pages."""

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

django.setup(set_prefix=False)
if hasattr(settings, "PLAIN_MIDDLEWARE"):
    settings.MIDDLEWARE = settings.PLAIN_MIDDLEWARE
    application = WSGIHandler()
else:
    from systemschange.wsgi import application
__all__ = ["application"]
