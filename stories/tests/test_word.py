"""A person whose story it is too: nothing is sent before their yes to the very words, and their no counts at once."""

import pytest
from django.urls import reverse
from django.utils import timezone

from confidentiality.pictures import clean
from confidentiality.tests.pictures import photo, upload
from members.models import Notice
from members.tests.factories import MemberFactory, ModeratorFactory
from stories import actions
from stories.models import Agreement, Story
from stories.tests.factories import NOTES, CoAuthorFactory, StoryFactory, edit_of, photo_in, pictured
from stories.tests.pages import SENDING, at, fresh, post, text

pytestmark = pytest.mark.django_db


def now():
    return timezone.now()


@pytest.fixture
def person(story):
    return CoAuthorFactory(story=story, lived_experience=True, member__first_name="Jo")


def say(person, answer, **more):
    version = fresh(person.story).version_key
    return actions.give_word(person, answer=answer, version=version, by=person.member, now=now(), **more)


def send(story):
    return actions.send(fresh(story), by=story.author, now=now())


def lacks(story):
    return "their_word" in fresh(story).get_latest_revision_as_object().missing_to_send()


def test_without_such_a_person_nobody_is_asked(story):
    CoAuthorFactory(story=story)
    assert not lacks(story)


@pytest.mark.parametrize("answer", ["", "not_yet", "no"])
def test_nothing_is_sent_without_their_yes(story, person, answer):
    if answer:
        say(person, answer)
    with pytest.raises(actions.NotReady, match="their_word"):
        send(story)


def test_after_their_yes_it_is_sent(story, person):
    say(person, "yes")
    assert send(story).is_in_moderation


def test_one_other_word_asks_again(story, person):
    say(person, "yes")
    edit_of(story, advice="Ring first.")
    assert lacks(story)
    say(person, "yes")
    assert not lacks(story)


@pytest.mark.parametrize(
    "change", [{"boundaries": ["housing", "police"]}, {"practices": ["borrow-a-view"]}, {"place": "north-west"}]
)
def test_what_a_story_is_tagged_with_is_told_too(story, person, change):
    say(person, "yes")
    edit_of(story, **change)
    assert lacks(story)


def test_a_photo_more_or_less_is_told_too(story, person):
    say(person, "yes")
    shown = photo_in(story)
    assert lacks(story)
    say(person, "yes")
    assert not lacks(story)
    actions.remove_photo(shown, by=story.author, now=now())
    assert lacks(story)


@pytest.mark.parametrize("approved", [False, True])
def test_other_words_for_a_photo_ask_again_until_they_are_put_back(approved):
    story = pictured() if approved else StoryFactory()
    person = CoAuthorFactory(story=story, lived_experience=True)
    shown = story.photos.first() or photo_in(story)
    say(person, "yes")
    actions.change_photo(shown, alt="A door.", by=story.author, now=now())
    assert lacks(story)
    actions.change_photo(shown, alt=NOTES, by=story.author, now=now())
    assert not lacks(story)


def test_another_picture_with_the_same_words_asks_again(story, person):
    shown = photo_in(story)
    say(person, "yes")
    other = clean(upload(photo(size=(99, 20))))
    actions.change_photo(shown, picture=other, alt=NOTES, by=story.author, now=now())
    assert lacks(story)


def test_a_photo_taken_out_while_a_moderator_reads_is_not_approved_without_their_yes(story, person):
    shown = photo_in(story)
    say(person, "yes")
    send(story)
    actions.remove_photo(shown, by=story.author, now=now())
    with pytest.raises(actions.CannotDecide):
        actions.approve(story, by=ModeratorFactory(), now=now())


def test_whoever_is_asked_sees_the_photos_that_they_say_yes_to(client, story, person):
    shown = photo_in(story)
    client.force_login(person.member)
    assert f'src="{at("photo", story, shown.photo.name)}" alt="{NOTES}"' in text(client.get(at("their_word", story)))


def test_saving_the_same_words_again_asks_nobody(story, person):
    say(person, "yes")
    edit_of(story, tried=story.tried)
    assert not lacks(story)


def test_what_stays_between_teller_and_moderator_asks_nobody(story, person):
    say(person, "yes")
    edit_of(story, employer="not_needed")
    assert not lacks(story)


def test_more_readers_ask_again(story, person):
    say(person, "yes")
    actions.set_reach(story, byline="role", audience="public", by=story.author, now=now())
    assert lacks(story)


def test_a_live_story_is_not_widened_without_their_yes(story, person):
    say(person, "yes")
    send(story)
    actions.approve(story, by=ModeratorFactory(), now=now())
    row = actions.set_reach(story, byline="role", audience="public", by=story.author, now=now())
    assert (row.wanted_audience, row.is_in_moderation) == ("public", False)
    say(person, "yes")
    assert send(story).is_in_moderation
    assert actions.approve(story, by=ModeratorFactory(), now=now()).audience == "public"


def test_each_such_person_must_say_yes(story, person):
    say(person, "yes")
    CoAuthorFactory(story=story, lived_experience=True)
    assert lacks(story)


def test_whoever_was_invited_as_such_is_waited_for_until_it_is_taken_back(story):
    asking = actions.invite(story, email="jo@example.org", what="lived", by=story.author, now=now())
    assert lacks(story)
    actions.take_invitation_back(asking, by=story.author, now=now())
    assert not lacks(story)


def test_a_no_withdraws_a_live_story_at_once(client, story, person):
    say(person, "yes")
    send(story)
    actions.approve(story, by=ModeratorFactory(), now=now())
    client.force_login(person.member)
    client.post(at("their_word", story), {"answer": "no"})
    assert not Story.objects.published().exists()
    assert lacks(story)


@pytest.mark.parametrize("answer", ["not_yet", "no"])
def test_what_a_moderator_reads_comes_back_when_the_yes_does(story, person, answer):
    say(person, "yes")
    send(story)
    say(person, answer, reason="The street is too near.")
    assert not fresh(story).is_in_moderation


def test_a_yes_to_words_that_changed_meanwhile_is_not_taken(client, story, person):
    read = fresh(story).version_key
    edit_of(story, tried="Something else.")
    client.force_login(person.member)
    page = client.post(at("their_word", story), {"answer": "yes", "version": read}, follow=True)
    assert "Somebody changed the words while you read." in text(page)
    assert lacks(story)


def test_a_no_outlives_the_end_of_the_coauthorship(story, person):
    say(person, "no")
    actions.part(person, by=story.author, now=now())
    actions.record_agreement(fresh(story), how="in_person", by=story.author, now=now())
    assert lacks(story)


def test_ending_it_is_no_way_round_the_question(story, person):
    actions.part(person, by=story.author, now=now())
    assert lacks(story)


def test_the_say_of_an_erased_person_stays_without_their_name(story, person):
    say(person, "no")
    person.member.delete()
    assert lacks(story)


def test_an_approval_asks_once_more(story):
    send(story)
    CoAuthorFactory(story=story, lived_experience=True)
    with pytest.raises(actions.CannotDecide, match="has yet to say yes"):
        actions.approve(story, by=ModeratorFactory(), now=now())


# --- Outside this site ------------------------------------------------------------------------------------------------


def test_an_agreement_on_paper_stands_for_somebody_without_an_account(teller, story):
    actions.invite(story, email="jo@example.org", what="lived", by=story.author, now=now())
    mails = Notice.objects.count()
    teller.post(at("agreed", story), {"how": "on_paper"})
    assert not lacks(story)
    kept = Agreement.objects.values("how", "recorded_by", "version").get()
    assert kept == {"how": "on_paper", "recorded_by": story.author.pk, "version": fresh(story).version_key}
    assert Notice.objects.count() == mails
    assert "You wrote down that they agreed to these words on paper" in text(teller.get(at("together", story)))


def test_an_agreement_is_to_these_words_only(teller, story):
    actions.invite(story, email="jo@example.org", what="lived", by=story.author, now=now())
    for _ in range(2):
        teller.post(at("agreed", story), {"how": "in_person"})
    assert Agreement.objects.count() == 1
    edit_of(story, tried="Something else.")
    assert lacks(story)


def test_it_does_not_stand_for_somebody_who_writes_along(story, person):
    actions.record_agreement(fresh(story), how="in_person", by=story.author, now=now())
    assert lacks(story)


@pytest.mark.parametrize("how", ["", "by phone", "a\x00b"])
def test_how_they_agreed_must_be_said(teller, story, how):
    assert "how" in teller.post(at("agreed", story), {"how": how}).context["agreeing"].errors
    assert not Agreement.objects.exists()


def test_a_moderator_learns_that_they_agreed_and_never_who(client, desk, story):
    person = CoAuthorFactory(story=story, lived_experience=True, member__first_name="Hiddencanary")
    say(person, "yes")
    actions.record_agreement(fresh(story), how="on_paper", by=story.author, now=now())
    send(story)
    page = text(desk.get(reverse("stories_staff:review", args=[story.slug])))
    assert "All said yes, or agreed outside the site" in page
    assert "Agreed on paper, written down on" in page
    assert "Hiddencanary" not in page


# --- The pages --------------------------------------------------------------------------------------------------------


def test_they_see_it_as_others_would_and_answer(client, story, person):
    client.force_login(person.member)
    page = client.get(at("their_word", story))
    assert story.happened in text(page)
    version = page.context["form"]["version"].value()
    client.post(at("their_word", story), {"answer": "yes", "version": version})
    assert not lacks(story)
    assert Notice.objects.get(kind="stories.word_given").to == story.author.email


@pytest.mark.parametrize(
    ("answers", "field", "sentence"),
    [
        ({}, "answer", "Choose one of the three answers"),
        ({"answer": "perhaps"}, "answer", "Choose one of the answers shown"),
        ({"answer": "not_yet"}, "reason", "Enter what should be different"),
        ({"answer": "not_yet", "reason": "x" * 60_000}, "reason", "Keep this to 10000 characters or fewer."),
        ({"answer": "not_yet", "reason": "a\x00"}, "reason", "Take out the sign that cannot be shown."),
    ],
)
def test_an_answer_is_refused_in_plain_words(client, story, person, answers, field, sentence):
    client.force_login(person.member)
    [error] = client.post(at("their_word", story), answers).context["form"].errors[field]
    assert error.startswith(sentence)


def test_a_reason_reaches_those_who_write_and_no_mailbox(client, story, person):
    say(person, "not_yet", reason="The street is too near.")
    client.force_login(story.author)
    assert "The street is too near." in text(client.get(at("together", story)))
    assert not Notice.objects.filter(text__contains="street").exists()


def test_a_coauthor_who_was_not_asked_has_no_such_page(client, story):
    client.force_login(CoAuthorFactory(story=story).member)
    assert client.get(at("their_word", story)).status_code == 404


def test_the_author_asks_once_for_each_version(teller, story, person):
    for _ in range(2):
        teller.post(at("ask_for_word", story))
    assert Notice.objects.filter(kind="stories.word_asked").count() == 1
    edit_of(story, tried="Something else.")
    teller.post(at("ask_for_word", story))
    assert Notice.objects.filter(kind="stories.word_asked").count() == 2


def test_both_are_told_that_the_words_changed(client, story, person):
    say(person, "yes")
    edit_of(story, tried="Something else.")
    client.force_login(story.author)
    assert "was to other words" in text(client.get(at("together", story)))
    assert "Somebody else must say yes" in text(client.get(at("draft", story)))
    assert "The yes of the person whose story it is too" in text(client.get(at("check", story)))
    client.force_login(person.member)
    assert "The words have changed since you answered" in text(client.get(at("their_word", story)))


def test_another_title_at_sending_is_kept_and_asked(teller, story, person):
    say(person, "yes")
    assert post(teller, at("send", story), SENDING, story).url == at("check", story)
    assert (fresh(story).title, fresh(story).is_in_moderation) == (SENDING["title"], False)
    assert lacks(story)


def test_the_title_they_read_is_sent(teller, story, person):
    say(person, "yes")
    words = {"title": story.title, "summary": story.summary}
    assert post(teller, at("send", story), words, story).url == at("sent", story)
    assert fresh(story).is_in_moderation


@pytest.mark.parametrize("lived", [True, False])
def test_who_joins_again_keeps_their_say(story, lived):
    person = CoAuthorFactory(story=story, lived_experience=lived)
    actions.part(person, by=person.member, now=now())
    asking = actions.invite(story, email="jo@example.org", what="write", by=story.author, now=now())
    actions.accept(asking, by=person.member, now=now())
    person.refresh_from_db()
    assert (person.left_at, person.lived_experience) == (None, lived)


def test_a_named_author_with_such_a_person_sends_only_what_both_have_read(client):
    author = MemberFactory()
    story = StoryFactory(author=author, byline="name")
    person = CoAuthorFactory(story=story, lived_experience=True)
    client.force_login(author)
    assert client.get(at("send", story)).url == at("check", story)
    say(person, "yes")
    assert client.get(at("send", story)).status_code == 200
