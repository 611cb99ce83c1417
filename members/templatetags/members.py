"""`{% load members %}`: how pages of this room say things."""

import json

from django import template

register = template.Library()

# The first that fits: several browsers call themselves by their forebears' names too.
BROWSERS = {"Edg/": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari": "Safari"}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS": "a Mac",
    "CrOS": "a Chromebook",
    "Linux": "Linux",
}


def first_sign(signs, text, otherwise):
    return next((name for sign, name in signs.items() if sign in text), otherwise)


@register.filter
def device(user_agent):
    """What a browser says of itself, as people would say it."""
    browser = first_sign(BROWSERS, user_agent, "A browser")
    return f"{browser} on {first_sign(SYSTEMS, user_agent, 'a device that we do not know')}"


@register.filter
def as_json(value):
    """For a data attribute, which a module of ours reads: nothing stands inline in a script."""
    return json.dumps(value)
