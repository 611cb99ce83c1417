"""What the tests of the teller's pages share: complete answers to each page, and how they are sent."""

from django.urls import reverse

from stories.models import Story

JOT = {"title": "The repairs desk", "noticed": "A letter that nobody read."}
SAFE = {
    "whose_story": "mine",
    "consent": "no_person",
    "employer": "agreed",
    "byline": "role",
    "byline_role": "housing-officer",
    "audience": "members",
    "may_quote": "ask",
}
TOLD = {
    "noticed": {"noticed": "A letter that nobody read.", "flex": "There was none."},
    "tried": {"tried": "A call.", "who_with": "The desk.", "happened": "They rang back."},
    "now": {"outcome": "going", "shift_behaviour": "They ring.", "evidence": "seen", "evidence_note": "Twice."},
    "matters": {"why_it_matters": "It makes people ill.", "lens": "me"},
    "where": {
        "boundaries": ["housing", "mental-health"],
        "practices": ["change-the-form"],
        "place": "north-west",
        "period_part": "early",
        "period_year": "2025",
    },
    "more": {"surprise": "They knew.", "advice": "Ring first.", "help_wanted": "A number."},
}
SENDING = {"title": "They ring before they refuse", "summary": "Two teams ring each other."}


def fresh(story):
    return Story.objects.get(pk=story.pk)


def at(name, story, *more):
    return reverse(f"stories:{name}", args=[story.slug, *more])


def text(response):
    return response.content.decode()


def jot_page(client):
    return {**JOT, "form_key": client.get(reverse("stories:new")).context["form"]["form_key"].value()}


def post(client, address, answers, story=None, **more):
    number = {} if story is None else {"edit_number": fresh(story).edit_number}
    return client.post(address, {**number, **answers, **more})
