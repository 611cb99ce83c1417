"""What pages of other rooms show of this one."""

from django import template
from django.utils import timezone

from networks.models import Introduction

register = template.Library()


@register.inclusion_tag("networks/_introduction_waits.html", takes_context=True)
def introduction_waits(context):
    """On a member's first pages: that somebody waits for their answer; no number, no name."""
    waits = Introduction.objects.waiting_for(context["user"], now=timezone.now())
    return {"waits": waits.exists()}
