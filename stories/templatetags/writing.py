"""What the pages of the telling need beside their forms."""

from django import template
from django.utils.crypto import salted_hmac

register = template.Library()


@register.filter
def owner_mark(user):
    """Tells one account's copies in a browser from another's, and says nothing of either; empty when signed out."""
    return salted_hmac("stories.copies", str(user.pk)).hexdigest()[:16] if user.is_authenticated else ""
