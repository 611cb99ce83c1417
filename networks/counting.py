"""Introductions as numbers, never so few that a number is a person (`confidentiality.rounding`)."""

from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q

from confidentiality.rounding import part_of, rounded
from networks.models import Introduction, WentCount
from networks.models.introduction import Side


def how_introductions_went():
    """(answer in words, number down to the last five, or None where fewer than five said so)."""
    counted = dict(WentCount.objects.values_list("answer", "number"))
    return [(label, rounded(counted.get(answer, 0))) for answer, label in WentCount.Went.choices]


def introductions_between(begins: datetime, ends: datetime) -> list:
    """How many were asked for in this time, how many of those somebody answered, and how many led to a conversation."""
    said = Side.objects.filter(introduction=OuterRef("pk")).exclude(answer=Side.Answer.NONE)
    answered = Exists(said.exclude(member=OuterRef("made_by")))
    made = Introduction.objects.filter(asked_at__gte=begins, asked_at__lt=ends).alias(answered=answered)
    found = made.aggregate(
        asked=Count("pk"), heard=Count("pk", filter=Q(answered=True)), met=Count("pk", filter=Q(met_at__isnull=False))
    )
    return [rounded(found["asked"]), part_of(found["heard"], found["asked"]), part_of(found["met"], found["asked"])]
