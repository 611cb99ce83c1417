from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from wagtail.models import ModelLogEntry, Revision, WorkflowState

from members.models import Notice, User
from members.tests.factories import AdminFactory, MemberFactory, ModeratorFactory, UserFactory
from practices.models import Boundary
from stories import actions
from stories.models import Audience, Byline, Edit, Employer, Story
from stories.tests.factories import StoryFactory, edit_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
VISITOR = AnonymousUser()


def fresh(story):
    return Story.objects.get(pk=story.pk)


def read_by(user):
    return list(Story.objects.readable_by(user).values_list("title", flat=True))


def mails():
    return list(Notice.objects.order_by("pk").values_list("kind", flat=True))


def jot(author, **answers):
    return actions.jot(**{"author": author, "title": "A line", "noticed": "A thing", "now": NOW, **answers})


# --- Jotting and saving -----------------------------------------------------------------------------------------------


def test_a_jot_is_a_draft_that_only_its_author_opens():
    author = MemberFactory()
    story = jot(author)
    readers = [VISITOR, MemberFactory(), ModeratorFactory(), AdminFactory(), UserFactory()]
    assert [list(Story.objects.visible_to(reader)) for reader in readers] == [[]] * 5
    assert list(Story.objects.visible_to(author)) == [story]
    assert (story.live, story.standing, story.edit_number) == (False, "Draft", 1)


def test_the_same_form_sent_twice_begins_one_story():
    author = MemberFactory()
    assert jot(author, jot_key="k") == jot(author, jot_key="k")
    assert Story.objects.count() == 1
    assert Edit.objects.count() == 1


def test_the_same_form_sent_again_with_other_words_changes_the_draft():
    author = MemberFactory()
    story = jot(author, jot_key="k")
    assert jot(author, jot_key="k", noticed="Another thing") == story
    assert fresh(story).noticed == "Another thing"


def test_the_same_form_sent_again_never_overwrites_a_draft_that_has_grown():
    author = MemberFactory()
    story = jot(author, jot_key="k")
    edit_of(story, tried="A call")
    other = jot(author, jot_key="k", noticed="Another thing")
    assert [fresh(story).noticed, fresh(other).noticed] == ["A thing", "Another thing"]


def test_one_key_in_two_hands_begins_two_stories():
    assert jot(MemberFactory(), jot_key="k") != jot(MemberFactory(), jot_key="k")


def test_a_jot_that_lost_the_race_finds_the_story_of_the_other():
    author = MemberFactory()
    story = jot(author, jot_key="k")
    assert actions.saving._begin(author, "A line", "A thing", "k", NOW, "") == story
    assert Story.objects.count() == 1


def test_saves_of_a_draft_keep_one_revision_and_count_up():
    story = jot(MemberFactory())
    edit_of(story, tried="A call")
    edit_of(story, tried="Two calls")
    assert Revision.objects.for_instance(story).count() == 1
    assert (fresh(story).edit_number, fresh(story).tried) == (3, "Two calls")
    assert fresh(story).latest_revision.content["tried"] == "Two calls"


def test_the_second_of_two_windows_is_told_and_changes_nothing():
    story = jot(MemberFactory())
    here, there = fresh(story), fresh(story)
    there.tried = "From there"
    actions.save_draft(there, by=story.author, now=NOW)
    here.tried = "From here"
    with pytest.raises(actions.SavedElsewhere) as told:
        actions.save_draft(here, by=story.author, now=NOW)
    assert told.value.current.tried == fresh(story).tried == "From there"


def test_a_save_leaves_alone_who_may_read_the_story():
    story = jot(MemberFactory())
    typed = fresh(story)
    actions.set_reach(story, byline=Byline.HIDDEN, audience=Audience.PUBLIC, by=story.author, now=NOW)
    typed.byline, typed.audience, typed.slug, typed.demo = Byline.NAME, Audience.MEMBERS, "mine", True
    actions.save_draft(typed, by=story.author, now=NOW)
    saved = fresh(story)
    assert (saved.byline, saved.audience, saved.slug, saved.demo) == ("hidden", "public", story.slug, False)


def test_boundaries_and_practices_travel_with_the_draft():
    story = StoryFactory(boundaries=["housing", "police"], practices=["change-the-form"])
    edit_of(story, boundaries=["housing"], practices=["borrow-a-view"])
    assert [boundary.name for boundary in fresh(story).boundary_list] == ["Housing"]
    assert [practice.slug for practice in fresh(story).practices.all()] == ["borrow-a-view"]


def test_wagtails_records_know_the_teller_and_never_the_author():
    story = StoryFactory(live=True)
    edit_of(story, tried="Again")
    actions.send(story, by=story.author, now=NOW)
    actions.withdraw(story, by=story.author, now=NOW)
    author, teller = story.author_id, User.objects.teller().pk
    revisions = Revision.objects.for_instance(story)
    assert set(revisions.values_list("user", flat=True)) == {teller}
    assert set(WorkflowState.objects.values_list("requested_by", flat=True)) == {teller}
    assert not ModelLogEntry.objects.filter(user=author).exists()
    assert all("author" not in revision.content and "slug" not in revision.content for revision in revisions)
    assert set(Edit.objects.values_list("member", flat=True)) == {author}


# --- Sending ----------------------------------------------------------------------------------------------------------


def test_a_sent_story_is_read_by_its_author_and_by_moderators_only():
    story = StoryFactory(sent=True)
    readers = [story.author, ModeratorFactory(), MemberFactory(), VISITOR]
    assert [Story.objects.visible_to(reader).exists() for reader in readers] == [True, True, False, False]


def test_sending_twice_is_sending_once():
    story = StoryFactory(sent=True)
    actions.send(story, by=story.author, now=NOW)
    assert WorkflowState.objects.count() == 1
    assert mails() == ["stories.story_sent"]


def test_sending_names_what_is_missing_in_the_order_of_asking():
    story = jot(MemberFactory())
    with pytest.raises(actions.NotReady) as told:
        actions.send(story, by=story.author, now=NOW)
    assert told.value.missing == [
        "tried",
        "happened",
        "outcome",
        "why_it_matters",
        "whose_story",
        "consent",
        "employer",
        "shift_ground",
        "boundaries",
    ]


@pytest.mark.parametrize(
    ("answers", "missing"),
    [
        ({"place": "salford", "boundaries": ["domestic-abuse", "housing"]}, ["place"]),
        ({"place": "north-west", "boundaries": ["domestic-abuse", "housing"]}, []),
        ({"place": "salford", "boundaries": ["housing"]}, []),
        ({"byline": Byline.NAME, "employer": Employer.NOT_ASKED}, ["byline"]),
        ({"byline": Byline.NAME, "employer": Employer.NOT_NEEDED}, []),
        ({"shift_behaviour": ""}, ["shift_ground"]),
        ({"shift_behaviour": "", "nothing_shifted": True}, []),
        ({"boundaries": []}, ["boundaries"]),
    ],
)
def test_what_sending_needs(answers, missing):
    assert StoryFactory(**answers).missing_to_send() == missing


def test_whoever_waits_to_be_let_in_writes_and_cannot_send():
    author = UserFactory()
    story = StoryFactory(author=author)
    with pytest.raises(actions.NotAMember):
        actions.send(story, by=author, now=NOW)
    assert not fresh(story).is_in_moderation


def test_a_story_in_moderation_is_not_saved_until_it_is_taken_back():
    story = StoryFactory(sent=True)
    with pytest.raises(actions.InModeration):
        edit_of(story, tried="Again")
    assert actions.take_back(story, by=story.author, now=NOW).is_in_moderation is False
    assert edit_of(story, tried="Again").tried == fresh(story).tried == "Again"


def test_taking_back_what_nobody_has_changes_nothing():
    story = StoryFactory()
    assert actions.take_back(story, by=story.author, now=NOW).standing == "Draft"


def test_what_a_moderator_has_read_is_kept_apart_from_what_comes_after():
    story = StoryFactory(asked=True)
    edit_of(story, tried="Again")
    contents = Revision.objects.for_instance(story).order_by("pk").values_list("content__tried", flat=True)
    assert list(contents) == ["I sat at their desk for a morning.", "Again"]


def test_a_story_sent_again_goes_on_in_the_same_workflow():
    story = StoryFactory(asked=True)
    assert story.changes_are_asked
    edit_of(story, tried="Again")
    assert actions.send(story, by=story.author, now=NOW).is_in_moderation
    assert WorkflowState.objects.count() == 1


# --- Live, and edited while live --------------------------------------------------------------------------------------


def test_an_edit_of_a_live_story_is_pending_while_the_old_one_is_live():
    story = StoryFactory(live=True, title="As it was", boundaries=["housing", "police"], practices=["borrow-a-view"])
    edit_of(story, title="As it will be", boundaries=["housing"], practices=[])
    actions.send(story, by=story.author, now=NOW)
    row = fresh(story)
    assert (row.title, len(row.boundary_list), row.practices.count()) == ("As it was", 2, 1)
    assert row.standing == "Live. Your edit is with a moderator"
    actions.approve(story, by=ModeratorFactory(), now=NOW)
    row = fresh(story)
    assert (row.title, [boundary.slug for boundary in row.boundary_list]) == ("As it will be", ["housing"])
    assert (row.practices.count(), row.standing) == (0, "Live")


def test_edits_of_a_live_story_keep_one_pending_revision():
    story = StoryFactory(live=True)
    edit_of(story, tried="One")
    edit_of(story, tried="Two", boundaries=["housing", "police"])
    assert Revision.objects.for_instance(story).count() == 2
    assert fresh(story).get_latest_revision_as_object().tried == "Two"
    assert fresh(story).standing == "Live, with an edit that you have not sent"


def test_changes_asked_of_an_edit_leave_the_live_story():
    story = StoryFactory(live=True, title="As it was")
    edit_of(story, title="As it will be")
    actions.send(story, by=story.author, now=NOW)
    actions.ask_for_changes(story, by=ModeratorFactory(), now=NOW, comment="Why?")
    assert fresh(story).standing == "Live. A moderator asked for changes in your edit"
    assert read_by(MemberFactory()) == ["As it was"]


def test_a_story_hidden_while_its_edit_is_checked_comes_back_with_the_approval():
    story = StoryFactory(live=True)
    edit_of(story, tried="Again")
    actions.send(story, by=story.author, now=NOW, hide=True)
    assert read_by(MemberFactory()) == []
    actions.approve(story, by=ModeratorFactory(), now=NOW)
    assert read_by(MemberFactory()) == [story.title]


def test_a_story_that_its_author_hid_stays_hidden_after_the_approval():
    story = StoryFactory(hidden=True)
    edit_of(story, tried="Again")
    actions.send(story, by=story.author, now=NOW, hide=True)
    actions.approve(story, by=ModeratorFactory(), now=NOW)
    assert read_by(MemberFactory()) == []
    actions.show(story, by=story.author, now=NOW)
    assert read_by(MemberFactory()) == [story.title]


def test_hiding_is_for_live_stories():
    story = StoryFactory()
    actions.hide(story, by=story.author, now=NOW)
    assert fresh(story).hidden_at is None


# --- Withdrawing ------------------------------------------------------------------------------------------------------


def test_a_withdrawn_story_is_gone_for_everybody_and_stays_its_authors():
    story = StoryFactory(live=True, audience=Audience.PUBLIC)
    readers = [VISITOR, MemberFactory(), ModeratorFactory(), AdminFactory()]
    assert [Story.objects.visible_to(reader).count() for reader in readers] == [1, 1, 1, 1]
    actions.withdraw(story, by=story.author, now=NOW)
    assert [Story.objects.visible_to(reader).count() for reader in readers] == [0, 0, 0, 0]
    assert list(Story.objects.visible_to(story.author)) == [story]
    assert (fresh(story).standing, fresh(story).withdrawn_at) == ("Withdrawn", NOW)


def test_withdrawing_ends_the_moderation_and_keeps_the_words_that_waited():
    story = StoryFactory(live=True, tried="As it was")
    edit_of(story, tried="As it will be", boundaries=["police", "housing"], practices=["borrow-a-view"])
    actions.send(story, by=story.author, now=NOW)
    actions.withdraw(story, by=story.author, now=NOW)
    row = fresh(story)
    assert (row.is_in_moderation, row.live, row.tried) == (False, False, "As it will be")
    assert [boundary.slug for boundary in row.boundary_list] == ["housing", "police"]
    assert edit_of(row, happened="More").tried == "As it will be"


def test_withdrawing_twice_is_withdrawing_once():
    story = StoryFactory(withdrawn=True)
    actions.withdraw(story, by=story.author, now=NOW)
    assert mails().count("stories.story_withdrawn") == 1


def test_a_draft_has_nothing_to_be_withdrawn_from():
    story = StoryFactory()
    actions.withdraw(story, by=story.author, now=NOW)
    assert (fresh(story).withdrawn_at, mails()) == (None, [])


def test_withdrawing_takes_a_sent_story_from_the_moderators():
    story = StoryFactory(sent=True)
    actions.withdraw(story, by=story.author, now=NOW)
    assert not Story.objects.in_moderation().exists()


def test_a_withdrawn_story_can_be_sent_and_go_live_again():
    story = StoryFactory(withdrawn=True)
    actions.send(story, by=story.author, now=NOW)
    actions.approve(story, by=ModeratorFactory(), now=NOW)
    assert (fresh(story).standing, fresh(story).withdrawn_at) == ("Live", None)


def test_taking_down_keeps_the_words_that_waited():
    story = StoryFactory(live=True, tried="As it was")
    edit_of(story, tried="As it will be")
    actions.take_down(story, by=ModeratorFactory(), now=NOW, reason="A name")
    assert fresh(story).tried == "As it will be"
    assert read_by(MemberFactory()) == []


# --- Who can read it --------------------------------------------------------------------------------------------------


def reach(story, byline, audience):
    actions.set_reach(story, byline=byline, audience=audience, by=story.author, now=NOW)
    row = fresh(story)
    return row.byline, row.audience, row.wanted_byline, row.wanted_audience


def test_before_it_was_live_reach_is_simply_set():
    assert reach(StoryFactory(), "name", "public") == ("name", "public", "", "")


def test_narrowing_counts_at_once():
    story = StoryFactory(live=True, byline="name", audience="public")
    assert reach(story, "hidden", "members") == ("hidden", "members", "", "")
    assert read_by(VISITOR) == []


def test_widening_waits_for_a_moderator_and_goes_to_one_by_itself():
    story = StoryFactory(live=True)
    assert reach(story, "name", "public") == ("role", "members", "name", "public")
    assert fresh(story).is_in_moderation
    actions.approve(story, by=ModeratorFactory(), now=NOW)
    assert read_by(VISITOR) == [story.title]
    assert fresh(story).byline == "name"


def test_widening_beside_an_unsent_edit_waits_until_that_is_sent():
    story = StoryFactory(live=True)
    edit_of(story, tried="Half a")
    assert reach(story, "role", "public") == ("role", "members", "", "public")
    assert not fresh(story).is_in_moderation


def test_nothing_widens_behind_the_back_of_the_moderator_who_reads():
    story = StoryFactory(sent=True)
    with pytest.raises(actions.InModeration):
        reach(story, "role", "public")
    assert reach(story, "hidden", "members") == ("hidden", "members", "", "")


def test_a_name_that_is_asked_for_needs_the_employers_word_like_one_that_is_shown():
    story = StoryFactory(live=True)
    edit_of(story, employer=Employer.NOT_ASKED)
    actions.set_reach(story, byline=Byline.NAME, audience=Audience.MEMBERS, by=story.author, now=NOW)
    with pytest.raises(actions.NotReady) as refused:
        actions.send(story, by=story.author, now=NOW)
    assert refused.value.missing == ["byline"]


def test_narrowing_takes_back_the_wish_to_widen():
    story = StoryFactory(live=True)
    edit_of(story, tried="Half a")
    reach(story, "name", "public")
    assert reach(story, "role", "members") == ("role", "members", "", "")


def test_withdrawing_forgets_the_wish_to_widen():
    story = StoryFactory(live=True)
    reach(story, "name", "public")
    actions.withdraw(story, by=story.author, now=NOW)
    actions.send(story, by=story.author, now=NOW)
    actions.approve(story, by=ModeratorFactory(), now=NOW)
    assert (fresh(story).byline, fresh(story).audience) == ("role", "members")


# --- Nobody else ------------------------------------------------------------------------------------------------------


def test_only_the_author_edits_a_story():
    story = StoryFactory(live=True)
    others = [VISITOR, MemberFactory(), ModeratorFactory(), AdminFactory()]
    assert [Story.objects.editable_by(other).exists() for other in others] == [False] * 4
    assert list(Story.objects.editable_by(story.author)) == [story]
    story.author.is_active = False
    assert not Story.objects.editable_by(story.author).exists()


def test_an_approval_brings_back_neither_an_erased_author_nor_an_old_audience():
    story = StoryFactory(live=True, audience="public")
    edit_of(story, tried="Again")
    actions.send(story, by=story.author, now=NOW)
    Story.objects.filter(pk=story.pk).update(author=None, audience=Audience.MEMBERS)
    actions.approve(story, by=ModeratorFactory(), now=NOW + timedelta(days=1))
    assert (fresh(story).author, fresh(story).audience, fresh(story).tried) == (None, "members", "Again")


def test_the_standing_costs_no_query_after_with_moderation(django_assert_num_queries):
    StoryFactory(asked=True)
    StoryFactory(sent=True)
    StoryFactory(live=True)
    with django_assert_num_queries(1):
        standings = [story.standing for story in Story.objects.with_moderation().order_by("pk")]
    assert standings == ["A moderator asked for changes", "With a moderator", "Live"]


def test_a_boundary_that_staff_retire_stays_with_the_story():
    story = StoryFactory(boundaries=["housing", "police"])
    Boundary.objects.filter(slug="police").update(retired_at=NOW)
    assert [boundary.slug for boundary in fresh(story).boundary_list] == ["housing", "police"]
