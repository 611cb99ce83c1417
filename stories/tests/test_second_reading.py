"""A story that names something sensitive needs the yes of two moderators (docs/decisions/0036)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from members.models import Notice, User
from members.tests.factories import AdminFactory, ModeratorFactory, sign_in_staff
from stories import actions
from stories.daily import what_waits
from stories.models import FirstReading
from stories.tests.desk import fresh, now, page, review, send_edit, verb, version
from stories.tests.factories import StoryFactory, edit_of
from stories.tests.walk import SNIPPET
from stories.trust import reasons_to_wait

pytestmark = pytest.mark.django_db
SENSITIVE = {"boundaries": ["domestic-abuse", "housing"], "place": "north-west"}


def say_yes(client, story):
    return client.post(verb("approve", story), {"revision": version(story), "nobody_found": "on"}, follow=True)


def is_live(story):
    return fresh(story).live and not fresh(story).is_in_moderation


def test_two_different_moderators_say_yes_before_it_is_live(client):
    first, second = ModeratorFactory(first_name="Maya"), ModeratorFactory(first_name="Ade")
    story = StoryFactory(sent=True, **SENSITIVE)
    sign_in_staff(client, first)
    assert "Needs two readers" in page(client.get(reverse("stories_staff:queue")))
    assert "Your yes is kept. Another moderator reads it too" in page(say_yes(client, story))
    assert (fresh(story).live, Notice.objects.filter(kind="stories.story_live").exists()) == (False, False)
    assert FirstReading.objects.get(story=story).moderator == second

    assert "You said yes: waits for another reader" in page(client.get(reverse("stories_staff:queue")))
    assert ">Approve</button>" not in page(client.get(review(story)))
    assert "You have said yes to this version already" in page(say_yes(client, story))
    client.post(verb("read_first", story))
    client.post(verb("hand_on", story))
    assert FirstReading.objects.get(story=story).moderator == second
    assert (fresh(story).live, what_waits(first, now=now())) == (False, None)

    sign_in_staff(client, second)
    assert "Waits for a second reader" in page(client.get(reverse("stories_staff:queue")))
    assert "Maya" in page(client.get(review(story)))
    assert "Approved. The story is live" in page(say_yes(client, story))
    assert is_live(story)
    assert Notice.objects.filter(kind="stories.story_live").count() == 1


def test_no_way_in_the_admin_lets_one_person_say_both(client):
    """Wagtail's own pages, the approval of many at once, and an administrator."""
    admin = AdminFactory()
    story = StoryFactory(sent=True, **SENSITIVE)
    actions.approve(story, by=admin, now=now())
    sign_in_staff(client, admin)
    task = fresh(story).current_workflow_task_state
    offered = [action[0] for action in task.task.specific.get_actions(fresh(story), admin)]
    assert offered == ["reject"]
    wagtails = reverse(f"{SNIPPET}:workflow_action", args=[story.pk, "approve", task.pk])
    many = reverse("wagtail_bulk_action", args=["stories", "story", "approve"]) + f"?id={story.pk}"
    client.post(wagtails, {"nobody_found": "on"})
    client.post(many, {"revision": version(story)})
    assert fresh(story).live is False
    # Nor does it count for a second yes among many where staff no longer call the boundary sensitive.
    fresh(story).boundaries.get(slug="domestic-abuse").__class__.objects.update(sensitive=False)
    sign_in_staff(client, ModeratorFactory())
    assert "It needs a look of its own" in page(client.get(many))
    client.post(many, {"revision": version(story)})
    assert fresh(story).live is False


def test_the_teller_is_no_reader_of_their_own_story():
    teller = ModeratorFactory()
    story = StoryFactory(sent=True, author=teller, **SENSITIVE)
    actions.approve(story, by=ModeratorFactory(), now=now())
    with pytest.raises(actions.CannotDecide, match="your own story"):
        actions.approve(story, by=teller, now=now())
    assert fresh(story).live is False


@pytest.mark.parametrize("changed", [True, False])
def test_changes_asked_by_the_second_reader_begin_again(changed):
    first, second = ModeratorFactory(), ModeratorFactory()
    story = StoryFactory(sent=True, **SENSITIVE)
    actions.approve(story, by=first, now=now())
    actions.ask_for_changes(story, by=second, now=now(), comment="Say less of the street.")
    if changed:
        edit_of(story, tried="Another way.")
    actions.send(story, by=story.author, now=now())
    actions.approve(story, by=second, now=now())
    assert fresh(story).live is False
    with pytest.raises(actions.CannotDecide, match="said yes to this version already"):
        actions.approve(story, by=second, now=now())
    actions.approve(story, by=first, now=now())
    assert is_live(story)


def test_a_yes_counts_for_the_words_it_was_said_to():
    """The teller agrees to other words between the two: both have to read what goes live."""
    first, second = ModeratorFactory(), ModeratorFactory()
    story = StoryFactory(sent=True, **SENSITIVE)
    actions.approve(story, by=first, now=now())
    actions.suggest(story, field="tried", after="I sat there.", reason="Shorter.", by=second, now=now())
    asked = story.suggestions.get()
    actions.answer_suggestion(story, suggestion=asked.pk, agreed=True, by=story.author, now=now())
    actions.approve(story, by=second, now=now())
    assert fresh(story).live is False
    actions.approve(story, by=first, now=now())
    assert (is_live(story), fresh(story).tried) == (True, "I sat there.")


def test_an_edit_that_names_or_no_longer_names_something_sensitive_needs_two_as_well(settings):
    settings.TRUSTED_AFTER = 1
    story = StoryFactory(live=True)
    for boundaries in [["domestic-abuse", "housing"], ["housing", "police"]]:
        edit_of(story, boundaries=boundaries, place="north-west")
        assert any("danger" in reason for reason in reasons_to_wait(fresh(story).get_latest_revision_as_object()))
        actions.send(story, by=story.author, now=now(), publish_first=True)
        actions.approve(story, by=ModeratorFactory(), now=now())
        assert fresh(story).is_in_moderation
        actions.approve(story, by=ModeratorFactory(), now=now())
        assert is_live(story)
    send_edit(story, tried="I rang them.")
    actions.approve(story, by=ModeratorFactory(), now=now())
    assert is_live(story)


def test_where_one_person_alone_moderates_it_waits_and_says_so(client):
    alone = ModeratorFactory()
    story = StoryFactory(sent=True, **SENSITIVE)
    actions.approve(story, by=alone, now=now())
    sign_in_staff(client, alone)
    assert "waits for another reader, and nobody else moderates here" in page(
        client.get(reverse("stories_staff:queue"))
    )
    assert "Nobody else moderates here." in page(client.get(review(story)))
    assert "One yes is never enough" in page(client.get(review(story)))
    # That somebody else moderates who told it themselves must not be seen by what is said here.
    User.objects.filter(pk=story.author_id).update(is_superuser=True, is_staff=True)
    assert "Nobody else moderates here." not in page(client.get(review(story)))
    assert fresh(story).live is False


def test_the_teller_is_told_that_two_read_it(client):
    story = StoryFactory(**SENSITIVE)
    client.force_login(story.author)
    assert "Two moderators read it" in page(client.get(reverse("stories:send", args=[story.slug])))
    actions.send(story, by=story.author, now=now())
    assert "Two moderators read it" in page(client.get(reverse("stories:sent", args=[story.slug])))
    actions.approve(story, by=ModeratorFactory(), now=timezone.now())
    assert "One moderator has said yes." in page(client.get(reverse("stories:sent", args=[story.slug])))


def test_the_queue_takes_the_same_queries_with_two_readers(client):
    sign_in_staff(client, ModeratorFactory())
    StoryFactory(sent=True)
    client.get(reverse("stories_staff:queue"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("stories_staff:queue"))
    for _ in range(2):
        actions.approve(StoryFactory(sent=True, **SENSITIVE), by=ModeratorFactory(), now=now())
    with CaptureQueriesContext(connection) as three:
        client.get(reverse("stories_staff:queue"))
    assert len(three) == len(one)
