"""Words of a story in reports: picked, asked about, and gone with a no."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from members.models import Notice
from members.tests.factories import EditorFactory, MemberFactory
from stories import actions
from stories.models import MayQuote, Quotation, Story
from stories.models.quoting import plain, sentences
from stories.tests.factories import StoryFactory, edit_of

pytestmark = pytest.mark.django_db

WORDS = "I sat at their desk for a morning."
VISITOR = AnonymousUser()


def picked(story, words=WORDS, field="tried"):
    return actions.quote(story, field=field, words=words, by=EditorFactory(), now=timezone.now())


@pytest.mark.parametrize(
    ("may_quote", "answer", "shown"),
    [
        ("ask", "", False),
        ("ask", "yes", True),
        ("ask", "no", False),
        ("yes", "", True),
        ("yes", "yes", True),
        ("yes", "no", False),
        ("no", "", False),
        ("no", "yes", False),
        ("no", "no", False),
    ],
)
def test_words_are_shown_with_a_yes_and_never_past_a_no(may_quote, answer, shown):
    story = StoryFactory(live=True, audience="public")
    quotation = picked(story)
    Story.objects.update(may_quote=may_quote)
    Quotation.objects.update(answer=answer, answered_at=timezone.now())
    quotation = Quotation.objects.select_related("story").get()
    assert (quotation in Quotation.objects.readable_by(VISITOR), quotation.is_allowed) == (shown, shown)


def test_what_the_team_retold_needs_no_answer():
    story = StoryFactory(live=True, audience="public", source_title="A report", source_url="https://example.org/")
    assert picked(story) in Quotation.objects.readable_by(VISITOR)
    assert not Notice.objects.filter(kind="stories.quote_asked").exists()


@pytest.mark.parametrize("reader", [lambda: VISITOR, MemberFactory])
def test_words_reach_no_further_than_their_story(reader):
    story = StoryFactory(live=True, audience="members", may_quote="yes")
    reader = reader()
    assert Quotation.objects.readable_by(reader).filter(pk=picked(story).pk).exists() is bool(reader.pk)


@pytest.mark.parametrize("verb", ["withdraw", "hide"])
def test_a_story_that_goes_takes_its_words_along(verb):
    story = StoryFactory(live=True, audience="public", may_quote="yes")
    picked(story)
    getattr(actions, verb)(story, by=story.author, now=timezone.now())
    assert not Quotation.objects.readable_by(VISITOR).exists()


def test_a_teller_who_wants_to_be_asked_is_asked_once_and_told_no_words():
    story = StoryFactory(live=True, audience="public")
    assert picked(story) == picked(story)
    mail = Notice.objects.get(kind="stories.quote_asked")
    assert mail.to == story.author.email
    assert WORDS not in mail.text + mail.html + mail.subject
    assert reverse("stories:quotes", args=[story.slug]) in mail.text


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        ("I never said this.", {}),
        (WORDS, {"may_quote": "no"}),
        (WORDS, {"audience": "members", "hidden": True}),
    ],
)
def test_nothing_is_kept_that_is_not_said_or_not_wanted(words, fields):
    story = StoryFactory(**{"live": True, "audience": "public", **fields})
    with pytest.raises(actions.Closed):
        picked(story, words)
    assert not Quotation.objects.exists()


def test_nobody_is_asked_for_words_whose_teller_is_gone():
    story = StoryFactory(live=True, audience="public")
    Story.objects.update(author=None)
    with pytest.raises(actions.Closed):
        picked(story)


def test_words_that_the_story_no_longer_says_are_no_longer_said():
    quotation = picked(StoryFactory(live=True, audience="public"))
    assert quotation.still_said
    Story.objects.update(tried="I sat at their desk.")
    assert not Quotation.objects.select_related("story").get().still_said


def test_a_no_counts_at_once_though_the_story_is_live_and_edited():
    story = StoryFactory(live=True, audience="public", may_quote="yes")
    picked(story)
    edit_of(story, tried=f"{WORDS} And again.", may_quote=MayQuote.YES)
    actions.set_may_quote(story, may_quote=MayQuote.NO, by=story.author, now=timezone.now())
    assert not Quotation.objects.readable_by(VISITOR).exists()
    row = Story.objects.get()
    assert row.get_latest_revision_as_object().may_quote == MayQuote.NO
    assert "may_quote" not in row.latest_revision.content


def test_the_teller_answers_on_the_storys_own_page(client):
    story = StoryFactory(live=True, audience="public")
    quotation = picked(story)
    client.force_login(story.author)
    page = reverse("stories:quotes", args=[story.slug])
    assert WORDS in client.get(page).text
    for answer, shown in [("yes", True), ("no", False), ("yes", True)]:
        response = client.post(
            reverse("stories:answer_quotation", args=[story.slug, quotation.key]), {"answer": answer}
        )
        assert response.url == page
        assert Quotation.objects.readable_by(VISITOR).exists() is shown
    client.post(page, {"may_quote": "no"})
    assert not Quotation.objects.readable_by(VISITOR).exists()
    assert "You said no" in client.get(page).text


@pytest.mark.parametrize("who", ["stranger", "other story"])
def test_nobody_answers_for_another_teller(client, who):
    quotation = picked(StoryFactory(live=True, audience="public"))
    own = StoryFactory(live=True, audience="public")
    client.force_login(own.author)
    slug = quotation.story.slug if who == "stranger" else own.slug
    response = client.post(reverse("stories:answer_quotation", args=[slug, quotation.key]), {"answer": "yes"})
    assert response.status_code == 404
    assert Quotation.objects.get().answer == ""


def test_an_answer_that_is_none_changes_nothing(client):
    quotation = picked(StoryFactory(live=True, audience="public"))
    client.force_login(quotation.story.author)
    address = reverse("stories:answer_quotation", args=[quotation.story.slug, quotation.key])
    client.post(address, {"answer": "perhaps"})
    assert Quotation.objects.get().answer == ""
    assert client.get(address).status_code == 405


def test_a_choice_that_is_none_is_asked_again(client):
    story = StoryFactory(live=True, audience="public")
    client.force_login(story.author)
    text = client.post(reverse("stories:quotes", args=[story.slug]), {}).text
    assert "Choose whether we may quote you" in text


@pytest.mark.parametrize("fields", [{"may_quote": "yes"}, {"may_quote": "ask"}])
def test_staff_read_how_words_stand(fields):
    quotation = picked(StoryFactory(live=True, audience="public", **fields))
    assert quotation.standing == ("May be shown" if fields["may_quote"] == "yes" else "Waits for its teller’s answer")
    quotation.answer = "no"
    assert quotation.standing == "Its teller does not want it"
    quotation.answer, quotation.words = "yes", "Something else."
    assert quotation.standing == "No longer said in the story"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("“We rang.” They came.", ["“We rang.”", "They came."]),
        ("First line\r\nSecond line\n\n- third", ["First line", "Second line", "- third"]),
        ("  ", []),
        ("No end", ["No end"]),
    ],
)
def test_a_text_falls_into_its_sentences(text, found):
    assert [plain(text)[begin:end] for begin, end in sentences(text)] == found
