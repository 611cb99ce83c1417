"""What the pages of the telling need beside their forms."""

from functools import lru_cache

from django import template
from django.conf import settings
from django.utils.crypto import salted_hmac

from stories.views.answers import page_of

register = template.Library()


@register.filter
def owner_mark(user):
    """Tells one account's copies in a browser from another's, and says nothing of either; empty when signed out."""
    return _mark(user.pk, settings.SECRET_KEY) if user.is_authenticated else ""


@lru_cache(maxsize=1024)
def _mark(key, secret):
    return salted_hmac("stories.copies", str(key), secret=secret).hexdigest()[:16]


@register.filter
def change_of(story, name):
    """The address where the answer `name` of this story can be changed."""
    address = page_of(story, name)
    return f"{address}#id_{name}" if name in {"title", "summary"} else address
