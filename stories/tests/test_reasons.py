"""Short reasons: offered where a reason is asked for, added to what is typed, kept by moderators."""

import pytest
from django.urls import reverse

from members.models import Notice
from members.tests.factories import EditorFactory, MemberFactory, sign_in_staff
from stories.models import ShortReason, Story
from stories.staff.forms import REASON_LENGTH
from stories.tests.desk import fresh, page, review, verb, version
from stories.tests.factories import StoryFactory

pytestmark = pytest.mark.django_db
SNIPPET = "wagtailsnippets_stories_shortreason"


def reason(use):
    return ShortReason.objects.create(use=use, name="Too exact", text="The day is too exact.")


def told(kind):
    return Notice.objects.get(kind=f"stories.{kind}").text


def test_a_short_reason_goes_before_what_is_typed(desk):
    story = StoryFactory(sent=True)
    chosen = reason("changes").pk
    assert "Too exact" in page(desk.get(review(story)))
    desk.post(
        verb("ask_for_changes", story),
        {"revision": version(story), "begin_with": chosen, "reason": "It is in the second part."},
    )
    read = Story.objects.with_moderation().get(pk=story.pk).moderation_reason
    assert read == "The day is too exact.\n\nIt is in the second part."


def test_a_short_reason_is_enough_alone(desk):
    story = StoryFactory(live=True)
    desk.post(verb("take_down", story), {"begin_with": reason("down").pk})
    assert "The day is too exact." in told("story_taken_down")
    assert not fresh(story).live


@pytest.mark.parametrize("chosen", ["999999", "x"])
def test_a_choice_that_is_not_offered_is_told_and_what_was_typed_is_kept(desk, chosen):
    story = StoryFactory(sent=True)
    sent = {"revision": version(story), "begin_with": chosen, "reason": "My own words"}
    answer = page(desk.post(verb("ask_for_changes", story), sent))
    assert ["Choose one of the short reasons shown." in answer, "My own words" in answer] == [True, True]


def test_a_reason_for_the_one_is_not_offered_for_the_other(desk):
    story = StoryFactory(sent=True)
    sent = {"revision": version(story), "begin_with": reason("down").pk}
    assert "Choose one of the short reasons shown." in page(desk.post(verb("ask_for_changes", story), sent))


def test_the_longest_words_and_a_short_reason_fit_together(desk):
    story = StoryFactory(sent=True)
    sent = {"revision": version(story), "begin_with": reason("changes").pk, "reason": "a" * REASON_LENGTH}
    desk.post(verb("ask_for_changes", story), sent)
    assert fresh(story).changes_are_asked


def test_moderators_keep_them_and_other_staff_do_not(desk, client):
    add = reverse(f"{SNIPPET}:add")
    desk.post(add, {"use": "changes", "name": "Kept", "text": "Words", "position": 1})
    assert ShortReason.objects.filter(name="Kept").exists()
    assert "Kept" in page(desk.get(reverse(f"{SNIPPET}:list")))
    sign_in_staff(client, EditorFactory())
    assert client.get(add).status_code == 302
    client.force_login(MemberFactory())
    assert client.get(add).status_code == 403
