"""What several tests of the whole site stand on."""

import pytest
from django.test import Client
from django.utils import translation

LOCALE = "django.middleware.locale.LocaleMiddleware"


@pytest.fixture
def welsh(settings):
    """A visitor of the site with its second language switched on."""
    settings.LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]
    before = settings.MIDDLEWARE.index("django.middleware.common.CommonMiddleware")
    settings.MIDDLEWARE = [*settings.MIDDLEWARE[:before], LOCALE, *settings.MIDDLEWARE[before:]]
    yield Client()
    translation.activate(settings.LANGUAGE_CODE)
