"""The review page, and decisions about the version that was read."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState

from members.models import Notice
from members.tests.factories import ModeratorFactory, sign_in_staff
from practices.models import Role
from stories import actions
from stories.forms import SAFETY, SECTIONS, SENDING
from stories.models import Story
from stories.tests.desk import QUEUE, SNIPPET, fresh, now, page, review, send_edit, titles, verb, version
from stories.tests.factories import StoryFactory, edit_of

pytestmark = pytest.mark.django_db


# --- The review page --------------------------------------------------------------------------------------------------


def test_the_review_page_frames_the_version_that_was_sent(desk):
    story = StoryFactory(live=True, title="As it is live")
    send_edit(story, title="As it was sent", tried="Something else altogether")
    address = reverse(f"{SNIPPET}:revisions_view", args=[story.pk, version(story)])
    assert f'src="{address}"' in page(desk.get(review(story)))
    framed = desk.get(address)
    assert "Something else altogether" in page(framed)
    assert framed.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in framed.headers["Content-Security-Policy"]


def test_the_framed_story_has_neither_header_nor_footer_of_the_site(desk):
    story = StoryFactory(sent=True)
    framed = page(desk.get(reverse(f"{SNIPPET}:revisions_view", args=[story.pk, version(story)])))
    assert ['<header class="page-header' in framed, "<footer" in framed] == [False, False]


def test_the_review_page_tells_what_the_teller_answered(desk):
    story = StoryFactory(
        sent=True, consent="in_writing", consent_date=date(2026, 2, 1), employer="not_asked", open_data=True
    )
    answers = dict(desk.get(review(story)).context["answers"])
    assert [str(answers[question]) for question in answers] == [
        "Mine",
        "I asked them and they agreed, in writing",
        "2026-02-01",
        str(timezone.localdate() + timedelta(days=365)),  # sent without a day: a year from now
        "I have not asked",
        "Ask me each time",
        "Yes",
        "Not answered",
        "My role and region",
        "Members of this community",
    ]


def test_the_role_stands_beside_the_byline(desk):
    story = StoryFactory(sent=True, byline_role=Role.objects.first())
    answers = dict(desk.get(review(story)).context["answers"])
    assert answers["How should we name you?"] == f"My role and region ({story.byline_role})"


def test_an_edit_is_compared_with_the_live_version(desk):
    story = StoryFactory(live=True, tried="I rang them once.")
    send_edit(story, tried="I rang them twice.")
    changes = desk.get(review(story)).context["changes"]
    assert [change.field_label() for change in changes] == ["What did you try?"]
    assert '<span class="deletion">once.</span><span class="addition">twice.</span>' in str(changes[0].htmldiff())


def test_a_story_sent_again_is_compared_with_the_version_that_changes_were_asked_for(desk):
    story = StoryFactory(asked=True, happened="It went well.")
    send_edit(story, happened="It went badly.")
    answer = desk.get(review(story))
    changed = [change.field_label() for change in answer.context["changes"]]
    assert changed == ["What happened, including what went badly?"]
    assert "Against the version that changes were asked for." in page(answer)


def test_a_first_version_has_nothing_to_be_compared_with(desk):
    assert "What has changed" not in page(desk.get(review(StoryFactory(sent=True))))


def test_the_history_tells_every_decision_with_its_reason_and_no_teller(desk, moderator):
    story = StoryFactory(sent=True)
    actions.take_back(story, by=story.author, now=now())
    actions.send(story, by=story.author, now=now())
    actions.ask_for_changes(story, by=moderator, now=now(), comment="Which week was it?")
    send_edit(story, title="Sent once more")
    actions.approve(story, by=moderator, now=now())
    actions.take_down(story, by=moderator, now=now(), reason="A name stood in it.")
    actions.send(story, by=story.author, now=now())
    history = desk.get(review(story)).context["history"]
    assert [(line.what, line.who, line.reason) for line in history] == [
        ("Sent", "", ""),
        ("Taken down", "Maya Osei", "A name stood in it."),
        ("Approved", "Maya Osei", ""),
        ("Asked for changes", "Maya Osei", "Which week was it?"),
        ("Taken back by the teller", "", ""),
    ]


# --- Deciding ---------------------------------------------------------------------------------------------------------


def test_approve_brings_the_story_live_and_the_moderator_back_to_the_queue(desk, moderator):
    story = StoryFactory(sent=True)
    answer = desk.post(verb("approve", story), {"revision": version(story), "nobody_found": "on"}, follow=True)
    assert answer.redirect_chain == [(QUEUE, 302)]
    assert "Approved. The story is live, and its teller has been told." in page(answer)
    assert fresh(story).live
    assert TaskState.objects.for_instance(story).get(status="approved").finished_by == moderator


def test_asking_for_changes_tells_the_teller_the_reason(desk):
    story = StoryFactory(sent=True)
    answer = desk.post(
        verb("ask_for_changes", story), {"revision": version(story), "reason": "Which week was it?"}, follow=True
    )
    assert "The teller has been told what to change." in page(answer)
    assert fresh(story).live is False
    # On the teller's own page, not in their mailbox: it may repeat the very words that should go.
    assert "Which week" not in Notice.objects.get(kind="stories.changes_asked").text
    desk.force_login(story.author)
    assert "Which week was it?" in page(desk.get(reverse("stories:draft", args=[story.slug])))


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("", "Write what the teller should change, and why."),
        ("   ", "Write what the teller should change, and why."),
        ("x" * 4001, "Keep the reason under 4000 characters; it has 4001."),
        ("a\x00b", "Null characters are not allowed."),
    ],
)
def test_a_reason_that_cannot_be_sent_is_told_and_kept(desk, reason, told):
    story = StoryFactory(sent=True)
    answer = desk.post(verb("ask_for_changes", story), {"revision": version(story), "reason": reason})
    assert told in page(answer)
    assert answer.context["reason_form"]["reason"].value() == reason
    assert fresh(story).is_in_moderation


def test_a_story_sent_again_in_other_words_is_shown_again_with_the_reason_that_was_typed(desk):
    story = StoryFactory(asked=True)
    read = version(story)
    send_edit(story, title="In other words")
    answer = desk.post(verb("ask_for_changes", story), {"revision": read, "reason": "Which week?"})
    shown = page(answer)
    assert "This story has changed since you opened it. Read it again before you decide." in shown
    assert "In other words" in shown
    assert f'name="revision" value="{version(story)}"' in shown
    assert answer.context["reason_form"]["reason"].value() == "Which week?"


@pytest.mark.parametrize("posted", [{}, {"revision": "x"}, {"revision": "-1"}, {"revision": "9" * 30}])
def test_an_approval_that_names_no_version_approves_nothing(desk, posted):
    story = StoryFactory(sent=True)
    assert "has changed since you opened it" in page(
        desk.post(verb("approve", story), {**posted, "nobody_found": "on"})
    )
    assert fresh(story).live is False


def test_the_second_of_two_moderators_is_told_who_approved(desk):
    story = StoryFactory(sent=True)
    actions.approve(story, by=ModeratorFactory(first_name="Bola", last_name=""), now=now())
    answer = desk.post(verb("approve", story), {"revision": version(story), "nobody_found": "on"})
    assert "Bola has already approved this story." in page(answer)


def test_the_second_of_two_moderators_is_told_who_asked_and_gets_the_typed_reason_back(desk):
    story = StoryFactory(sent=True, title="Not for the desk any more")
    actions.ask_for_changes(story, by=ModeratorFactory(first_name="Bola", last_name=""), now=now(), comment="Why?")
    answer = desk.post(verb("ask_for_changes", story), {"revision": version(story), "reason": "Which week was it?"})
    shown = page(answer)
    assert "Bola has already asked for changes to this story." in shown
    assert "Which week was it?" in shown
    assert "Not for the desk any more" not in shown


def test_a_decision_without_a_reason_about_a_story_that_left_the_desk_finds_nothing(desk):
    story = StoryFactory(asked=True)
    assert desk.post(verb("ask_for_changes", story), {"revision": version(story), "reason": ""}).status_code == 404


def test_a_moderator_is_told_that_the_teller_took_the_story_back(desk):
    story = StoryFactory(sent=True)
    actions.take_back(story, by=story.author, now=now())
    answer = desk.post(verb("approve", story), {"revision": version(story), "nobody_found": "on"})
    assert "The teller has taken this story back." in page(answer)
    assert fresh(story).live is False


def test_a_moderator_does_not_decide_about_their_own_story(desk, moderator):
    story = StoryFactory(sent=True, author=moderator)
    assert "Approve</button>" not in page(desk.get(review(story)))
    answer = desk.post(verb("approve", story), {"revision": version(story), "nobody_found": "on"})
    assert "This is your own story: another moderator decides about it." in page(answer)
    assert fresh(story).live is False


@pytest.mark.parametrize("name", ["approve", "ask_for_changes", "take_down"])
def test_no_link_decides(desk, name):
    assert desk.get(verb(name, StoryFactory(sent=True))).status_code == 405


# --- Keeping a story for oneself --------------------------------------------------------------------------------------


def test_nobody_keeps_their_own_story_and_so_tells_the_others_whose_it_is(desk, moderator):
    story = StoryFactory(sent=True, author=moderator)
    assert "Keep it for me" not in page(desk.get(review(story)))
    assert desk.post(reverse(f"{SNIPPET}:lock", args=[story.pk])).status_code == 404
    assert fresh(story).locked_by is None


def test_a_moderator_reads_the_role_that_was_sent_not_the_one_that_is_live(desk):
    story = StoryFactory(live=True, byline_role="advice-worker")
    send_edit(story, byline_role="commissioner")
    answers = dict(desk.get(review(story)).context["answers"])
    assert answers["How should we name you?"] == "My role and region (Commissioner)"


def test_a_kept_story_is_decided_by_who_keeps_it(desk, moderator):
    story = StoryFactory(sent=True)
    lock = reverse(f"{SNIPPET}:lock", args=[story.pk])
    assert f'action="{lock}"' in page(desk.get(review(story)))
    desk.post(lock)
    assert fresh(story).locked_by == moderator
    other = ModeratorFactory()
    with pytest.raises(actions.CannotDecide, match="Maya Osei keeps this story"):
        actions.approve(story, by=other, now=now())
    actions.approve(story, by=moderator, now=now())
    assert [fresh(story).live, fresh(story).locked] == [True, False]


def test_who_finds_a_story_kept_sees_by_whom_and_can_let_others_decide(client):
    keeper = ModeratorFactory(first_name="Bola", last_name="")
    story = StoryFactory(sent=True)
    Story.objects.filter(pk=story.pk).update(locked=True, locked_by=keeper, locked_at=now())
    desk = sign_in_staff(client, ModeratorFactory())
    shown = page(desk.get(review(story)))
    assert "Bola keeps this story since" in shown
    assert "Approve</button>" not in shown
    answer = desk.post(reverse(f"{SNIPPET}:unlock", args=[story.pk]), follow=True)
    assert "Approve</button>" in page(answer)


def test_a_published_story_cannot_be_kept(desk):
    story = StoryFactory(live=True)
    answer = desk.post(reverse(f"{SNIPPET}:lock", args=[story.pk]), follow=True)
    assert "This story is no longer waiting for a decision." in page(answer)
    assert fresh(story).locked is False


# --- Taking down ------------------------------------------------------------------------------------------------------


def test_taking_down_needs_a_reason_which_the_teller_reads(desk):
    story = StoryFactory(live=True)
    assert "Write why you take the story down." in page(desk.post(verb("take_down", story), {"reason": ""}))
    assert fresh(story).live
    answer = desk.post(verb("take_down", story), {"reason": "A name stood in it."}, follow=True)
    assert "Taken down. The teller has been told why." in page(answer)
    assert fresh(story).live is False
    assert "A name stood in it." in Notice.objects.get(kind="stories.story_taken_down").text
    assert desk.get(review(story)).status_code == 404


def test_taking_down_keeps_the_edit_that_its_teller_was_writing():
    story = StoryFactory(live=True)
    edit_of(story, tried="Half written")
    actions.take_down(story, by=ModeratorFactory(), now=now(), reason="A name stood in it.")
    story = fresh(story)
    assert (story.live, story.get_latest_revision_as_object().tried) == (False, "Half written")


SHUT = {
    "taken down": lambda story: actions.take_down(
        story, by=ModeratorFactory(), now=now(), reason="A name stood in it."
    ),
    "withdrawn": lambda story: actions.withdraw(story, by=story.author, now=now()),
}


@pytest.mark.parametrize("edited", [False, True])
@pytest.mark.parametrize("shut", SHUT.values(), ids=SHUT)
def test_words_that_were_opened_before_it_was_shut_do_not_bring_it_back(shut, edited):
    """Its teller's page was read from the live story; what they type into it is a draft all the same."""
    story = StoryFactory(live=True, audience="public")
    if edited:
        edit_of(story, tried="Half written")
    opened = fresh(story).get_latest_revision_as_object()
    shut(story)
    opened.noticed = "Read by nobody yet."
    try:
        actions.save_draft(opened, by=story.author, now=now())
    except actions.SavedElsewhere:
        assert shut is SHUT["withdrawn"]
    assert fresh(story).live is False
    assert not Story.objects.readable_by(AnonymousUser()).filter(pk=story.pk).exists()


def test_words_that_were_opened_before_it_went_live_do_not_take_it_down():
    story = StoryFactory(audience="public")
    opened = fresh(story).get_latest_revision_as_object()
    actions.send(story, by=story.author, now=now())
    actions.approve(fresh(story), by=ModeratorFactory(), now=now())
    before = fresh(story)
    opened.noticed = "Read by nobody yet."
    actions.save_draft(opened, by=story.author, now=now())
    after = fresh(story)
    assert (after.live, after.noticed, after.first_published_at) == (True, before.noticed, before.first_published_at)
    assert after.get_latest_revision_as_object().noticed == "Read by nobody yet."


def test_whatever_may_be_typed_is_known_and_everything_else_comes_from_the_row():
    """A new column must be put on one of the two sides: what is saved may not change where a story stands."""
    kept = {*Story.OUTSIDE_REVISIONS, *Story.STANDING, "id"}
    asked = {name for section in (*SECTIONS, SAFETY, SENDING) for name in section.form._meta.fields}
    columns = {field.name for field in Story._meta.concrete_fields}
    by_hand = {"place", "byline_role", "period_year"}  # fields of these forms that have no columns in their `Meta`
    assert columns - kept - asked == {*by_hand, "source_title", "source_url"}  # and of stories that the team retells


def test_taking_down_takes_the_waiting_edit_out_of_the_queue_and_grants_no_earlier_wish(desk):
    story = StoryFactory(live=True)
    actions.set_reach(story, byline="role", audience="public", by=story.author, now=now())
    desk.post(verb("take_down", story), {"reason": "A name stood in it."})
    assert (fresh(story).is_in_moderation, titles(desk.get(QUEUE))) == (False, [])
    actions.send(story, by=story.author, now=now())
    assert "Went back with the story when it was taken down" in page(desk.get(review(story)))
    actions.approve(story, by=ModeratorFactory(), now=now())
    assert (fresh(story).live, fresh(story).audience) == (True, "members")


def test_a_story_that_is_not_live_is_not_taken_down(desk):
    story = StoryFactory(sent=True)
    assert "This story is no longer published." in page(desk.post(verb("take_down", story), {"reason": "Why"}))
    assert fresh(story).is_in_moderation


def test_published_stories_are_listed_newest_first(desk):
    assert "No story is published yet." in page(desk.get(QUEUE + "published/"))
    older, newer = StoryFactory(live=True), StoryFactory(live=True, demo=True)
    answer = desk.get(QUEUE + "published/")
    assert list(answer.context["page"]) == [newer, older]
    assert review(older) in page(answer)


def test_a_live_story_without_a_version_is_read_where_readers_do(desk):
    story = StoryFactory(live=True)
    Story.objects.filter(pk=story.pk).update(live_revision=None)
    assert story.get_absolute_url() in page(desk.get(review(story)))
