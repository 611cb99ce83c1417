from datetime import date

import pytest
from django.utils import timezone
from wagtail.models import WorkflowState

from members.tests.factories import UserFactory
from stories import actions
from stories.forms import SendForm
from stories.models import Story
from stories.tests.factories import StoryFactory, edit_of
from stories.tests.pages import SENDING, at, fresh, post, text
from stories.views.sending import send_off

pytestmark = pytest.mark.django_db


def test_the_answers_show_each_word_and_where_to_change_it(teller, story):
    page = text(teller.get(at("check", story)))
    for name in ("noticed", "tried", "happened", "why_it_matters", "shift_behaviour"):
        assert getattr(story, name) in page
    assert "Housing, Mental health" in page
    assert f"{at('write', story, 'tried')}?then=check#id_tried" in page
    assert "Still needed" not in page


def test_a_day_is_read_as_people_write_it(teller, story):
    Story.objects.filter(pk=story.pk).update(review_date=date(2027, 3, 5))
    page = text(teller.get(at("check", story)))
    assert "5 March 2027" in page
    assert "2027-03-05" not in page


def test_what_is_missing_is_named_with_its_page(client):
    story = StoryFactory(jot=True)
    client.force_login(story.author)
    missing = client.get(at("check", story)).context["missing"]
    assert missing == [
        ("What did you try?", f"{at('write', story, 'tried')}?then=check#id_tried"),
        ("What happened, including what went badly?", f"{at('write', story, 'tried')}?then=check#id_happened"),
        ("Where is it now?", f"{at('write', story, 'now')}?then=check#id_outcome"),
        ("Why does this change matter most to you?", f"{at('write', story, 'matters')}?then=check#id_why_it_matters"),
        ("Whose story is it?", f"{at('safety', story)}?then=check#id_whose_story"),
        ("Does the person you supported agree?", f"{at('safety', story)}?then=check#id_consent"),
        ("Does your employer agree?", f"{at('safety', story)}?then=check#id_employer"),
        (
            "What is different now, or that nothing has shifted yet",
            f"{at('write', story, 'now')}?then=check#id_shift_ground",
        ),
        ("Which services did this run between?", f"{at('write', story, 'where')}?then=check#id_boundaries"),
    ]


def test_the_preview_is_the_newest_words_and_for_no_robot(client):
    story = StoryFactory(live=True)
    edit_of(story, tried="As it will be")
    client.force_login(story.author)
    response = client.get(at("preview", story))
    assert "As it will be" in text(response)
    assert '<meta name="robots" content="noindex">' in text(response)
    assert response["X-Robots-Tag"] == "noindex"
    assert "no-store" in response["Cache-Control"]


def test_sending_asks_for_the_public_title_and_says_what_happens_next(teller, story):
    response = post(teller, at("send", story), SENDING, story)
    assert response.url == at("sent", story)
    sent = fresh(story)
    assert (sent.title, sent.summary, sent.standing) == (*SENDING.values(), "With a moderator")
    assert "What happens next" in text(teller.get(response.url))


def test_sending_twice_is_sending_once(teller, story):
    answers = {**SENDING, "edit_number": fresh(story).edit_number}
    addresses = [teller.post(at("send", story), answers).url for _ in range(2)]
    assert addresses == [at("sent", story)] * 2
    assert fresh(story).edit_number == 3


@pytest.mark.parametrize(
    ("answers", "errors"),
    [
        ({"title": "", "summary": ""}, {"title": ["Enter a title"], "summary": ["Enter the change in one sentence"]}),
        ({"title": "x" * 101}, {"title": ["Keep this to 100 characters or fewer. It has 101 now."]}),
    ],
)
def test_sending_without_a_title_is_refused(teller, story, answers, errors):
    assert post(teller, at("send", story), {**SENDING, **answers}, story).context["form"].errors == errors
    assert not fresh(story).is_in_moderation


def test_what_lacks_answers_cannot_be_sent(client):
    story = StoryFactory(jot=True)
    client.force_login(story.author)
    assert post(client, at("send", story), SENDING, story).url == at("check", story)
    assert not fresh(story).is_in_moderation


def test_whoever_waits_to_be_let_in_is_told_why_it_cannot_go_yet(client):
    story = StoryFactory(author=UserFactory())
    client.force_login(story.author)
    for response in (client.get(at("send", story)), post(client, at("send", story), SENDING, story)):
        assert "your account still waits for a moderator to let you in" in text(response)
    assert not fresh(story).is_in_moderation


def test_nothing_goes_to_a_moderator_that_was_changed_in_another_window(teller, story):
    number = fresh(story).edit_number
    edit_of(story, title="From there", summary="")
    response = teller.post(at("send", story), {**SENDING, "edit_number": number})
    assert "Nothing was sent. Its title there is “From there”" in text(response)
    assert response.context["form"]["title"].value() == SENDING["title"]
    assert not fresh(story).is_in_moderation
    again = {**SENDING, "edit_number": response.context["form"]["edit_number"].value()}
    assert teller.post(at("send", story), again).url == at("sent", story)


@pytest.mark.parametrize(("choice", "hidden"), [("yes", True), ("no", False)])
def test_an_edit_of_a_live_story_asks_whether_to_hide_it_meanwhile(client, choice, hidden):
    story = StoryFactory(live=True)
    edit_of(story, tried="Again")
    client.force_login(story.author)
    assert "Hide the story while we check it?" in text(client.get(at("send", story)))
    post(client, at("send", story), {**SENDING, "hide": choice}, story)
    assert (fresh(story).is_in_moderation, fresh(story).hidden_at is not None) == (True, hidden)


def test_whether_to_hide_needs_an_answer(client):
    story = StoryFactory(live=True)
    client.force_login(story.author)
    response = post(client, at("send", story), SENDING, story)
    assert response.context["form"].errors == {"hide": ["Choose whether to hide it"]}


def test_what_happens_next_is_told_only_of_what_was_sent(teller, story):
    assert teller.get(at("sent", story)).url == at("draft", story)


def test_the_reason_of_a_moderator_stands_on_the_draft(client):
    story = StoryFactory(asked=True)
    client.force_login(story.author)
    assert "Say more about the first week." in text(client.get(at("draft", story)))
    post(client, at("send", story), SENDING, story)
    assert "Say more about the first week." not in text(client.get(at("draft", story)))


def test_the_draft_is_a_task_list(client):
    story = StoryFactory(jot=True)
    client.force_login(story.author)
    tasks = [(task["title"], task["status"]) for task in client.get(at("draft", story)).context["tasks"]]
    assert tasks == [
        ("Safety first", "Not yet started"),
        ("What you noticed", "Done"),
        ("What you tried, and what happened", "Not yet started"),
        ("What is different now", "Not yet started"),
        ("Why it matters", "Not yet started"),
        ("Which services, where and when", "Not yet started"),
        ("For whoever tries it next", "Not yet started"),
        ("Photos", "Not yet started"),
    ]


def test_a_page_half_answered_is_begun(teller, story):
    edit_of(story, happened="")
    tasks = {task["title"]: task["status"] for task in teller.get(at("draft", story)).context["tasks"]}
    assert tasks["What you tried, and what happened"] == "Begun"


def test_other_words_than_those_that_were_sent_stay_in_the_boxes(teller, story):
    post(teller, at("send", story), SENDING, story)
    response = post(teller, at("send", story), {**SENDING, "title": "Another title"}, story)
    assert "A moderator has this story now" in text(response)
    assert response.context["form"]["title"].value() == "Another title"
    assert fresh(story).title == SENDING["title"]


def test_sent_in_two_windows_at_once_it_is_sent_once(rf, story):
    request = rf.post(at("send", story), SENDING)
    request.user = story.author
    stale = Story.objects.with_moderation().get(pk=story.pk)
    form = SendForm({**SENDING, "edit_number": stale.edit_number}, instance=stale)
    assert form.is_valid()
    actions.send(story, by=story.author, now=timezone.now())
    assert send_off(request, stale, form).url == at("sent", story)
    assert WorkflowState.objects.count() == 1
