"""What pages of other rooms show of this one."""

from functools import partial

from django import template
from django.utils import timezone

from design.drawn import in_a_list
from design.templatetags.design import person_card
from networks.models import Cohort, Introduction
from practices.pieces import keeper

register = template.Library()


@register.inclusion_tag("networks/_own_cohorts.html", takes_context=True)
def own_cohorts(context):
    """On the account's page: the way to one's first steps."""
    return {"cohorts": Cohort.objects.joined_by(context["user"]).order_by("-starts_date", "-pk")}


@register.inclusion_tag("networks/_introduction_waits.html", takes_context=True)
def introduction_waits(context):
    """On a member's first pages: that somebody waits for their answer; no number, no name."""
    waits = Introduction.objects.waiting_for(context["user"], now=timezone.now())
    return {"waits": waits.exists()}


@register.simple_tag
def person_cards(people):
    """Members as lists show them (`networks.cards.Card`), as the items of a list."""
    keep = keeper("person card")
    return in_a_list(keep(person.made_from, partial(_card, person)) for person in people)


def _card(person):
    return person_card(person, person.get_absolute_url(), *person.said)
