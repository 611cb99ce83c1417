"""Staff type a story for somebody: nobody's until its teller takes it, then theirs alone; gone without an answer."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from members.models import Notice
from members.tests.factories import EditorFactory, MemberFactory, ModeratorFactory, sign_in_staff
from stories import actions
from stories.models import Asking, Edit, Story
from stories.tasks import clear_askings
from stories.tests.desk import page, review
from stories.tests.factories import StoryFactory, edit_of
from stories.tests.pages import at, fresh, text

pytestmark = pytest.mark.django_db
PAGE = reverse("stories_staff:tell_for")
TYPED = {"title": "Titlecanary", "noticed": "Noticedcanary", "email": "teller@example.org"}


def now():
    return timezone.now()


@pytest.fixture
def typed(desk):
    key = desk.get(PAGE).context["form"]["form_key"].value()
    desk.post(PAGE, {**TYPED, "form_key": key})
    return Asking.objects.select_related("story").get()


def link(asking):
    return reverse("stories:invited", args=[asking.token])


def test_it_is_nobodys_and_only_who_typed_it_sees_that_it_waits(typed, desk, moderator):
    assert (typed.story.author, typed.asked_by) == (None, moderator)
    assert Edit.objects.get().member == moderator
    assert "Titlecanary" in page(desk.get(PAGE))
    assert not Story.objects.visible_to(moderator).exists()
    other = sign_in_staff(desk, ModeratorFactory())
    assert "Titlecanary" not in page(other.get(PAGE))


def test_the_mail_names_nobody_and_nothing(typed, moderator):
    notice = Notice.objects.get(kind="stories.invitation")
    assert notice.to == "teller@example.org"
    for secret in ("canary", moderator.first_name, moderator.last_name):
        assert secret not in notice.subject + notice.text + notice.html


def test_the_link_shows_nothing_before_a_yes(typed, client):
    client.logout()
    assert "canary" not in text(client.get(link(typed)))
    client.force_login(MemberFactory())
    assert "canary" not in text(client.get(link(typed)))


def test_its_teller_takes_it_over_and_nobody_else_sees_it(typed, client, moderator):
    teller = MemberFactory()
    client.force_login(teller)
    assert "Somebody of the programme team has written down what you told them." in text(client.get(link(typed)))
    assert client.post(link(typed)).url == at("draft", typed.story)
    assert "Noticedcanary" in text(client.get(at("preview", typed.story)))
    assert fresh(typed.story).author == teller
    staff = sign_in_staff(client, moderator)
    assert "canary" not in page(staff.get(PAGE))
    assert staff.get(at("draft", typed.story)).status_code == 404
    assert staff.get(review(typed.story)).status_code == 404


@pytest.fixture
def taken(typed):
    teller = MemberFactory()
    actions.accept(typed, by=teller, now=now())
    story = Story.objects.get(pk=typed.story_id)
    ready = StoryFactory()
    answers = {name: getattr(ready, name) for name in Story.NEEDED_TO_SEND if name != "title"}
    edit_of(story, **answers, shift_behaviour="They ring.", boundaries=["housing", "police"])
    return fresh(story)


def test_it_goes_live_after_its_tellers_yes_and_another_moderators(taken, moderator):
    actions.send(taken, by=taken.author, now=now())
    with pytest.raises(actions.CannotDecide, match="your own story"):
        actions.approve(taken, by=moderator, now=now())
    assert actions.approve(taken, by=ModeratorFactory(), now=now()).live


def test_who_typed_it_reads_it_while_it_waits_and_cannot_decide(taken, desk):
    actions.send(taken, by=taken.author, now=now())
    told = page(desk.get(review(taken)))
    assert "Noticedcanary" not in told or reverse("stories_staff:approve", args=[taken.slug]) not in told


def test_it_never_goes_live_first_even_where_its_teller_is_trusted(taken, settings):
    settings.TRUSTED_AFTER = 1
    StoryFactory(live=True, author=taken.author)
    assert actions.send(taken, by=taken.author, now=now()).is_in_moderation


def test_who_typed_it_cannot_take_it(typed, desk):
    assert desk.get(link(typed)).status_code == 404
    assert desk.post(link(typed)).status_code == 404
    assert fresh(typed.story).author is None


@pytest.mark.parametrize("days", [29, 30])
def test_without_an_answer_it_is_deleted_after_thirty_days(typed, client, days):
    Asking.objects.update(created_at=now() - timedelta(days=days, minutes=1))
    clear_askings()
    assert Story.objects.exists() == (days < 30)
    client.force_login(MemberFactory())
    assert client.get(link(typed)).status_code == (200 if days < 30 else 404)


def test_what_was_taken_stays(taken):
    Asking.objects.update(created_at=now() - timedelta(days=400))
    actions.clear_askings(now=now())
    assert fresh(taken).author


def test_who_typed_it_can_drop_it_until_it_is_taken(typed, desk):
    address = reverse("stories_staff:drop_told_for", args=[typed.story.slug])
    sign_in_staff(desk, ModeratorFactory())
    assert desk.post(address).status_code == 404
    sign_in_staff(desk, typed.asked_by)
    assert desk.post(address).url == PAGE
    assert not Story.objects.exists()


def test_what_was_taken_cannot_be_dropped(taken, typed, desk):
    assert desk.post(reverse("stories_staff:drop_told_for", args=[taken.slug])).status_code == 404
    actions.drop_told_for(typed, by=typed.asked_by, now=now())
    assert Story.objects.filter(pk=taken.pk).exists()


def test_the_same_form_twice_begins_one(desk):
    key = desk.get(PAGE).context["form"]["form_key"].value()
    for _ in range(2):
        desk.post(PAGE, {**TYPED, "form_key": key})
    assert Story.objects.count() == 1


@pytest.mark.parametrize(
    ("answers", "field", "sentence"),
    [
        ({"email": ""}, "email", "Enter the teller’s e-mail address"),
        ({"title": ""}, "title", "Enter a line that the teller will recognise"),
        ({"noticed": " "}, "noticed", "Enter what they noticed"),
        ({"noticed": "a\x00"}, "noticed", "Take out the sign that cannot be shown."),
        ({"tried": "x" * 60_000}, "tried", "Keep this to 10000 characters or fewer."),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(desk, answers, field, sentence):
    response = desk.post(PAGE, {**TYPED, **answers})
    [error] = response.context["form"].errors[field]
    assert error.startswith(sentence)
    assert "teller@example.org" in page(response) or field == "email"
    assert not Story.objects.exists()


def test_the_page_is_for_moderators_only(client):
    sign_in_staff(client, EditorFactory())
    assert client.get(PAGE).status_code == 404


# --- Askings that end -------------------------------------------------------------------------------------------------


def test_the_address_of_an_old_invitation_is_deleted(story):
    actions.invite(story, email="ash@example.org", what="write", by=story.author, now=now())
    Asking.objects.update(created_at=now() - timedelta(days=15))
    actions.clear_askings(now=now())
    assert not Asking.objects.exists()


def test_no_silence_stands_for_the_yes_of_whoever_was_asked_for_it(story):
    asking = actions.invite(story, email="jo@example.org", what="lived", by=story.author, now=now())
    Asking.objects.update(created_at=now() - timedelta(days=15))
    actions.clear_askings(now=now())
    assert "their_word" in fresh(story).missing_to_send()
    actions.take_invitation_back(asking, by=story.author, now=now())
    assert "their_word" not in fresh(story).missing_to_send()
