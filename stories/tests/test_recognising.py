"""Could someone be recognised? What the check finds is shown beside the words, answered or taken out, never altered."""

import logging

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from confidentiality import check as checking
from confidentiality import telling
from members.tests.factories import MemberFactory
from stories import actions, recognising
from stories.models import StayingWord
from stories.recognising import look
from stories.tests.desk import now, page, review, send_edit, verb, version
from stories.tests.factories import CoAuthorFactory, StoryFactory, answered_for, edit_of, photo_in
from stories.tests.pages import SENDING, at, fresh, post, text
from stories.trust import reasons_to_wait

pytestmark = pytest.mark.django_db
WAITS = "Somebody could be recognised by a word in it that no moderator has read."
TELLING = {
    "tried": "I rang Maya Osei on 07700 900123 and then on 07700 900456. Her NHS number is 943 476 5919.",
    "happened": "She lives at 14 Acacia Avenue, Salford M6 5WH, and writes from maya.osei@example.org.",
    "advice": "Ask for Maya. In May it was quiet.",
}


@pytest.fixture
def told():
    return StoryFactory(**TELLING)


@pytest.fixture
def teller_of_it(client, told):
    client.force_login(told.author)
    return client


def asked(response):
    return [word.text for word in response.context["form"].staying.words]


def answers_for(response, why="not_real", reason=""):
    found = {}
    for word in response.context["form"].staying.words:
        found |= {f"why-{word.key[:16]}": why, f"reason-{word.key[:16]}": reason}
    return found


# --- What is found ----------------------------------------------------------------------------------------------------


def test_a_name_given_in_one_answer_is_found_in_another_and_each_word_once(told):
    found = {word.text: word for word in look(told).words}
    assert {place.told.name for place in found["Maya"].places} == {"advice"}
    assert {word.level for word in look(told).asked_about} == {3}
    assert {"Maya Osei", "07700 900123", "07700 900456", "943 476 5919", "maya.osei@example.org"} <= set(found)


def test_every_text_that_readers_see_is_looked_at_and_what_a_photo_shows():
    story = StoryFactory()
    photo_in(story, alt="Maya Osei at the door.")
    for name in recognising.SUGGESTIBLE:
        setattr(story, name, f"Maya Osei rang about {name}.")
    names = {place.told.name for word in look(story).words if word.kind == "PERSON" for place in word.places}
    assert names == {*recognising.SUGGESTIBLE, "photos"}


def test_the_words_around_a_finding_are_the_tellers_own(told):
    for word in look(told).words:
        for place in word.places:
            around = place.before.removeprefix("…") + place.word + place.after.removesuffix("…")
            assert around in place.told.text
            assert place.told.text == getattr(told, place.told.name)


def test_the_same_word_has_the_same_key_in_one_story_only_and_the_key_does_not_hold_it(told):
    one = recognising.key_of(told, "PHONE", "07700 900123")
    assert recognising.key_of(told, "PHONE", "(07700)-900 123") == one
    others = [("PHONE", "07700 900124"), ("REFERENCE", "07700 900123")]
    assert one not in {recognising.key_of(told, *other) for other in others}
    assert recognising.key_of(StoryFactory(), "PHONE", "07700 900123") != one
    assert "07700900123" not in one


def test_signs_alone_have_a_key_of_their_own(told):
    assert recognising.key_of(told, "PERSON", "—") != recognising.key_of(told, "PERSON", "…")


# --- Sending ----------------------------------------------------------------------------------------------------------


def test_a_text_full_of_identifiers_is_not_sent_and_says_what_why_and_what_instead(teller_of_it, told):
    response = post(teller_of_it, at("send", told), SENDING, told)
    shown = page(response)
    assert not fresh(told).is_in_moderation
    assert "Take “Maya Osei” out, or say why it can stay" in shown
    assert "I rang <mark>Maya Osei</mark> on" in shown
    assert "An NHS number belongs to one person only. Leave it out." in shown
    assert f'href="{at("write", told, "tried")}?then=check#id_tried"' in shown
    assert "cannot find everything" in shown
    assert "A person decides" in shown
    assert {"Maya Osei", "07700 900123", "07700 900456", "943 476 5919"} <= set(asked(response))


def test_what_is_refused_keeps_the_title_that_was_typed(teller_of_it, told):
    post(teller_of_it, at("send", told), SENDING, told)
    assert (fresh(told).title, fresh(told).tried) == (SENDING["title"], TELLING["tried"])


def test_answered_it_is_sent_and_the_moderator_reads_the_answers(teller_of_it, told, moderator):
    first = teller_of_it.get(at("send", told))
    why = "She told me to name her."
    response = post(teller_of_it, at("send", told), {**SENDING, **answers_for(first, "real", why)}, told)
    assert response.url == at("sent", told)
    assert fresh(told).is_in_moderation
    assert {word.reason for word in told.staying_words.all()} == {why}
    assert {word.said_by for word in told.staying_words.all()} == {told.author}


def test_the_review_page_shows_each_word_in_its_place_with_its_answer(desk):
    story = StoryFactory(**TELLING)
    words = look(story).asked_about
    actions.let_stay(story, [(words[0], {"why": "real", "reason": "A public number."})], by=story.author, now=now())
    actions.send(answered_for(story), by=story.author, now=now())
    # As after a key that changed, or a rule that finds more than it did when the story was sent.
    story.staying_words.exclude(why="real").delete()
    shown = page(desk.get(review(story)))
    assert f"<mark>{words[0].text}</mark>" in shown
    assert "The teller: It is real, and it can stay." in shown
    assert "<blockquote>A public number.</blockquote>" in shown
    assert shown.count("Nobody has answered for it.") == len(words) - 1


def test_one_answer_is_kept_and_the_others_are_still_asked(teller_of_it, told):
    first = teller_of_it.get(at("send", told))
    some = dict(list(answers_for(first).items())[:2])
    response = post(teller_of_it, at("send", told), {**SENDING, **some}, told)
    assert StayingWord.objects.count() == 1
    assert asked(response) == asked(first)[1:]
    rest = {**answers_for(response), "edit_number": response.context["form"]["edit_number"].value()}
    assert teller_of_it.post(at("send", told), {**SENDING, **rest}).url == at("sent", told)


def test_a_real_word_needs_a_reason(teller_of_it, told):
    first = teller_of_it.get(at("send", told))
    response = post(teller_of_it, at("send", told), {**SENDING, **answers_for(first, "real")}, told)
    assert "Enter why “Maya Osei” can stay" in page(response)
    assert StayingWord.objects.count() == 0
    assert not fresh(told).is_in_moderation


@pytest.mark.parametrize("more", [{"why": "read"}, {"why": "x"}, {"why": "real", "reason": "r" * 201}])
def test_what_the_page_does_not_offer_is_no_answer(teller_of_it, told, more):
    first = teller_of_it.get(at("send", told))
    response = post(teller_of_it, at("send", told), {**SENDING, **answers_for(first, **more)}, told)
    assert response.status_code == 200
    assert (StayingWord.objects.count(), fresh(told).is_in_moderation) == (0, False)


def test_taken_out_it_is_sent(teller_of_it, told):
    edit_of(told, tried="I rang the duty desk.", happened="They answered.", advice="Ring first.")
    assert post(teller_of_it, at("send", told), SENDING, told).url == at("sent", told)


def test_a_title_with_a_number_is_asked_about_as_it_was_typed(teller, story):
    response = post(teller, at("send", story), {**SENDING, "title": "Ring 07700 900123"}, story)
    assert asked(response) == ["07700 900123"]
    again = {"title": "Ring them", "edit_number": response.context["form"]["edit_number"].value()}
    assert teller.post(at("send", story), {**SENDING, **again}).url == at("sent", story)


def test_look_again_does_not_stop_sending_and_small_things_are_folded(teller, story):
    edit_of(story, advice="They moved to Salford, it was in May.")
    found = look(fresh(story))
    assert (len(found.to_look_at), found.asked_about) == (len(found.words) - len(found.small), [])
    assert found.words
    shown = page(teller.get(at("send", story)))
    assert ("Small things that can add up" in shown) == bool(found.small)
    assert post(teller, at("send", story), SENDING, story).url == at("sent", story)


def test_a_plain_story_is_told_that_nothing_was_found(teller, story):
    assert "It found nothing to point at." in page(teller.get(at("send", story)))


def test_a_draft_is_saved_whatever_it_says(teller_of_it, told):
    said = {"noticed": "Ring Maya Osei on 07700 900123.", "flex": "", "later": "1"}
    assert post(teller_of_it, at("write", told, "noticed"), said, told).url == at("draft", told)
    assert fresh(told).noticed == said["noticed"]


def test_the_answers_page_shows_the_words_too_and_a_co_author_no_link_to_what_is_the_authors(client, told):
    edit_of(told, title="For Priya Nair")
    member = CoAuthorFactory(story=told).member
    for user, links in [(told.author, True), (member, False)]:
        client.force_login(user)
        shown = page(client.get(at("check", told)))
        assert "<mark>Priya Nair</mark>" in shown
        assert "<mark>Maya Osei</mark>" in shown
        assert (f'{at("send", told)}#id_title"' in shown) is links


def test_markup_in_a_found_word_is_shown_as_text(client):
    story = StoryFactory(
        tried="I rang Maya <script>alert(1)</script> Osei at a<b>c@example.org & <img src=x>d@example.org"
    )
    client.force_login(story.author)
    for shown in [client.get(at("send", story)), post(client, at("send", story), SENDING, story)]:
        body = text(shown)
        assert asked(shown)
        assert "<script>alert" not in body
        assert "<img src=x" not in body
        assert "a<b>" not in body


def test_a_page_with_very_many_words_asks_twenty_at_a_time_and_stays_light(client):
    numbers = " ".join(f"07700 900{number:03}," for number in range(300))
    story = StoryFactory(tried=numbers)
    client.force_login(story.author)
    response = client.get(at("send", story))
    assert len(asked(response)) == 20
    assert len(response.content) < 150_000
    again = post(client, at("send", story), {**SENDING, **answers_for(response)}, story)
    assert len(asked(again)) == 20
    assert not set(asked(again)) & set(asked(response))


# --- Asked once -------------------------------------------------------------------------------------------------------


def test_a_later_version_with_the_same_word_does_not_ask_again_and_a_new_word_does(teller_of_it, told):
    first = teller_of_it.get(at("send", told))
    post(teller_of_it, at("send", told), {**SENDING, **answers_for(first)}, told)
    actions.take_back(told, by=told.author, now=now())
    edit_of(told, happened=TELLING["happened"] + " Or ring MAYA  OSEI, or Priya Nair.")
    assert asked(teller_of_it.get(at("send", told))) == ["Priya Nair"]


def test_an_answer_given_twice_is_kept_once(told):
    word = look(told).asked_about[0]
    for reason in ["The first.", "The second."]:
        actions.let_stay(told, [(word, {"why": "real", "reason": reason})], by=told.author, now=now())
    assert StayingWord.objects.get().reason == "The first."


def test_the_database_keeps_no_second_answer_and_none_without_a_reason(told):
    row = {"story": told, "kind": "PERSON", "key": "k", "said_at": now()}
    StayingWord.objects.create(**row, why="not_real")
    for broken in [{**row, "why": "not_real"}, {**row, "key": "l", "why": "real"}]:
        with pytest.raises(IntegrityError), transaction.atomic():
            StayingWord.objects.create(**broken)


def test_the_answers_go_with_the_story_and_hold_no_word_of_it(told):
    words = [(word, {"why": "not_real", "reason": ""}) for word in look(told).asked_about]
    actions.let_stay(told, words, by=told.author, now=now())
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(row::text, ' ') FROM stories_stayingword AS row")
        kept = cursor.fetchone()[0]
    assert [word.text for word, _ in words if word.text in kept] == []
    assert "staying" not in str(fresh(told).latest_revision.content)
    actions.delete(told, by=told.author, now=now())
    assert StayingWord.objects.count() == 0


# --- Moderators -------------------------------------------------------------------------------------------------------


def test_nothing_is_approved_before_the_question_of_the_intruder_is_answered(desk):
    story = StoryFactory(sent=True)
    answer = desk.post(verb("approve", story), {"revision": version(story)})
    assert "Read it as somebody who wants to find out who it is, then tick the box." in page(answer)
    assert fresh(story).live is False
    desk.post(verb("approve", story), {"revision": version(story), "nobody_found": "on"})
    assert fresh(story).live


def test_a_story_with_a_word_that_nobody_has_let_stay_is_not_approved_among_many(desk):
    story = StoryFactory(sent=True, **TELLING)
    address = reverse("wagtail_bulk_action", args=["stories", "story", "approve"]) + f"?id={story.pk}"
    told = "Somebody could be recognised by a word in it: open it to decide."
    assert told in page(desk.get(address))
    post_to = f"{address}&next={reverse('stories_staff:queue')}"
    assert told in page(desk.post(post_to, {"revision": version(story)}, follow=True))
    assert fresh(story).live is False


def test_what_a_moderator_approved_is_not_asked_about_and_nothing_waits_for_it(moderator):
    story = StoryFactory(sent=True, **TELLING)
    actions.approve(story, by=moderator, now=now())
    edit_of(story, noticed="Another morning.")
    newest = fresh(story).get_latest_revision_as_object()
    assert look(newest).asked_about == []
    assert WAITS not in reasons_to_wait(newest)
    send_edit(story, noticed="Then Priya Nair rang.")
    assert WAITS in reasons_to_wait(fresh(story).get_latest_revision_as_object())


def test_an_answer_for_a_word_that_was_taken_out_before_a_moderator_saw_it_approves_nothing(told, moderator):
    words = [(word, {"why": "not_real", "reason": ""}) for word in look(told).asked_about]
    actions.let_stay(told, words, by=told.author, now=now())
    edit_of(told, tried="I rang.", happened="They came.", advice="")
    actions.send(told, by=told.author, now=now())
    actions.approve(told, by=moderator, now=now())
    assert not told.staying_words.exclude(approved_at=None).exists()
    edit_of(told, tried=TELLING["tried"])
    assert WAITS in reasons_to_wait(fresh(told).get_latest_revision_as_object())


def test_a_trusted_tellers_story_waits_for_an_open_word_and_goes_first_without(client):
    teller = MemberFactory()
    for _ in range(3):
        StoryFactory(live=True, author=teller)
    open_word, plain = StoryFactory(author=teller, advice="Ask for Mrs Nair."), StoryFactory(author=teller)
    for story in (open_word, plain):
        actions.send(answered_for(story), by=teller, now=now(), publish_first=True)
    assert [fresh(open_word).live, fresh(plain).live] == [False, True]


# --- Budgets and silence ----------------------------------------------------------------------------------------------


def test_the_send_page_takes_the_same_queries_with_one_word_and_with_many(client):
    counted = []
    for said in ["Ring 07700 900123.", " ".join(f"Ring 07700 900{number}." for number in range(200, 260))]:
        story = StoryFactory(tried=said)
        client.force_login(story.author)
        client.get(at("send", story))
        with CaptureQueriesContext(connection) as queries:
            client.get(at("send", story))
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_the_words_are_looked_at_once_a_request(client, told, monkeypatch):
    seen = []

    def counting(said):
        seen.append(said)
        return checking.check(said)

    monkeypatch.setattr(telling, "check", counting)
    client.force_login(told.author)
    response = client.get(at("send", told))
    assert len(seen) == 1
    seen.clear()
    post(client, at("send", told), {**SENDING, **answers_for(response), "title": told.title}, told)
    assert fresh(told).is_in_moderation
    assert len(seen) == 1


def test_no_found_word_is_logged(client, told, desk, caplog):
    caplog.set_level(logging.DEBUG)
    client.force_login(told.author)
    response = client.get(at("send", told))
    post(client, at("send", told), SENDING, told)
    post(client, at("send", told), {**SENDING, **answers_for(response, "real", "Quillfeather said so.")}, told)
    said = " ".join(record.getMessage() for record in caplog.records if record.name != "django.db.backends")
    assert [word for word in ["Maya", "900123", "943 476", "Acacia", "Quillfeather"] if word in said] == []


# --- Sending asks by itself, and an answer can be taken back ----------------------------------------------------------


def test_no_way_of_sending_passes_a_word_that_nobody_answered_for(told):
    with pytest.raises(actions.NotReady) as refused:
        actions.send(told, by=told.author, now=now())
    assert (refused.value.missing, fresh(told).is_in_moderation) == (["words"], False)
    said = [(word, {"why": "not_real", "reason": ""}) for word in look(told).asked_about]
    actions.let_stay(told, said, by=told.author, now=now())
    assert actions.send(fresh(told), by=told.author, now=now()).is_in_moderation


def test_an_answer_can_be_taken_back_and_is_asked_for_again(told, teller_of_it):
    said = [(word, {"why": "not_real", "reason": ""}) for word in look(told).asked_about]
    actions.let_stay(told, said, by=told.author, now=now())
    asks = at("take_answer_back", told)
    assert asks in page(teller_of_it.get(at("check", told)))
    assert teller_of_it.post(asks, {"word": "\0"}).status_code == 302
    back = look(fresh(told)).answered[0]
    answer = teller_of_it.post(asks, {"word": back.key}, follow=True)
    assert "Your answer is taken back." in page(answer)
    assert [word.key for word in look(fresh(told)).asked_about] == [back.key]
    # Not under the eyes of a moderator, and what a moderator read is theirs.
    actions.let_stay(fresh(told), [(back, {"why": "not_real", "reason": ""})], by=told.author, now=now())
    actions.send(fresh(told), by=told.author, now=now())
    assert "Take the story back to change it." in page(teller_of_it.post(asks, {"word": back.key}, follow=True))
    assert look(fresh(told)).asked_about == []
    assert asks not in page(teller_of_it.get(at("check", told)))
