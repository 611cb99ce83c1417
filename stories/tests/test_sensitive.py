"""Once the words name something sensitive, sent or not, no surface tells the council area, the month or the day."""

import re

import pytest
from django.urls import reverse

from members.tests.factories import AdminFactory, sign_in_staff
from practices.models import Boundary
from stories import actions, search
from stories.forms.where import WhereForm
from stories.sharing import Sharing
from stories.tests.desk import fresh, now
from stories.tests.factories import StoryFactory, edit_of

pytestmark = pytest.mark.django_db

FINE = ["Salford", "Early 20", "early 20"]
FORMS = re.compile("<form.*?</form>", re.S)  # the filter offers every place
COARSE = ["housing", "domestic-abuse"]


@pytest.fixture
def precise():
    """Named, public, found by search engines: as finely told as a story can be."""
    told = {"place": "salford", "period_part": "early", "period_year": 2025, "byline": "name"}
    return StoryFactory(live=True, audience="public", search_engines="yes", title="Precisely told", **told)


def surfaces(story):
    """Where readers and staff meet it, each with what tells a place or a time of it."""
    yield from [story.get_absolute_url(), "/stories/", "/stories/feed/", "/crossings/housing--mental-health/feed/"]
    yield from ["/stories/?place=salford", "/places/salford/", "/places/salford/feed/", "/stories/?q=Salford"]
    yield from ["/crossings/housing--mental-health/", "/admin/moderation/published/", "/admin/moderation/table/csv/"]


def told_on(client, story):
    """The surfaces that tell something fine of this story. A list that has nothing in Salford looks around it, and
    says so: there its title tells no more than the region."""
    found = []
    for address in surfaces(story):
        answer = client.get(address)
        text = b"".join(answer).decode() if answer.streaming else answer.content.decode()
        if "salford" in address.lower():
            if story.title in text and "Nobody in Salford yet" not in text and "Nothing" not in text:
                found.append(address)
        elif any(word in FORMS.sub("", text) for word in FINE):
            found.append(address)
    return found


@pytest.mark.long
@pytest.mark.parametrize("how", ["an unsent edit", "staff", "an unsent edit, then staff"])
def test_all_surfaces_are_coarse_at_once(client, precise, how):
    sign_in_staff(client, AdminFactory())
    fine = told_on(client, precise)
    assert {precise.get_absolute_url(), "/stories/", "/places/salford/", "/stories/?place=salford"} <= set(fine)
    if "unsent" in how:
        names = ["housing", "police"] if "staff" in how else COARSE
        edit_of(precise, boundaries=names)
    if "staff" in how:
        Boundary.objects.filter(slug="police" if "unsent" in how else "housing").update(sensitive=True)
        search.reindex()
    assert told_on(client, precise) == []
    client.logout()
    assert told_on(client, precise) == []
    story = fresh(precise)
    assert (str(story.shown_place), story.shown_period) == ("North West", "2025")
    assert "North West" in Sharing(story).citation


def test_no_day_and_no_month_of_its_publication_travels(client, precise):
    edit_of(precise, boundaries=COARSE)
    day, year = f"{precise.first_published_at:%Y-%m-%d}", f"{precise.first_published_at:%Y}"
    feed = client.get("/stories/feed/").content.decode()
    assert f"<published>{year}-01-01T" in feed
    assert f"<published>{day}T" not in feed or day.endswith("-01-01")
    sitemap = client.get(reverse("sitemap_stories", args=[1])).content.decode()
    assert precise.slug in sitemap
    assert "<lastmod>" not in sitemap
    staff = sign_in_staff(client, AdminFactory())
    table = b"".join(staff.get("/admin/moderation/table/csv/")).decode()
    assert f",{year}," in table
    assert day not in table


def test_whoever_takes_it_out_of_the_edit_again_has_what_was_approved(precise):
    edit_of(precise, boundaries=COARSE)
    assert fresh(precise).is_sensitive
    edit_of(precise, tried="Something else.")
    assert fresh(precise).is_sensitive
    edit_of(precise, boundaries=["housing", "mental-health"])
    assert str(fresh(precise).shown_place) == "Salford"


def test_a_withdrawn_story_forgets_what_its_edit_named(precise):
    edit_of(precise, boundaries=COARSE)
    actions.withdraw(precise, by=precise.author, now=now())
    story = edit_of(precise, boundaries=["housing", "police"])
    assert (fresh(story).is_sensitive, fresh(story).missing_to_send()) == (False, [])


def test_the_form_asks_for_a_region_in_words_beside_the_field():
    story = StoryFactory()
    form = WhereForm({"boundaries": COARSE, "place": "salford", "edit_number": story.edit_number}, instance=story)
    assert "council area can lead to someone" in form.errors["place"][0]
    assert "it can only be a region" in form.fields["place"].help_text
