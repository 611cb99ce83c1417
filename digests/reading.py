"""A letter on the site: what was in it, as far as its reader may still see it."""

from django.utils.translation import gettext_lazy as _

from digests import cards
from networks.models import Gathering, Introduction, RuleQuestion
from reports.models import ReportPage
from stories.models import FollowUp, Story


def items_for(delivery, user):
    """The letter's items in order, each as {"kind", "what", "title", "url", "why"} with its object under its kind.

    Rights are asked anew at each look: what was withdrawn, narrowed or hidden since is left out, without a trace. What
    was kept back, and introductions that are answered, are not told a second time.
    """
    keys = {}
    for item in delivery.items:
        keys.setdefault(item["kind"], set()).add(item["id"])
    found = {kind: READ[kind](user, wanted) for kind, wanted in keys.items() if kind in READ}
    return [
        {"kind": item["kind"], "what": WHAT[item["kind"]], "why": item["why"], **found[item["kind"]][item["id"]]}
        for item in delivery.items
        if item["id"] in found.get(item["kind"], ())
    ]


def stories(user, keys):
    readable = Story.objects.readable_by(user).beyond_one_group().filter(pk__in=keys).for_listing()
    return {story.pk: shown("story", story, story.title) for story in readable}


def follow_ups(user, keys):
    readable = FollowUp.objects.readable_by(user).filter(pk__in=keys).for_listing()
    return {one.pk: shown("follow_up", one, one.story.title) for one in readable.prefetch_related(*TAGS)}


def reports(user, keys):
    live = ReportPage.objects.live().filter(pk__in=keys)
    return {report.pk: {"report": report, "title": report.title, "url": report.url} for report in live}


def gatherings(user, keys):
    theirs = Gathering.objects.visible_to(user).filter(pk__in=keys).select_related("coalition")
    found = theirs.prefetch_related("coalition__boundaries")
    return {gathering.pk: shown("gathering", gathering, gathering.name_outside()) for gathering in found}


def questions(user, keys):
    readable = RuleQuestion.objects.readable_by(user).filter(pk__in=keys)
    return {question.pk: shown("rule", question, question.gist) for question in readable}


def introductions(user, keys):
    visible = Introduction.objects.visible_to(user).filter(pk__in=keys)
    return {one.pk: shown("introduction", one, cards.introduced(1)["words"]) for one in visible}


def shown(kind, row, title):
    return {kind: row, "title": title, "url": row.get_absolute_url()}


WHAT = {
    "story": _("Story"),
    "follow_up": _("News of a story you follow"),
    "report": _("Report"),
    "gathering": _("Gathering"),
    "rule": _("Rule or habit?"),
    "introduction": _("Introduction"),
}
TAGS = ("story__tagged_boundaries__tag",)
READ = {
    "story": stories,
    "follow_up": follow_ups,
    "report": reports,
    "gathering": gatherings,
    "rule": questions,
    "introduction": introductions,
}
