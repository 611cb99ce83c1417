"""Concerns about a story: raised by anybody, hiding what is sensitive, read and decided by a moderator."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from members.models import Concern, Notice
from members.tests.factories import EditorFactory, MemberFactory, ModeratorFactory, sign_in_staff
from stories import actions
from stories.models import Story
from stories.tests.desk import page as shown
from stories.tests.factories import StoryFactory
from stories.tests.pages import at, fresh, text

pytestmark = pytest.mark.django_db
PUBLIC = {"live": True, "audience": "public"}
SENSITIVE = {**PUBLIC, "boundaries": ["domestic-abuse", "housing"]}
SAID = {"kind": "about_me", "text": "That is my kitchen. Concerncanary."}


def raised(story, *, sender="one", now=None, **said):
    now = now or timezone.now()
    key = f"key {Concern.objects.count()}"
    return actions.raise_concern(story, **{**SAID, "contact": "", "key": key, **said}, sender=sender, now=now)


def kinds():
    return list(Notice.objects.order_by("pk").values_list("kind", flat=True))


def form(client, story):
    key = client.get(at("concern", story)).context["form"]["form_key"].value()
    return {**SAID, "form_key": key}


# --- Raising one ------------------------------------------------------------------------------------------------------


def test_anybody_raises_a_concern_from_the_story_without_an_account(client):
    story = StoryFactory(**PUBLIC)
    assert at("concern", story) in text(client.get(story.get_absolute_url()))
    asked = text(client.get(at("concern", story)))
    assert "not watched round the clock" in asked
    assert "999" in asked
    answer = client.post(at("concern", story), {**form(client, story), "contact": "me@example.org"})
    assert "The moderators have it" in text(answer)
    concern = Concern.objects.get()
    assert (concern.target, concern.kind, concern.text) == (story, "about_me", SAID["text"])
    assert concern.contact == "me@example.org"
    assert "127.0.0.1" not in concern.sender
    assert fresh(story).hidden_at is None


def test_a_concern_knows_no_account(client):
    story, member = StoryFactory(live=True), MemberFactory()
    client.force_login(member)
    client.post(at("concern", story), form(client, story))
    people = [field.name for field in Concern._meta.get_fields() if field.related_model is type(member)]
    assert (people, Concern.objects.get().decided_by) == (["decided_by"], None)


def test_the_same_form_sent_twice_is_one_concern(client):
    story = StoryFactory(**PUBLIC)
    answers = form(client, story)
    for _ in range(2):
        assert client.post(at("concern", story), answers).status_code == 200
    assert Concern.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"text": ""}, "Enter what we should know"),
        ({"text": "a" * 60_000}, "Keep this to 4000 characters or fewer"),
        ({"text": "a\x00b"}, "Take out the sign that cannot be shown"),
        ({"kind": ""}, "Choose what it is about"),
        ({"kind": "nonsense"}, "Choose one of the answers shown"),
        ({"contact": "nobody"}, "Enter an e-mail address"),
        ({"contact": "a\x00@example.org"}, "Enter an e-mail address"),
        ({"contact": "a@example.org\nBcc: b@example.org"}, "Enter an e-mail address"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(client, wrong, told):
    story = StoryFactory(**PUBLIC)
    answer = client.post(at("concern", story), {**form(client, story), **wrong})
    assert told in text(answer)
    assert "Concerncanary" in text(answer) or "text" in wrong
    assert not Concern.objects.exists()


def test_a_network_that_raises_very_many_is_slowed_down_and_loses_no_word(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "concern": "1/h/ip"}
    cache.clear()
    story = StoryFactory(**PUBLIC)
    assert client.post(at("concern", story), form(client, story)).status_code == 200
    answer = client.post(at("concern", story), form(client, story))
    assert answer.status_code == 429
    assert "Concerncanary" in text(answer)
    assert Concern.objects.count() == 1


@pytest.mark.parametrize("traits", [{"sent": True}, {"hidden": True}, {"withdrawn": True}, {"live": True}])
def test_nobody_raises_a_concern_about_what_they_cannot_read(client, traits):
    story = StoryFactory(**traits)
    assert client.get(at("concern", story)).status_code == 404
    assert client.post(at("concern", story), SAID).status_code == 404


# --- What happens to the story meanwhile ------------------------------------------------------------------------------


def test_a_sensitive_story_is_gone_for_everybody_until_a_moderator_has_read(client):
    story = StoryFactory(**SENSITIVE)
    client.post(at("concern", story), form(client, story))
    assert client.get(story.get_absolute_url()).status_code == 404
    assert not Story.objects.published().exists()
    assert fresh(story).is_held


def test_its_author_sees_why_and_cannot_show_it_past_the_moderators(client):
    story = StoryFactory(**SENSITIVE)
    raised(story)
    client.force_login(story.author)
    draft = text(client.get(at("draft", story)))
    assert "hidden until a moderator has read it" in draft
    assert "Show it again" not in draft
    client.post(at("show", story))
    assert not Story.objects.published().exists()


def test_it_hides_once_and_not_again_for_the_same_sender():
    story, moderator = StoryFactory(**SENSITIVE), ModeratorFactory()
    raised(story)
    assert raised(story, sender="two").hid_at is None
    actions.release_story(story, by=moderator, now=timezone.now(), reason="Nobody can be recognised.")
    assert fresh(story).hidden_at is None
    assert raised(story).hid_at is None
    assert fresh(story).hidden_at is None


def test_it_hides_no_more_once_a_moderator_has_shown_it_again_twice():
    story, moderator, now = StoryFactory(**SENSITIVE), ModeratorFactory(), timezone.now()
    for sender in ["one", "two"]:
        assert raised(story, sender=sender).hid_at
        actions.release_story(story, by=moderator, now=now, reason="No.")
    assert raised(story, sender="three").hid_at is None
    assert raised(story, sender="four", now=now + timedelta(days=31)).hid_at


def test_a_story_that_its_author_hid_stays_theirs_to_show():
    story = StoryFactory(**SENSITIVE)
    actions.hide(story, by=story.author, now=timezone.now())
    raised(story)
    actions.release_story(story, by=ModeratorFactory(), now=timezone.now(), reason="No.")
    assert fresh(story).hidden_at


def test_withdrawing_a_held_story_ends_the_concern_and_the_moderators_sight_of_it():
    story, moderator = StoryFactory(**SENSITIVE), ModeratorFactory()
    raised(story, contact="me@example.org")
    actions.withdraw(story, by=story.author, now=timezone.now())
    concern = Concern.objects.get()
    assert (concern.state, concern.contact, fresh(story).held_at) == ("gone", "", None)
    assert not Story.objects.visible_to(moderator).exists()


# --- Who is told ------------------------------------------------------------------------------------------------------


def test_moderators_are_told_once_and_without_a_word_of_it(settings):
    settings.SAFEGUARDING_EMAIL = "lead@example.org"
    ModeratorFactory()
    story = StoryFactory(title="Titlecanary", **PUBLIC)
    Notice.objects.all().delete()
    raised(story)
    moderators = Notice.objects.filter(kind="moderation.concern_raised").count()
    assert moderators > 0
    raised(story, sender="two")
    assert Notice.objects.filter(kind="moderation.concern_raised").count() == moderators
    raised(story, sender="three", kind="worried")
    assert Notice.objects.filter(kind="moderation.concern_raised").count() == 2 * moderators + 1
    assert Notice.objects.filter(to="lead@example.org").get().subject == "A concern waits to be read"
    for notice in Notice.objects.all():
        assert "canary" not in f"{notice.subject}{notice.text}{notice.html}".lower()


def test_the_author_is_told_the_outcome_and_never_who():
    moderator = ModeratorFactory()
    story = StoryFactory(**SENSITIVE)
    Notice.objects.all().delete()
    raised(story, contact="reporter@example.org")
    assert kinds().count("stories.story_held") == 1
    actions.release_story(story, by=moderator, now=timezone.now(), reason="Nobody can be recognised.")
    own = Notice.objects.filter(member=story.author).order_by("pk")
    assert list(own.values_list("kind", flat=True)) == ["stories.story_held", "stories.story_released"]
    for notice in own:
        assert "reporter" not in notice.text
        assert "canary" not in notice.text.lower()
    read = Notice.objects.get(to="reporter@example.org")
    assert (read.kind, story.title in read.text) == ("moderation.concern_read", False)
    assert Concern.objects.get().contact == ""


def test_of_a_worry_about_a_person_the_author_hears_only_if_the_story_is_taken_down():
    story = StoryFactory(**PUBLIC)
    Notice.objects.all().delete()
    raised(story, kind="worried")
    actions.release_story(story, by=ModeratorFactory(), now=timezone.now(), reason="Passed on.")
    assert not Notice.objects.filter(member=story.author).exists()


# --- The moderators' pages --------------------------------------------------------------------------------------------

LIST = "/admin/moderation/concerns/"


def test_a_moderator_reads_it_with_the_story_and_takes_it_down(desk):
    story = StoryFactory(title="They ring", **PUBLIC)
    assert "No concern waits to be read" in shown(desk.get(LIST))
    raised(story)
    assert "They ring" in shown(desk.get(LIST))
    address = reverse("stories_staff:concern", args=[story.slug])
    read = desk.get(address)
    assert "Concerncanary" in shown(read)
    assert desk.get(read.context["preview_url"]).status_code == 200
    assert "Write why." in shown(desk.post(address, {"decision": "uphold"}))
    desk.post(address, {"decision": "uphold", "reason": "Someone could be recognised."})
    assert not fresh(story).live
    concern = Concern.objects.get()
    assert (concern.state, concern.reason) == ("upheld", "Someone could be recognised.")
    assert desk.get(address).status_code == 404
    assert "No concern waits to be read" in shown(desk.get(LIST))


def test_a_moderator_leaves_it_as_it_is_and_it_is_shown_again(desk):
    story = StoryFactory(**SENSITIVE)
    raised(story)
    address = reverse("stories_staff:concern", args=[story.slug])
    assert "Hidden until you decide" in shown(desk.get(address))
    desk.post(address, {"decision": "release", "reason": "Nobody can be recognised."})
    assert Story.objects.published().get() == story
    assert Concern.objects.get().state == "released"


def test_the_second_of_two_moderators_is_told_that_it_is_decided():
    story = StoryFactory(**PUBLIC)
    raised(story)
    actions.release_story(story, by=ModeratorFactory(), now=timezone.now(), reason="No.")
    with pytest.raises(actions.CannotDecide):
        actions.uphold_concerns(story, by=ModeratorFactory(), now=timezone.now(), reason="Yes.")
    assert fresh(story).live


def test_no_moderator_reads_or_decides_what_was_raised_about_their_own_story(desk, moderator):
    story = StoryFactory(author=moderator, title="Owncanary", **PUBLIC)
    raised(story)
    assert "canary" not in shown(desk.get(LIST)).lower()
    assert desk.get(reverse("stories_staff:concern", args=[story.slug])).status_code == 404
    with pytest.raises(actions.CannotDecide):
        actions.release_story(story, by=moderator, now=timezone.now(), reason="Mine.")


def test_moderators_read_a_groups_story_only_while_a_concern_about_it_is_open(desk, moderator):
    story = StoryFactory(live=True, audience="coalition", title="Groupcanary")
    address = reverse("stories_staff:review", args=[story.slug])
    assert desk.get(address).status_code == 404
    raised(story)
    assert desk.get(address).status_code == 200
    assert "Groupcanary" in shown(desk.get(LIST))
    actions.release_story(story, by=ModeratorFactory(), now=timezone.now(), reason="No.")
    assert desk.get(address).status_code == 404
    assert not Story.objects.visible_to(moderator).exists()


def test_a_draft_is_read_by_no_moderator_whatever_was_once_raised(moderator):
    story = StoryFactory()
    Concern.objects.create(target=story, **SAID, sender="x", key="y", raised_at=timezone.now())
    assert not Story.objects.visible_to(moderator).exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries(desk, django_assert_num_queries, count):
    for _ in range(count):
        raised(StoryFactory(boundaries=["police", "housing"], **PUBLIC))
    desk.get(LIST)
    with django_assert_num_queries(17):
        desk.get(LIST)


def test_other_staff_find_no_such_page(client):
    raised(StoryFactory(**PUBLIC))
    assert sign_in_staff(client, EditorFactory()).get(LIST).status_code == 404


def test_a_deleted_story_takes_its_concerns_along():
    story = StoryFactory(**PUBLIC)
    raised(story)
    story.delete()
    assert not Concern.objects.exists()
