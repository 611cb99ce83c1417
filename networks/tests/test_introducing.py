"""From asking to a conversation: who asks, who answers, what each of them is told."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members import actions as accounts
from members.models import Block, Connection, Notice
from members.tests.factories import (
    AdminFactory,
    EditorFactory,
    ListedMemberFactory,
    MemberFactory,
    ModeratorFactory,
    UserFactory,
    send_mail,
    sign_in_staff,
)
from networks import reminding
from networks.actions import introductions as actions
from networks.counting import how_introductions_went
from networks.models import Introduction, Side, WentCount
from networks.models.introduction import AGAIN_AFTER, LASTS, SIX_WEEKS
from networks.tests.conftest import ask_address, text_of
from practices.models import Place, Role

pytestmark = pytest.mark.django_db

STAFF = {"moderator": ModeratorFactory, "editor": EditorFactory, "admin": AdminFactory}
REASON = "We keep sending each other the same family, and I would like to know how it looks from your side."


def test_from_asking_to_a_message(client, asha, ben, mailbox):
    client.force_login(ben)
    client.post(ask_address(asha), {"reason": REASON})
    one = Introduction.objects.get()
    mine = text_of(client.get(reverse("introductions:list")))
    assert "They may answer until" in mine
    assert "Asha" in mine
    send_mail()
    (mail,) = mailbox.to("asha@example.org")
    for private in ("Ben", "Housing officer", "the same"):
        assert private not in mail.as_string()

    client.force_login(asha)
    page = text_of(client.get(one.get_absolute_url()))
    assert "Housing officer, North West" in page
    assert "the same family" in page
    for private in ("Ben", "Salford"):
        assert private not in page
    answered = client.post(one.get_absolute_url(), {"answer": "yes"})
    assert Connection.objects.between(asha, ben).exists()
    assert "Ben" in text_of(client.get(answered.url))
    client.post(answered.url, {"text": "Hello Ben.", "form_key": "one"})
    client.post(answered.url, {"text": "Hello Ben.", "form_key": "one"})
    send_mail()
    subjects = [mail["Subject"] for mail in mailbox.to("ben@example.org")]
    assert subjects == ["You have been introduced", "You have a message"]

    client.force_login(ben)
    assert "Something new" in text_of(client.get(reverse("conversations:list")))
    page = text_of(client.get(answered.url))
    assert page.count("Hello Ben.") == 1
    assert "Something new" not in text_of(client.get(reverse("conversations:list")))


NOW = timezone.now()
DAY = timedelta(days=1)


def asked(by, member, *, now=NOW):
    return actions.ask(member, reason=REASON, by=by, now=now)


def seen_by_asker(client, asker, one):
    """Every page on which the asker reads of it, without what differs from one request to the next."""
    client.force_login(asker)
    pages = [one.get_absolute_url(), reverse("introductions:list"), reverse("members:home")]
    return [(answer.status_code, without_tokens(answer)) for answer in map(client.get, pages)]


def without_tokens(answer):
    return re.sub(r'value="[^"]{30,}"', "", text_of(answer))


@pytest.mark.long
def test_not_now_a_block_silence_and_departure_look_the_same_to_the_asker_until_the_end(client, ben, mailbox):
    """Byte for byte, and the mail at the end is the same as well."""
    pages, mails = {}, {}
    for answer in ("silence", "no", "block", "suspended", "reported"):
        Introduction.objects.all().delete()
        Notice.objects.all().delete()
        mailbox.messages.clear()
        other = ListedMemberFactory(first_name="Cleo")
        one = asked(ben, other, now=timezone.now())
        Introduction.objects.filter(pk=one.pk).update(key="same")
        one.refresh_from_db()
        send_mail()
        if answer in ("no", "block"):
            theirs = Client()
            theirs.force_login(other)
            theirs.post(one.get_absolute_url(), {"answer": answer})
        elif answer == "suspended":
            other.suspend(now=NOW)
        elif answer == "reported":
            one.uphold(by=None, now=NOW, reason="")
        pages[answer] = [seen_by_asker(client, ben, one)]
        Introduction.objects.update(asked_at=NOW - LASTS - DAY, answer_until=NOW - DAY)
        reminding.end(now=timezone.now())
        reminding.end(now=timezone.now())
        pages[answer].append(seen_by_asker(client, ben, one))
        mailbox.messages.clear()
        send_mail()
        mails[answer] = [mail.get_body(("plain",)).get_content() for mail in mailbox.to("ben@example.org")]
    for answer in pages:
        assert pages[answer] == pages["silence"]
        assert mails[answer] == mails["silence"]
    assert len(mails["silence"]) == 1
    assert "They may answer until" in pages["silence"][0][0][1]
    assert "Silence is an answer too" in pages["silence"][1][0][1]


STATES = ("asked", "no", "blocked by asker", "blocked by asked", "met", "met, then blocked", "taken back", "suspended")
SEES = {  # who finds the page of the introduction, besides the asker
    "asked": {"asked"},
    "no": {"asked"},
    "blocked by asker": set(),
    "blocked by asked": set(),
    "met": {"asked"},
    "met, then blocked": set(),
    "taken back": set(),
    "suspended": set(),
}


@pytest.mark.parametrize("state", STATES)
def test_who_sees_an_introduction_in_each_of_its_states(client, asha, ben, state):
    one = asked(ben, asha)
    if state.startswith("met"):
        actions.say_yes(one, by=asha, now=NOW)
    if state == "no":
        actions.say_not_now(one, by=asha, now=NOW)
    if state == "taken back":
        actions.take_back(one, by=ben, now=NOW)
    if state == "suspended":
        ben.suspend(now=NOW)
    if "blocked" in state:
        blocker, other = (ben, asha) if state == "blocked by asker" else (asha, ben)
        accounts.block(other, known_as="Somebody", by=blocker, now=NOW)
    actors = {
        "asker": ben,
        "asked": asha,
        "member": ListedMemberFactory(),
        "moderator": ModeratorFactory(),
        "admin": AdminFactory(),
        "waiting": UserFactory(),
    }
    found = set()
    for name, actor in actors.items():
        client.force_login(actor)
        answer = client.get(one.get_absolute_url())
        if answer.status_code == 200:
            found.add(name)
            shown = text_of(answer)
            assert ("Ben" in shown and name == "asked") == (name == "asked" and state == "met")
            assert "Salford" not in shown
    asker = set() if state in ("suspended", "met, then blocked") else {"asker"}
    assert found == SEES[state] | asker


def test_nobody_asks_themselves_and_hidden_blocked_and_missing_people_are_missing_alike(client, asha, ben):
    client.force_login(ben)
    assert "This is you" in text_of(client.get(ask_address(ben)))
    assert "This is you" in text_of(client.post(ask_address(ben), {"reason": REASON}))
    blocker, hidden = ListedMemberFactory(), MemberFactory()
    accounts.block(ben, known_as="Ben", by=blocker, now=NOW)
    nobody = client.get("/introductions/ask/nobody/").content
    for member in (blocker, hidden, ListedMemberFactory(suspended_at=NOW)):
        for answer in (client.get(ask_address(member)), client.post(ask_address(member), {"reason": REASON})):
            assert (answer.status_code, answer.content) == (404, nobody)
    assert not Introduction.objects.exists()


def test_three_are_open_at_a_time_whatever_was_answered_and_nobody_is_asked_twice_in_ninety_days(client, asha, ben):
    client.force_login(ben)
    one = asked(ben, asha, now=timezone.now())
    actions.say_not_now(one, by=asha, now=timezone.now())
    assert "You have asked already" in text_of(client.post(ask_address(asha), {"reason": REASON}))
    second = asked(ben, ListedMemberFactory(), now=timezone.now())
    actions.take_back(second, by=ben, now=timezone.now())
    asked(ben, ListedMemberFactory(), now=timezone.now())
    fourth = ListedMemberFactory()
    assert "You have 3 open" in text_of(client.post(ask_address(fourth), {"reason": REASON}))
    with pytest.raises(actions.TooManyOpen):
        asked(ben, fourth, now=timezone.now())
    later = timezone.now() + LASTS + timedelta(hours=1)
    with pytest.raises(actions.AskedBefore):
        asked(ben, asha, now=later + AGAIN_AFTER - 2 * DAY)
    assert asked(ben, asha, now=later + AGAIN_AFTER)
    assert reminding.clear(now=later + AGAIN_AFTER) > 0


def test_an_answer_after_the_day_or_twice_or_by_somebody_else_changes_nothing(client, asha, ben):
    one = asked(ben, asha, now=NOW - LASTS - DAY)
    client.force_login(asha)
    for said in ("yes", "no", "block", "nonsense"):
        client.post(one.get_absolute_url(), {"answer": said})
    assert not Connection.objects.exists()
    assert not Block.objects.exists()
    assert set(Side.objects.values_list("member__first_name", "answer")) == {("Ben", "yes"), ("Asha", "none")}
    two = asked(ben, ListedMemberFactory(first_name="Cleo"))
    with pytest.raises(actions.TooLate):
        actions.say_yes(two, by=ben, now=NOW)
    with pytest.raises(actions.TooLate):
        actions.say_yes(two, by=asha, now=NOW)


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("", "Enter why you would like to meet"),
        ("a" * 60_000, "Keep this to 2000 characters or fewer"),
        ("Ring me on 07700 900123.", "Take these words out, or say why they can stay"),
        ("nul\0sign", "Take out the sign that cannot be shown"),
    ],
)
def test_a_reason_that_cannot_go_is_kept_and_says_why(client, asha, ben, reason, sentence):
    client.force_login(ben)
    page = client.post(ask_address(asha), {"reason": reason}).content.decode()
    assert sentence in page
    assert reason[:20].partition("\0")[0] in page
    assert not Introduction.objects.exists()


def test_emoji_right_to_left_and_words_that_may_stay_arrive_as_they_were_typed(client, asha, ben):
    reason = "\u0645\u0631\u062d\u0628\u0627 \U0001f469\u200d\U0001f9bd \u202e<b>Ring 07700 900123</b>"
    client.force_login(ben)
    client.post(ask_address(asha), {"reason": reason, "may_stay": "It is the number of our front desk."})
    one = Introduction.objects.get()
    assert (one.reason, one.may_stay) == (reason, "It is the number of our front desk.")
    client.force_login(asha)
    page = client.get(one.get_absolute_url()).content.decode()
    assert "<b>Ring" not in page
    assert "front desk" not in page


def test_of_several_with_one_name_it_is_said_who_is_who(client, asha):
    first, second = Role.objects.all()[:2]
    for role, slug in {first: "salford", second: "leeds"}.items():
        fields = {"profile__place": Place.objects.get(slug=slug), "profile__role": role}
        ListedMemberFactory(first_name="Robin", last_name="Wren", **fields)
    client.force_login(ListedMemberFactory(first_name="Cleo"))
    found = client.get(reverse("introductions:bring_together", args=[asha.profile.public_id]) + "?name=robin").text
    lines = re.findall(r'<p class="meta"><span>(.+?)&nbsp;·</span> <span>(.+?)</span></p>', found)
    assert set(lines) == {(first.name, "Salford"), (second.name, "Leeds")}


def test_somebody_brings_two_together_and_learns_nothing_of_what_they_answer(client, asha, ben, mailbox):
    cleo = ListedMemberFactory(first_name="Cleo", email="cleo@example.org")
    client.force_login(cleo)
    found = text_of(client.get(reverse("introductions:bring_together", args=[asha.profile.public_id]) + "?name=be"))
    address = reverse("introductions:bring_these_together", args=[asha.profile.public_id, ben.profile.public_id])
    assert address in found
    client.post(address, {"reason": "You both meet the same family."})
    one = Introduction.objects.get()
    client.get(one.get_absolute_url())
    before = text_of(client.get(one.get_absolute_url()))
    client.force_login(asha)
    page = text_of(client.get(one.get_absolute_url()))
    assert "Cleo thinks that you two should meet" in page
    assert "Housing officer, North West" in page
    assert "Ben" not in page
    client.post(one.get_absolute_url(), {"answer": "yes"})
    assert not Connection.objects.exists()
    page = text_of(client.get(one.get_absolute_url()))
    assert "You said yes" in page
    assert "Ben" not in page
    client.force_login(ben)
    assert "Asha" not in text_of(client.get(one.get_absolute_url()))
    answered = client.post(one.get_absolute_url(), {"answer": "yes"})
    assert Connection.objects.between(asha, ben).exists()
    client.force_login(cleo)
    client.get("/introductions/")
    assert without_tokens(client.get(one.get_absolute_url())) == re.sub(r'value="[^"]{30,}"', "", before)
    assert client.get(answered.url).status_code == 404


def test_two_who_blocked_or_know_each_other_or_were_asked_lately_are_not_asked_and_the_one_who_asks_is_not_told(
    asha, ben, mailbox
):
    cleo, dan = ListedMemberFactory(), ListedMemberFactory()
    accounts.block(ben, known_as="Ben", by=asha, now=NOW)
    one = actions.introduce(asha, ben, reason=REASON, by=cleo, now=NOW)
    Connection.objects.connect(asha, dan, now=NOW)
    two = actions.introduce(asha, dan, reason=REASON, by=cleo, now=NOW)
    asked(ben, dan)
    three = actions.introduce(ben, dan, reason=REASON, by=cleo, now=NOW)
    for introduction, member in [(one, asha), (one, ben), (two, asha), (two, dan), (three, ben), (three, dan)]:
        assert not Introduction.objects.visible_to(member).filter(pk=introduction.pk).exists()
    assert Notice.objects.filter(kind="networks.introduction_waits").count() == 1
    assert Introduction.objects.visible_to(cleo).count() == 3


def test_one_of_two_who_closes_the_account_leaves_nothing_to_answer_to_the_other(client, asha, ben, mailbox):
    cleo = ListedMemberFactory(first_name="Cleo")
    one = actions.introduce(asha, ben, reason=REASON, by=cleo, now=timezone.now())
    said_yes = actions.introduce(asha, dan := ListedMemberFactory(), reason=REASON, by=cleo, now=timezone.now())
    actions.say_yes(said_yes, by=asha, now=timezone.now())
    taken_back = actions.introduce(asha, ListedMemberFactory(), reason=REASON, by=cleo, now=timezone.now())
    actions.take_back(taken_back, by=cleo, now=timezone.now())
    client.force_login(asha)
    for leaver in (ben, dan):
        accounts.close(leaver, kept=[], now=timezone.now())
    send_mail()
    mailbox.messages.clear()
    silent = client.get(taken_back.get_absolute_url())
    for left in (one, said_yes):
        for answer in ("yes", "no", "block"):
            told = client.post(left.get_absolute_url(), {"answer": answer})
            assert (told.status_code, told.content) == (404, silent.content)
        with pytest.raises(actions.TooLate):
            actions.say_yes(left, by=asha, now=timezone.now())
    assert "No introductions yet" in text_of(client.get(reverse("introductions:list")))
    assert not Connection.objects.exists()
    client.force_login(cleo)
    assert "They may answer until" in text_of(client.get(one.get_absolute_url()))
    send_mail()
    assert mailbox.messages == []


def test_a_mail_that_waits_while_a_block_or_a_suspension_comes_is_not_sent(asha, ben, mailbox):
    asked(ben, asha)
    accounts.block(ben, known_as="Ben", by=asha, now=NOW)
    other = ListedMemberFactory(email="other@example.org")
    asked(ben, other)
    other.suspend(now=NOW)
    send_mail()
    assert mailbox.messages == []


def test_six_weeks_later_each_is_asked_once_and_their_tap_is_a_number(client, asha, ben, mailbox):
    one = actions.say_yes(asked(ben, asha, now=NOW - SIX_WEEKS - DAY), by=asha, now=NOW - SIX_WEEKS - DAY)
    for _ in range(2):
        reminding.ask_how_it_went(now=NOW)
    send_mail()
    told = [mail["To"] for mail in mailbox.messages if mail["Subject"] == "How did it go?"]
    assert sorted(told) == ["asha@example.org", "ben@example.org"]
    address = reverse("introductions:how_it_went", args=[one.key])
    client.force_login(asha)
    assert "We tried something" in text_of(client.get(one.get_absolute_url()))
    for answer in ("tried", "tried", "talked", "nonsense"):
        client.post(address, {"answer": answer})
    assert list(WentCount.objects.values_list("answer", "number")) == [("tried", 1)]
    assert "We tried something" not in text_of(client.get(one.get_absolute_url()))
    assert dict(how_introductions_went())["We tried something"] is None
    staff = {who: sign_in_staff(Client(), factory()) for who, factory in STAFF.items()}
    page = reverse("introductions_staff:went")
    for number, told in ((4, "Fewer than 5"), (5, "5 or more"), (9, "5 or more"), (12, "10 or more")):
        WentCount.objects.update(number=number)
        shown = [text_of(one.get(page)) for one in staff.values()]
        assert all(f"<dt>We tried something</dt><dd>{told}</dd>" in one for one in shown)
        assert not [name for name in ("Asha", "Ben") for one in shown if re.search(rf"\b{name}\b", one)]
    assert page in text_of(staff["moderator"].get("/admin/"))
    assert client.get(page).status_code == 403


def test_home_says_that_one_waits_and_not_who(client, asha, ben):
    client.force_login(asha)
    pages = [reverse("members:home"), "/"]
    assert all("An introduction waits" not in text_of(client.get(page)) for page in pages)
    asked(ben, asha)
    for page in pages:
        shown = text_of(client.get(page))
        assert "An introduction waits for your answer" in shown
        assert "Ben" not in shown


@pytest.mark.long
@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries(client, asha, django_assert_num_queries, count):
    for _ in range(count):
        asked(ListedMemberFactory(), asha)
        asked(asha, ListedMemberFactory())
        asked(ListedMemberFactory(), asha, now=NOW - LASTS - DAY)
    client.force_login(asha)
    with django_assert_num_queries(8):
        page = text_of(client.get(reverse("introductions:list")))
    assert page.count('<article class="added">') == 3 * count


def test_the_past_goes_on_behind_a_cursor(client, asha):
    for number in range(23):
        asked(ListedMemberFactory(), asha, now=NOW - LASTS - DAY - number * DAY)
    client.force_login(asha)
    first = client.get(reverse("introductions:list"))
    assert text_of(first).count('<article class="added">') == 20
    older = re.search(r'href="(\?after=[^"]+)"', first.content.decode())[1]
    assert text_of(client.get(reverse("introductions:list") + older)).count('<article class="added">') == 3
    assert client.get(reverse("introductions:list") + "?after=nonsense").status_code == 404


def test_words_typed_when_the_session_had_ended_are_in_the_box_after_signing_in(client, asha, ben):
    answer = client.post(ask_address(asha), {"reason": "What I typed for an hour."})
    assert answer.url.startswith(reverse("account_login"))
    client.force_login(ben)
    assert "What I typed for an hour." in text_of(client.get(ask_address(asha)))
    client.post(ask_address(asha), {"reason": "What I typed for an hour."})
    assert "typed" not in client.session or not client.session["typed"]
    client.logout()
    long = client.post(ask_address(asha), {"reason": "\u00e9" * 60_000})
    assert "Copy your words from below" in text_of(long)
