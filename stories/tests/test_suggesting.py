"""A moderator suggests other words; only the teller's yes changes any."""

import pytest
from django.urls import reverse
from wagtail.models import Revision

from members.models import Notice, User
from members.tests.factories import EditorFactory, MemberFactory, ModeratorFactory, sign_in_staff
from stories import actions
from stories.tests.desk import fresh, now, page, review, send_edit, verb, version
from stories.tests.factories import StoryFactory, edit_of

pytestmark = pytest.mark.django_db
BEFORE, AFTER = "I rang them once, then waited.", "I rang them twice, then waited."


def suggest(story, **changed):
    told = {"field": "tried", "after": AFTER, "reason": "It was twice.", **changed}
    actions.suggest(story, **told, by=ModeratorFactory(), now=now())
    return story.suggestions.open().get()


def answer(story, asked, agreed=True):
    return actions.answer_suggestion(story, suggestion=asked.pk, agreed=agreed, by=story.author, now=now())


def told(**state):
    return StoryFactory(tried=BEFORE, **state)


def test_on_yes_the_live_story_has_the_words_in_a_version_of_the_tellers_account():
    story = told(live=True)
    answer(story, suggest(story))
    story = fresh(story)
    assert [story.tried, story.live, story.has_unpublished_changes] == [AFTER, True, False]
    assert Revision.objects.for_instance(story).count() == 2
    assert set(Revision.objects.for_instance(story).values_list("user", flat=True)) == {User.objects.teller().pk}


def test_on_no_everything_stays():
    story = told(live=True)
    answer(story, suggest(story), agreed=False)
    assert [fresh(story).tried, fresh(story).words_agreed_at] == [BEFORE, None]


def test_an_edit_that_was_not_sent_stays_with_the_words_in_it():
    story = told(live=True)
    asked = suggest(story)
    edit_of(story, happened="An unsent edit")
    answer(story, asked)
    newest = fresh(story).get_latest_revision_as_object()
    assert [fresh(story).tried, fresh(story).happened == "An unsent edit"] == [AFTER, False]
    assert [newest.tried, newest.happened] == [AFTER, "An unsent edit"]


def test_what_waits_waits_on_with_the_words_and_is_read_again(moderator):
    story = told(sent=True)
    read = version(story)
    answer(story, suggest(story))
    assert [fresh(story).tried, fresh(story).is_in_moderation] == [AFTER, True]
    with pytest.raises(actions.CannotDecide, match="changed since you opened it"):
        actions.approve(story, by=moderator, now=now(), revision=read)
    actions.approve(story, by=moderator, now=now(), revision=version(story))
    assert [fresh(story).tried, fresh(story).live] == [AFTER, True]


def test_an_edit_that_waits_gets_the_words_and_the_live_story_keeps_its_own(moderator):
    story = told(live=True)
    send_edit(story, happened="As it was sent")
    answer(story, suggest(story))
    assert fresh(story).tried == BEFORE
    actions.approve(story, by=moderator, now=now())
    assert [fresh(story).tried, fresh(story).happened] == [AFTER, "As it was sent"]


def test_where_the_teller_has_changed_the_text_since_theirs_stays(client):
    story = told(sent=True)
    asked = suggest(story)
    actions.take_back(story, by=story.author, now=now())
    send_edit(story, tried="My newer words")
    client.force_login(story.author)
    sent = {"suggestion": asked.pk, "agreed": "yes"}
    seen = page(client.post(reverse("stories:answer_suggestion", args=[story.slug]), sent, follow=True))
    assert "yours stays and the suggestion is closed" in seen
    assert [fresh(story).tried, story.suggestions.open().exists()] == ["My newer words", False]


def test_a_window_that_was_open_is_told(moderator):
    story = told(live=True)
    opened = fresh(story).get_latest_revision_as_object()
    answer(story, suggest(story))
    with pytest.raises(actions.SavedElsewhere):
        actions.save_draft(opened, by=story.author, now=now())


def test_the_public_page_says_that_the_teller_agreed(client):
    story = told(live=True, audience="public")
    assert "suggested a change of words" not in page(client.get(story.get_absolute_url()))
    answer(story, suggest(story))
    seen = page(client.get(story.get_absolute_url()))
    assert f"A moderator suggested a change of words in {now():%B %Y}; the teller agreed." in seen


def test_the_teller_sees_what_would_go_and_come_and_answers_on_the_draft_page(client):
    story = told(live=True)
    asked = suggest(story)
    client.force_login(story.author)
    draft = reverse("stories:draft", args=[story.slug])
    seen = page(client.get(draft))
    assert ["<del>once, </del>" in seen, "<ins>twice, </ins>" in seen, "It was twice." in seen] == [True, True, True]
    client.post(reverse("stories:answer_suggestion", args=[story.slug]), {"suggestion": asked.pk, "agreed": "yes"})
    assert fresh(story).tried == AFTER


@pytest.mark.parametrize("sent", [{}, {"suggestion": "x", "agreed": "yes"}, {"suggestion": "1", "agreed": "perhaps"}])
def test_an_answer_that_is_none_changes_nothing(client, sent):
    story = told(live=True)
    suggest(story)
    client.force_login(story.author)
    client.post(reverse("stories:answer_suggestion", args=[story.slug]), sent)
    assert story.suggestions.open().exists()


def test_nobody_answers_for_the_teller(client):
    story = told(live=True)
    asked = suggest(story)
    address = reverse("stories:answer_suggestion", args=[story.slug])
    for user in [MemberFactory(), asked.suggested_by]:
        client.force_login(user)
        assert client.post(address, {"suggestion": asked.pk, "agreed": "yes"}).status_code == 404
    assert fresh(story).tried == BEFORE


def test_both_are_told_by_mails_that_say_nothing():
    story = told(live=True, title="canary title", byline="hidden", author__first_name="Zephyrine")
    asked = suggest(story)
    answer(story, asked)
    suggested = Notice.objects.get(kind="stories.words_suggested")
    answered = Notice.objects.get(kind="moderation.suggestion_answered")
    assert [suggested.to, answered.to] == [story.author.email, asked.suggested_by.email]
    said = suggested.text + suggested.html + answered.text + answered.html
    assert [word for word in ["canary", "twice", "rang"] if word in said] == []
    assert "Zephyrine" not in answered.text + answered.html


# --- On the desk ------------------------------------------------------------------------------------------------------


def test_a_moderator_chooses_a_text_and_suggests_words(desk, moderator):
    story = told(sent=True, author__first_name="Zephyrine", byline="hidden")
    assert "?text=tried" in page(desk.get(verb("suggest", story)))
    address = verb("suggest", story) + "?text=tried"
    assert BEFORE in page(desk.get(address))
    seen = page(desk.post(address, {"after": AFTER, "reason": "It was twice."}, follow=True))
    assert ["The teller has yet to answer." in seen, "zephyrine" in seen.lower()] == [True, False]
    assert story.suggestions.open().get().suggested_by == moderator
    assert "yet to answer an earlier suggestion" in page(desk.post(address, {"after": "More", "reason": "So."}))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"after": ""}, "Write the words that you suggest."),
        ({"reason": ""}, "Write why you suggest it."),
        ({"after": BEFORE}, "stand there already"),
        ({"after": "a" * 10_001}, "Keep this to 10000 characters or fewer"),
        ({"after": "a\0b"}, "Take out the sign"),
    ],
)
def test_what_cannot_be_suggested_is_told(desk, changed, words):
    story = told(live=True)
    sent = {"after": AFTER, "reason": "It was twice.", **changed}
    assert words in page(desk.post(verb("suggest", story) + "?text=tried", sent))
    assert not story.suggestions.exists()


@pytest.mark.parametrize("text", ["author", "slug", "consent", "nonsense", "%00"])
def test_other_fields_are_not_suggested_for(desk, text):
    story = told(live=True)
    seen = page(desk.post(f"{verb('suggest', story)}?text={text}", {"after": AFTER, "reason": "So."}))
    assert "Which text do you mean?" in seen
    assert not story.suggestions.exists()


def test_a_live_story_shows_no_unsent_edit_there(desk):
    story = told(live=True)
    edit_of(story, tried="An unsent canary")
    assert "canary" not in page(desk.get(verb("suggest", story) + "?text=tried"))


def test_nobody_suggests_to_themselves_and_other_staff_not_at_all(desk, moderator, client):
    own = told(live=True, author=moderator)
    sent = {"after": AFTER, "reason": "So."}
    assert "nobody else to ask" in page(desk.post(verb("suggest", own) + "?text=tried", sent))
    assert "Suggest other words" not in page(desk.get(review(own)))
    sign_in_staff(client, EditorFactory())
    assert client.get(verb("suggest", own)).status_code == 404
