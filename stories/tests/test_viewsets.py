"""Wagtail's own addresses of a story lead to our pages, or nowhere."""

import pytest
from django.urls import reverse
from wagtail.models import TaskState
from wagtail.permissions import policy_registry

from members.models import Notice
from members.tests.factories import EditorFactory, sign_in_staff
from stories import actions
from stories.models import Story
from stories.tests.desk import QUEUE, SNIPPET, fresh, now, page, review, send_edit, version
from stories.tests.factories import StoryFactory

pytestmark = pytest.mark.django_db


# --- Wagtail's own addresses ------------------------------------------------------------------------------------------


def action(story, name):
    task_state = TaskState.objects.for_instance(story).latest("pk")
    return reverse(f"{SNIPPET}:workflow_action", args=[story.pk, name, task_state.pk])


def test_wagtails_own_approval_ends_in_our_ceremony(desk, moderator):
    story = StoryFactory(sent=True)
    desk.post(action(story, "approve"), {"comment": "", "nobody_found": "on"})
    assert fresh(story).live
    assert Notice.objects.filter(kind="stories.story_live").count() == 1


def test_wagtails_own_request_for_changes_needs_a_reason_too(desk):
    story = StoryFactory(sent=True)
    desk.post(action(story, "reject"), {"comment": " "})
    assert fresh(story).is_in_moderation
    desk.post(action(story, "reject"), {"comment": "Which week?"})
    assert "Which week?" not in Notice.objects.get(kind="stories.changes_asked").text
    assert TaskState.objects.for_instance(story).filter(comment="Which week?").exists()


def test_wagtails_own_approval_says_why_it_cannot_stand(desk, moderator):
    story = StoryFactory(sent=True, author=moderator)
    answer = desk.post(action(story, "approve"), follow=True)
    assert "This is your own story" in page(answer)
    assert fresh(story).live is False


def test_wagtails_own_approval_of_a_decided_story_says_so(desk):
    story = StoryFactory(live=True)
    answer = desk.post(action(story, "approve"), follow=True)
    assert "This story is no longer waiting for a decision." in page(answer)


def test_a_task_of_another_story_is_not_decided_through_this_one(desk):
    story, other = StoryFactory(sent=True), StoryFactory(sent=True)
    crossed = action(other, "approve").replace(f"/{other.pk}/", f"/{story.pk}/", 1)
    assert desk.post(crossed).status_code == 404
    assert [fresh(story).live, fresh(other).live] == [False, False]


@pytest.mark.parametrize("name", ["edit", "inspect", "history", "usage", "workflow_history", "unpublish"])
def test_wagtails_own_pages_of_a_story_lead_to_the_review(desk, name):
    story = StoryFactory(sent=True)
    assert desk.get(reverse(f"{SNIPPET}:{name}", args=[story.pk])).url == review(story)


def test_wagtails_own_list_leads_to_the_queue(desk):
    assert desk.get(reverse(f"{SNIPPET}:list")).url == QUEUE


@pytest.mark.parametrize("name", ["delete", "preview_on_edit"])
def test_what_would_write_is_closed(desk, name):
    story = StoryFactory(sent=True)
    address = reverse(f"{SNIPPET}:{name}", args=[story.pk])
    assert [desk.get(address).status_code, desk.post(address).status_code] == [404, 404]
    assert Story.objects.filter(pk=story.pk).exists()


@pytest.mark.parametrize("address", [f"{SNIPPET}:add", f"{SNIPPET}:preview_on_add"])
def test_nobody_adds_a_story_in_the_admin(desk, address):
    assert [desk.get(reverse(address)).status_code, desk.post(reverse(address)).status_code] == [404, 404]


def test_a_comparison_with_a_version_that_was_taken_back_does_not_exist(desk):
    story = StoryFactory(sent=True, title="Taken back")
    taken_back = version(story)
    actions.take_back(story, by=story.author, now=now())
    send_edit(story, title="Sent again")
    for address in [
        reverse(f"{SNIPPET}:revisions_compare", args=[story.pk, taken_back, version(story)]),
        reverse(f"{SNIPPET}:revisions_view", args=[story.pk, taken_back]),
        f"/admin/snippets/stories/story/history/x/revisions/compare/live...{version(story)}/",
    ]:
        assert desk.get(address).status_code == 404


def test_the_chooser_offers_published_stories_to_any_staff(client):
    sign_in_staff(client, EditorFactory())
    StoryFactory(sent=True, title="Not yet")
    live = StoryFactory(live=True, title="Live")
    chooser = "wagtailsnippetchoosers_stories_story"
    offered = client.get(reverse(f"{chooser}:choose")).json()["html"]
    assert ["Live" in offered, "Not yet" in offered] == [True, False]
    chosen = client.get(reverse(f"{chooser}:chosen", args=[live.pk])).json()
    assert chosen["result"]["string"] == "Live"
    assert client.get(reverse(f"{chooser}:chosen", args=["x"])).status_code == 404


def test_the_policy_answers_for_one_story_at_a_time(moderator):
    policy = policy_registry.get_by_type(Story)
    sent, draft = StoryFactory(sent=True), StoryFactory()
    can = [policy.user_has_permission_for_instance(moderator, "publish", story) for story in [sent, draft]]
    assert can == [True, False]
    assert policy.user_has_permission_for_instance(moderator, "change", sent) is False
    assert list(policy.instances_user_has_permission_for(moderator, "publish")) == [sent]
    assert list(policy.instances_user_has_permission_for(moderator, "change")) == []


def test_what_wagtail_calls_work_to_review_names_no_story(desk, moderator):
    StoryFactory(sent=True)
    assert list(TaskState.objects.reviewable_by(moderator)) == []


def test_the_admins_history_tells_that_somebody_approved_a_story_and_not_which(desk):
    StoryFactory(live=True, title="Which one")
    history = page(desk.get(reverse("wagtailadmin_reports:site_history")))
    assert ["A story" in history, "Which one" in history] == [True, False]


def test_a_bulk_approval_without_a_story_that_waits_does_not_exist(desk):
    address = reverse("wagtail_bulk_action", args=["stories", "story", "approve"])
    assert desk.get(f"{address}?id={StoryFactory().pk}").status_code == 404


def test_nobody_who_edits_in_the_admin_is_reported_beside_a_story(desk):
    """Wagtail asks the task whether its reviewers may open the editor; there is none."""
    story = StoryFactory(sent=True)
    address = reverse("wagtailadmin_editing_sessions:ping", args=["stories", "story", story.pk, 1])
    assert desk.post(address).status_code == 404
