"""A story as a Wagtail snippet: eight things that bite, each with the sentence that keeps it from biting."""

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import PROTECT
from django.urls import reverse
from wagtail.models import ModelLogEntry, ReferenceIndex, Revision, TaskState

from members.models import Notice, User
from members.tests.factories import (
    AdminFactory,
    EditorFactory,
    MemberFactory,
    ModeratorFactory,
    StaffFactory,
    send_mail,
    sign_in_staff,
)
from practices.models import Boundary
from stories import actions
from stories.forms.where import WhereForm
from stories.models import FirstReading, Story
from stories.permissions import on_the_desk
from stories.tests.desk import fresh, now
from stories.tests.factories import StoryFactory, edit_of
from stories.tests.walk import SNIPPET, addresses_of, addresses_of_all, leaks, secret_stories, shown

pytestmark = pytest.mark.django_db


# --- Rule 1: approval publishes what was read -------------------------------------------------------------------------


def test_rule_1_an_author_cannot_save_while_a_moderator_reads():
    story = StoryFactory(sent=True)
    with pytest.raises(actions.InModeration):
        edit_of(story, title="Slipped in")
    assert Revision.objects.for_instance(story).count() == 1


def test_rule_1_a_version_newer_than_the_one_that_was_sent_does_not_go_live():
    story = fresh(StoryFactory(sent=True))
    read = story.latest_revision_id
    slipped = story.get_latest_revision_as_object()
    slipped.title = "Slipped in"
    slipped.save_revision(user=User.objects.teller(), clean=False)
    with pytest.raises(actions.CannotDecide):
        actions.approve(story, by=ModeratorFactory(), now=now(), revision=read)
    assert fresh(story).live is False


def test_rule_1_the_version_a_moderator_names_is_the_version_that_waits():
    story = StoryFactory(asked=True)
    read = fresh(story).latest_revision_id
    edit_of(story, title="Rewritten since")
    actions.send(story, by=story.author, now=now())
    with pytest.raises(actions.CannotDecide, match="has changed since you opened it"):
        actions.approve(story, by=ModeratorFactory(), now=now(), revision=read)
    assert fresh(story).live is False


# --- Rule 2: nothing that a revision holds can keep it from loading ---------------------------------------------------


def test_rule_2_no_key_in_a_story_protects_what_it_points_at():
    models = [Story, *(field.related_model for field in Story._meta.related_objects if "stories" in str(field.model))]
    through = [Story.boundaries.through, Story.practices.through]
    keys = [field for model in [*models, *through] for field in model._meta.fields if field.many_to_one]
    assert [str(field) for field in keys if field.remote_field.on_delete is PROTECT] == []


def test_rule_2_a_sent_story_goes_live_without_the_words_that_were_deleted_meanwhile():
    story = StoryFactory(sent=True, boundaries=["housing", "police"], practices=["rule-or-habit"], place="north-west")
    Boundary.objects.get(slug="police").delete()
    fresh(story).practices.all().delete()
    actions.approve(story, by=ModeratorFactory(), now=now())
    story = fresh(story)
    assert ([boundary.slug for boundary in story.boundary_list], list(story.practices.all())) == (["housing"], [])


# --- Rule 3: who wrote it, its address and its reach are in no revision -----------------------------------------------


def test_rule_3_no_revision_holds_what_stands_outside_revisions():
    story = StoryFactory(live=True)
    held = set().union(*(revision.content for revision in Revision.objects.for_instance(story)))
    assert held & set(Story.OUTSIDE_REVISIONS) == set()
    assert {"author", "slug", "audience", "byline"} <= set(Story.OUTSIDE_REVISIONS)


def test_rule_3_an_approval_brings_no_erased_author_back():
    story = StoryFactory(sent=True)
    slug = story.slug
    User.objects.filter(pk=story.author_id).delete()
    actions.approve(story, by=ModeratorFactory(), now=now())
    story = fresh(story)
    assert (story.live, story.author, story.slug) == (True, None, slug)


# --- Rule 4: a tag is chosen, never typed -----------------------------------------------------------------------------


def test_rule_4_the_admin_has_no_field_of_a_story_to_type_into():
    form = Story.get_edit_handler().get_form_class()
    assert list(form.base_fields) == []


def test_rule_4_a_word_of_ones_own_makes_no_boundary():
    story = StoryFactory()
    known = Boundary.objects.count()
    form = WhereForm({"boundaries": ["housing", "witchcraft"]}, instance=story)
    assert form.has_error("boundaries", "invalid_choice")
    assert Boundary.objects.count() == known


# --- Rule 5: the admin shows what `visible_to` shows ------------------------------------------------------------------


@pytest.mark.long
@pytest.mark.parametrize("staff", [ModeratorFactory, AdminFactory])
def test_rule_5_the_desk_holds_what_waits_and_what_is_published(staff):
    secret_stories()
    waiting, live = StoryFactory(sent=True), StoryFactory(live=True, title="Live")
    titles = on_the_desk(staff()).order_by("pk").values_list("title", flat=True)
    assert list(titles) == ["A published title", waiting.title, live.title]


@pytest.mark.parametrize("staff", [EditorFactory, MemberFactory])
def test_rule_5_only_moderators_have_a_desk(staff):
    StoryFactory(sent=True)
    StoryFactory(live=True)
    assert [*on_the_desk(staff()), *on_the_desk(AnonymousUser())] == []


@pytest.mark.parametrize("staff", [ModeratorFactory, pytest.param(AdminFactory, marks=pytest.mark.long)])
def test_rule_5_no_address_of_the_snippet_tells_a_draft_or_an_unsent_edit(client, staff):
    stories = secret_stories()
    sign_in_staff(client, staff())
    for story in [stories[0], stories[3]]:
        assert leaks(client, addresses_of(story), "GET", "POST") == []
    assert [fresh(story).live for story in stories] == [story.live for story in stories]


@pytest.mark.long
@pytest.mark.parametrize("staff", [ModeratorFactory, AdminFactory, EditorFactory])
def test_rule_5_no_list_or_report_of_the_admin_tells_a_secret_story(client, staff):
    """The workflow admin, every report and its download, home, choosers, and each teller's page among the users."""
    secret_stories()
    sign_in_staff(client, staff())
    assert leaks(client, addresses_of_all(), "GET") == []


@pytest.mark.long
@pytest.mark.parametrize("staff", [ModeratorFactory, AdminFactory])
def test_rule_5_the_walk_would_find_a_title(client, staff):
    """The same addresses of a story on the desk do tell it: a walk that sees nothing proves nothing."""
    story = StoryFactory(sent=True, title="canary on the desk")
    sign_in_staff(client, staff())
    telling = [
        address for address in [*addresses_of(story), *addresses_of_all()] if "canary" in shown(client.get(address))
    ]
    version = fresh(story).latest_revision_id
    assert telling == [
        reverse(f"{SNIPPET}:revisions_view", args=[story.pk, version]),
        reverse(f"{SNIPPET}:revisions_compare", args=[story.pk, "live", version]),
        reverse(f"{SNIPPET}:revisions_compare", args=[story.pk, version, version]),
        reverse("stories_staff:review", args=[story.slug]),
        reverse("stories_staff:redact", args=[story.slug]),
        reverse("wagtail_bulk_action", args=["stories", "story", "approve"]) + f"?id={story.pk}",
        reverse("stories_staff:queue"),
    ]


# --- Rule 6: Wagtail's comments are for pages, and so is its bulk publishing ------------------------------------------


def test_rule_6_ticked_stories_are_approved_by_the_ceremony_and_others_are_not(client):
    moderator = ModeratorFactory()
    sign_in_staff(client, moderator)
    first, second, draft = StoryFactory(sent=True), StoryFactory(sent=True), StoryFactory()
    address = reverse("wagtail_bulk_action", args=["stories", "story", "approve"])
    address += f"?id={first.pk}&id={second.pk}&id={draft.pk}&id=x&next={reverse('stories_staff:queue')}"
    listed = [fresh(story).latest_revision_id for story in [first, second]]
    page = client.get(address).content.decode()
    assert [title in page for title in [first.title, second.title, draft.title]] == [True, True, False]
    answer = client.post(address, {"revision": listed}, follow=True)
    assert "2 approved. The tellers have been told." in answer.content.decode()
    assert [fresh(story).live for story in [first, second, draft]] == [True, True, False]
    said = TaskState.objects.for_instance(first).filter(status=TaskState.STATUS_APPROVED)
    assert set(said.values_list("finished_by", flat=True)) == {moderator.pk}
    assert Notice.objects.filter(kind="stories.story_live").count() == 2


def test_rule_6_a_ticked_story_in_another_version_than_was_listed_waits_on(client):
    sign_in_staff(client, ModeratorFactory())
    story = StoryFactory(sent=True)
    address = reverse("wagtail_bulk_action", args=["stories", "story", "approve"]) + f"?id={story.pk}"
    answer = client.post(f"{address}&next={reverse('stories_staff:queue')}", {"revision": "1000000"}, follow=True)
    assert "has changed since you opened it" in answer.content.decode()
    assert fresh(story).live is False


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ({"boundaries": ["domestic-abuse"], "place": "north-west"}, "It needs a look of its own"),
        ({}, "Ade reads it first"),
    ],
)
def test_rule_6_what_is_sensitive_or_read_first_by_another_is_not_approved_among_many(client, state, told):
    moderator = ModeratorFactory(first_name="Maya")
    story = StoryFactory(sent=True, **state)
    if not state:
        FirstReading.objects.filter(story=story).update(moderator=ModeratorFactory(first_name="Ade"))
    sign_in_staff(client, moderator)
    address = reverse("wagtail_bulk_action", args=["stories", "story", "approve"]) + f"?id={story.pk}"
    assert told in client.get(address).content.decode()
    revision = fresh(story).latest_revision_id
    answer = client.post(f"{address}&next={reverse('stories_staff:queue')}", {"revision": revision}, follow=True)
    assert told in answer.content.decode()
    assert fresh(story).live is False


def test_rule_6_there_is_no_comment_thread_beside_a_story():
    panels = str([type(panel).__name__ for panel in Story.get_edit_handler().children])
    assert "Comment" not in panels


# --- Rule 7: our mails, not Wagtail's ---------------------------------------------------------------------------------


def test_rule_7_every_mail_of_a_storys_life_is_ours_and_links_to_no_admin(mailbox):
    AdminFactory()
    moderator = ModeratorFactory()
    story = StoryFactory(asked=True)
    actions.send(story, by=story.author, now=now())
    actions.approve(story, by=moderator, now=now())
    assert mailbox.messages == []
    send_mail()
    texts = [message.get_body(("plain",)).get_content() for message in mailbox.messages]
    assert {message["To"] for message in mailbox.messages} == {story.author.email}
    assert len(texts) == 4
    assert [text for text in texts if "/admin/" in text] == []


# --- Rule 8: the author stands in no record of Wagtail's --------------------------------------------------------------


def test_rule_8_after_a_whole_life_no_record_of_wagtails_points_at_the_author(client):
    """Every key to a person in every table of Wagtail's, and Wagtail's part of the story's own row."""
    author, moderator = MemberFactory(), ModeratorFactory()
    story = StoryFactory(author=author, asked=True)
    edit_of(story, tried="Again")
    actions.send(story, by=author, now=now())
    actions.take_back(story, by=author, now=now())
    actions.send(story, by=author, now=now())
    actions.approve(story, by=moderator, now=now())
    edit_of(fresh(story), tried="Once more")
    actions.send(story, by=author, now=now())
    actions.withdraw(story, by=author, now=now())
    people = {}
    for model in apps.get_models():
        if not model._meta.label.startswith("wagtail"):
            continue
        for field in model._meta.fields:
            if field.related_model is get_user_model():
                found = set(model._base_manager.values_list(field.name, flat=True))
                people[f"{model.__name__}.{field.name}"] = found
    pointing = [key for key, found in people.items() if author.pk in found]
    assert pointing == []
    teller = User.objects.teller().pk
    assert people["Revision.user"] == {teller}
    assert people["WorkflowState.requested_by"] == {teller}
    assert people["ModelLogEntry.user"] - {None} <= set(User.objects.exclude(pk=author.pk).values_list("pk", flat=True))


def test_rule_8_the_log_keeps_no_word_of_a_story():
    story = StoryFactory(asked=True, title="canary title")
    edit_of(story, title="canary renamed")
    actions.send(story, by=story.author, now=now())
    actions.approve(story, by=ModeratorFactory(), now=now(), comment="canary remark")
    entries = ModelLogEntry.objects.filter(content_type__model="story")
    assert {entry.label for entry in entries} == {"A story"}
    assert [entry for entry in entries if "canary" in str(entry.data)] == []


def test_rule_8_the_index_of_references_does_not_list_who_wrote_what():
    story = StoryFactory(live=True)
    assert ReferenceIndex.get_references_to(story.author).count() == 0
    assert ReferenceIndex.objects.filter(base_content_type=ContentType.objects.get_for_model(Story)).count() == 0


# --- Also -------------------------------------------------------------------------------------------------------------


def test_staff_without_the_right_to_publish_find_no_queue_and_no_error(client):
    staff = StaffFactory()
    staff.groups.add(Group.objects.get(name="Editors"))
    sign_in_staff(client, staff)
    story = StoryFactory(sent=True)
    answers = [client.get(reverse("stories_staff:queue"))]
    answers += [client.post(reverse(f"stories_staff:{verb}", args=[story.slug])) for verb in ["approve", "take_down"]]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert fresh(story).live is False


def test_a_first_draft_with_tags_is_counted_nowhere():
    StoryFactory(boundaries=["housing"], practices=["rule-or-habit"])
    housing = Boundary.objects.get(slug="housing")
    assert Story.objects.readable_by(MemberFactory()).touching(housing).count() == 0
    assert Story.objects.published().filter(practices__slug="rule-or-habit").count() == 0


def test_saving_often_keeps_one_revision():
    story = StoryFactory(jot=True)
    for number in range(4):
        edit_of(story, title=f"Title {number}")
    assert Revision.objects.for_instance(story).count() == 1


def test_the_right_to_change_stories_opens_no_story(client):
    staff = EditorFactory()
    staff.user_permissions.add(Permission.objects.get(codename="change_story"))
    sign_in_staff(client, staff)
    story = StoryFactory(sent=True)
    assert client.get(reverse(f"{SNIPPET}:edit", args=[story.pk])).status_code == 404


def test_a_superuser_who_is_no_member_is_no_moderator(client):
    sign_in_staff(client, AdminFactory(approved_at=None))
    story = StoryFactory(sent=True)
    assert client.get(reverse("stories_staff:review", args=[story.slug])).status_code == 404


def test_wagtails_page_is_the_stock_page(settings):
    assert not hasattr(settings, "WAGTAILCORE_PAGE_MODEL")
    assert "modelsearch" not in settings.INSTALLED_APPS
    assert settings.WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT is True
