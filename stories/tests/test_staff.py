"""The moderators' pages: found at once, without a name, and every decision about the version that was read."""

from datetime import date, timedelta
from html import unescape

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState
from wagtail.permissions import policy_registry

from members.models import Notice
from members.tests.factories import EditorFactory, MemberFactory, ModeratorFactory, sign_in_staff
from practices.models import Role
from stories import actions
from stories.models import Story
from stories.tests.factories import StoryFactory, edit_of

pytestmark = pytest.mark.django_db
SNIPPET = "wagtailsnippets_stories_story"
QUEUE = "/admin/moderation/"


@pytest.fixture
def moderator():
    return ModeratorFactory(first_name="Maya", last_name="Osei")


@pytest.fixture
def desk(client, moderator):
    return sign_in_staff(client, moderator)


def fresh(story):
    return Story.objects.get(pk=story.pk)


def now():
    return timezone.now()


def page(answer):
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def review(story):
    return reverse("stories_staff:review", args=[story.slug])


def verb(name, story):
    return reverse(f"stories_staff:{name}", args=[story.slug])


def version(story):
    return fresh(story).latest_revision_id


def waiting_since(story, *, days):
    TaskState.objects.for_instance(story).update(started_at=now() - timedelta(days=days, minutes=1))


def send_edit(story, **answers):
    edit_of(story, **answers)
    actions.send(story, by=story.author, now=now())


# --- Found at once ----------------------------------------------------------------------------------------------------


def test_the_first_page_of_the_admin_says_how_many_stories_wait_and_since_when(desk):
    for days in [1, 3]:
        waiting_since(StoryFactory(sent=True), days=days)
    home = page(desk.get(reverse("wagtailadmin_home")))
    assert "<strong>2</strong> stories wait, the oldest for 3\xa0days." in home
    assert f'href="{QUEUE}"' in home
    assert "Moderation (2)" in home


def test_the_first_page_of_the_admin_says_when_nothing_waits(desk):
    home = page(desk.get(reverse("wagtailadmin_home")))
    assert "No story waits for a moderator." in home
    assert "Moderation (" not in home


def test_other_staff_see_neither_panel_nor_menu_item(client):
    StoryFactory(sent=True)
    home = page(sign_in_staff(client, EditorFactory()).get(reverse("wagtailadmin_home")))
    assert ["Stories waiting" in home, QUEUE in home] == [False, False]


# --- The queue --------------------------------------------------------------------------------------------------------


def titles(answer):
    return [line.title for line in answer.context["lines"]]


def test_the_queue_is_in_the_order_in_which_stories_were_sent(desk):
    for title, days in [("Second", 2), ("First", 5), ("Third", 1)]:
        waiting_since(StoryFactory(sent=True, title=title), days=days)
    assert titles(desk.get(QUEUE)) == ["First", "Second", "Third"]


def test_the_queue_holds_only_what_waits(desk):
    for state in [{}, {"jot": True}, {"asked": True}, {"live": True}, {"withdrawn": True}]:
        StoryFactory(**state)
    answer = desk.get(QUEUE)
    assert titles(answer) == []
    assert "Nothing to decide." in page(answer)


def test_a_line_says_what_a_moderator_should_know_first(desk):
    StoryFactory(sent=True, title="A first one", boundaries=["police", "housing"])
    teller = StoryFactory(live=True).author
    StoryFactory(sent=True, title="A second one", author=teller)
    edited = StoryFactory(live=True)
    edit_of(edited, title="An edit")
    actions.send(edited, by=edited.author, now=now(), hide=True)
    StoryFactory(sent=True, title="From elsewhere", source_url="https://example.org/")
    lines = {line.title: line for line in desk.get(QUEUE).context["lines"]}
    assert {title: line.notes for title, line in lines.items()} == {
        "A first one": ["New story", "First story of this teller"],
        "A second one": ["New story"],
        "An edit": ["Edit of a published story", "Hidden until you decide"],
        "From elsewhere": ["New story"],
    }
    assert lines["A first one"].boundaries == ["Housing", "Police"]


def test_a_line_says_what_the_teller_asks_to_widen(desk):
    story = StoryFactory(live=True, byline="role")
    actions.set_reach(story, byline="name", audience="public", by=story.author, now=now())
    [line] = desk.get(QUEUE).context["lines"]
    assert line.notes == [
        "Edit of a published story",
        "Asks to be named: My name",
        "Asks for more readers: Anyone",
    ]


@pytest.mark.parametrize("byline", ["role", "hidden"])
def test_no_page_of_the_desk_names_an_unnamed_teller(desk, byline):
    teller = MemberFactory(first_name="Zephyrine", last_name="Quillfeather", email="zephyrine@example.org")
    sent = StoryFactory(sent=True, author=teller, byline=byline)
    live = StoryFactory(live=True, author=teller, byline=byline)
    send_edit(live, title="Edited")
    addresses = [reverse("wagtailadmin_home"), QUEUE, QUEUE + "published/", review(sent), review(live)]
    addresses += [reverse(f"{SNIPPET}:revisions_view", args=[story.pk, version(story)]) for story in [sent, live]]
    seen = " ".join(page(desk.get(address)) for address in addresses).lower()
    assert [word for word in ["zephyrine", "quillfeather"] if word in seen] == []


def test_a_title_is_that_of_the_version_that_was_sent(desk):
    story = StoryFactory(live=True, title="As it is live")
    send_edit(story, title="As it was sent")
    assert titles(desk.get(QUEUE)) == ["As it was sent"]


def test_the_queue_is_narrowed_by_a_boundary_of_the_story_or_of_its_edit(desk):
    StoryFactory(sent=True, title="Police", boundaries=["police", "housing"])
    StoryFactory(sent=True, title="Other", boundaries=["housing"])
    edited = StoryFactory(live=True, boundaries=["housing"])
    send_edit(edited, title="Police now", boundaries=["police"])
    answer = desk.get(QUEUE, {"boundary": "police"})
    assert titles(answer) == ["Police", "Police now"]
    assert "2 stories wait here" in page(answer)


def test_a_boundary_about_which_nothing_waits_says_so(desk):
    assert "No story about this waits." in page(desk.get(QUEUE, {"boundary": "police"}))


@pytest.mark.parametrize("query", ["boundary=nonsense", "boundary=%00", "page=x", "page=-1", "page=999", "page=%00"])
def test_a_query_that_means_nothing_is_the_queue(desk, query):
    StoryFactory(sent=True, title="It waits")
    assert titles(desk.get(f"{QUEUE}?{query}")) == ["It waits"]


def test_a_long_queue_turns_pages_and_keeps_its_filter(desk, monkeypatch):
    monkeypatch.setattr("stories.staff.views.A_PAGE", 1)
    for title, days in [("One", 3), ("Two", 2), ("Three", 1)]:
        waiting_since(StoryFactory(sent=True, title=title, boundaries=["police"]), days=days)
    answer = desk.get(QUEUE, {"boundary": "police", "page": 2})
    assert titles(answer) == ["Two"]
    links = page(answer)
    assert "?boundary=police&page=1" in links
    assert "?boundary=police&page=3" in links


@pytest.mark.parametrize("story_count", [1, 3])
@pytest.mark.parametrize(("address", "query_count"), [(QUEUE, 15), (QUEUE + "published/", 13)])
def test_lists_take_the_same_queries(desk, django_assert_num_queries, story_count, address, query_count):
    for _ in range(story_count):
        StoryFactory(sent=True, boundaries=["police", "housing"])
        StoryFactory(live=True, boundaries=["police", "housing"])
    desk.get(address)
    cache.clear()
    with django_assert_num_queries(query_count):
        desk.get(address)


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
        "Not answered",
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
    answer = desk.post(verb("approve", story), {"revision": version(story)}, follow=True)
    assert answer.redirect_chain == [(QUEUE, 302)]
    assert "Approved. The story is live, and its teller has been told." in page(answer)
    assert fresh(story).live
    assert TaskState.objects.for_instance(story).get().finished_by == moderator


def test_asking_for_changes_tells_the_teller_the_reason(desk):
    story = StoryFactory(sent=True)
    answer = desk.post(
        verb("ask_for_changes", story), {"revision": version(story), "reason": "Which week was it?"}, follow=True
    )
    assert "The teller has been told what to change." in page(answer)
    assert fresh(story).live is False
    assert "Which week was it?" in Notice.objects.get(kind="stories.changes_asked").text


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
    assert "has changed since you opened it" in page(desk.post(verb("approve", story), posted))
    assert fresh(story).live is False


def test_the_second_of_two_moderators_is_told_who_approved(desk):
    story = StoryFactory(sent=True)
    actions.approve(story, by=ModeratorFactory(first_name="Bola", last_name=""), now=now())
    answer = desk.post(verb("approve", story), {"revision": version(story)})
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
    answer = desk.post(verb("approve", story), {"revision": version(story)})
    assert "The teller has taken this story back." in page(answer)
    assert fresh(story).live is False


def test_a_moderator_does_not_decide_about_their_own_story(desk, moderator):
    story = StoryFactory(sent=True, author=moderator)
    assert "Approve</button>" not in page(desk.get(review(story)))
    answer = desk.post(verb("approve", story), {"revision": version(story)})
    assert "This is your own story: another moderator decides about it." in page(answer)
    assert fresh(story).live is False


@pytest.mark.parametrize("name", ["approve", "ask_for_changes", "take_down"])
def test_no_link_decides(desk, name):
    assert desk.get(verb(name, StoryFactory(sent=True))).status_code == 405


# --- Keeping a story for oneself --------------------------------------------------------------------------------------


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


def test_a_story_that_is_not_live_is_not_taken_down(desk):
    story = StoryFactory(sent=True)
    assert desk.post(verb("take_down", story), {"reason": "Why"}).status_code == 404
    with pytest.raises(actions.CannotDecide):
        actions.take_down(story, by=ModeratorFactory(), now=now(), reason="Why")


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


# --- Wagtail's own addresses ------------------------------------------------------------------------------------------


def action(story, name):
    task_state = TaskState.objects.for_instance(story).latest("pk")
    return reverse(f"{SNIPPET}:workflow_action", args=[story.pk, name, task_state.pk])


def test_wagtails_own_approval_ends_in_our_ceremony(desk, moderator):
    story = StoryFactory(sent=True)
    desk.post(action(story, "approve"), {"comment": ""})
    assert fresh(story).live
    assert Notice.objects.filter(kind="stories.story_live").count() == 1


def test_wagtails_own_request_for_changes_needs_a_reason_too(desk):
    story = StoryFactory(sent=True)
    desk.post(action(story, "reject"), {"comment": " "})
    assert fresh(story).is_in_moderation
    desk.post(action(story, "reject"), {"comment": "Which week?"})
    assert "Which week?" in Notice.objects.get(kind="stories.changes_asked").text


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
