"""The front door: settings, URLs, Celery, the embedded services, and the tests that guard the house."""

from systemschange.celery import app as celery_app

__all__ = ["celery_app"]
