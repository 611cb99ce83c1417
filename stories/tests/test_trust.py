"""Trusted tellers' stories go live first and are read after, never where somebody could come to harm by it."""

import pytest
from django.urls import reverse

from members.models import Notice
from members.tests.factories import EditorFactory, MemberFactory, ModeratorFactory, sign_in_staff
from stories import actions
from stories.models import PublishedFirst, Story, TrustEnd
from stories.tests.desk import QUEUE, fresh, now, page, review, verb
from stories.tests.factories import StoryFactory, edit_of
from stories.trust import is_trusted, reasons_to_wait

pytestmark = pytest.mark.django_db


@pytest.fixture
def trusted():
    teller = MemberFactory(first_name="Zephyrine", last_name="Quillfeather")
    for _ in range(3):
        StoryFactory(live=True, author=teller)
    return teller


def send_first(story):
    return actions.send(story, by=story.author, now=now(), publish_first=True)


def went_first(teller, **answers):
    story = StoryFactory(author=teller, **answers)
    send_first(story)
    return fresh(story)


def reasons(story):
    return reasons_to_wait(fresh(story).get_latest_revision_as_object())


# --- Who is trusted ---------------------------------------------------------------------------------------------------


def test_three_approved_stories_make_trust_and_two_do_not(trusted):
    other = StoryFactory(live=True).author
    StoryFactory(live=True, author=other)
    assert [is_trusted(trusted), is_trusted(other)] == [True, False]


def test_what_went_live_first_counts_once_it_has_been_read(trusted, moderator):
    actions.take_down(trusted.stories.first(), by=moderator, now=now(), reason="A name.")
    assert not is_trusted(trusted)
    story = StoryFactory(author=trusted, live=True)
    PublishedFirst.objects.create(story=story, version=story.live_revision_id, published_at=now())
    assert not is_trusted(trusted)
    actions.mark_read(story, version=story.live_revision_id, by=moderator, now=now())
    assert is_trusted(trusted)


def test_the_setting_switches_it_off(trusted, settings):
    settings.TRUSTED_AFTER = 0
    assert not is_trusted(trusted)


# --- What goes first --------------------------------------------------------------------------------------------------


def test_a_trusted_tellers_story_goes_live_and_is_to_be_read(desk, trusted):
    story = went_first(trusted, title="It went first", byline="hidden")
    assert [story.live, story.is_in_moderation, story.first_published_at is None] == [True, False, False]
    queue = page(desk.get(QUEUE))
    assert ["Published, to be read" in queue, "It went first" in queue] == [True, True]
    seen = page(desk.get(review(story)))
    assert "I have read it, it stays" in seen
    assert [word for word in ["zephyrine", "quillfeather"] if word in (queue + seen).lower()] == []
    mail = Notice.objects.get(kind="stories.story_published_first")
    assert "A moderator reads it afterwards" in mail.text


def test_a_newcomers_story_waits_whatever_the_form_says():
    story = StoryFactory()
    send_first(story)
    assert [fresh(story).live, fresh(story).is_in_moderation] == [False, True]


def test_nothing_goes_first_of_which_the_teller_was_not_told(trusted):
    story = StoryFactory(author=trusted)
    actions.send(story, by=trusted, now=now())
    assert fresh(story).is_in_moderation


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({"boundaries": ["domestic-abuse"], "place": "north-west"}, "Being recognised in one of its services"),
        ({"consent": "details_changed"}, "The person supported could not be asked."),
        ({"audience": "coalition"}, "One group only reads it"),
        ({"source_url": "https://example.org/"}, "It is retold from elsewhere."),
    ],
)
def test_a_story_waits_for_a_reason(trusted, answers, reason):
    story = StoryFactory(author=trusted, **answers)
    assert [told.startswith(reason) for told in reasons(story)] == [True]
    send_first(story)
    assert not fresh(story).live


def test_an_edit_goes_first_and_one_that_widens_waits(trusted):
    story = trusted.stories.first()
    edit_of(story, tried="Again and again")
    send_first(story)
    assert fresh(story).tried == "Again and again"
    edit_of(story, tried="Once more")
    Story.objects.filter(pk=story.pk).update(wanted_audience="public")
    send_first(story)
    assert [fresh(story).tried, fresh(story).is_in_moderation] == ["Again and again", True]


def test_a_second_edit_before_the_first_was_read_is_one_line_to_read(trusted, moderator):
    story = went_first(trusted)
    before = story.live_revision_id
    edit_of(story, tried="Again")
    send_first(story)
    assert story.published_firsts.count() == 1
    with pytest.raises(actions.CannotDecide, match="changed since"):
        actions.mark_read(story, version=before, by=moderator, now=now())


def test_a_story_that_was_doubted_before_waits(trusted, moderator):
    asked = StoryFactory(asked=True, author=trusted)
    down = StoryFactory(live=True, author=trusted)
    actions.take_down(down, by=moderator, now=now(), reason="A name.")
    for story in [asked, down]:
        assert reasons(story) == ["A moderator asked for changes or took it down before."]
        send_first(story)
        assert fresh(story).is_in_moderation


def test_a_story_that_was_withdrawn_goes_first_again(trusted):
    story = StoryFactory(author=trusted, withdrawn=True)
    send_first(story)
    assert [fresh(story).live, fresh(story).withdrawn_at] == [True, None]


def test_hiding_the_live_story_means_waiting(trusted):
    story = trusted.stories.first()
    edit_of(story, tried="Again")
    actions.send(story, by=trusted, now=now(), publish_first=True, hide=True)
    assert fresh(story).is_in_moderation


# --- Read after, and the end of trust ---------------------------------------------------------------------------------


def test_what_was_read_leaves_the_list(desk, trusted, moderator):
    story = went_first(trusted)
    desk.post(verb("mark_read", story), {"revision": story.live_revision_id})
    assert story.published_firsts.get().read_by == moderator
    assert "Published, to be read" not in page(desk.get(QUEUE))
    assert "Read, after it had gone live" in page(desk.get(review(story)))


def test_nobody_reads_their_own(moderator):
    story = StoryFactory(live=True, author=moderator)
    PublishedFirst.objects.create(story=story, version=story.live_revision_id, published_at=now())
    with pytest.raises(actions.CannotDecide, match="your own"):
        actions.mark_read(story, version=story.live_revision_id, by=moderator, now=now())


def test_a_moderator_ends_the_trust_in_a_teller_whose_name_they_do_not_see(desk, trusted):
    story = trusted.stories.filter(byline="role").first()
    seen = page(desk.post(verb("end_trust", story), follow=True))
    assert [is_trusted(trusted), "zephyrine" in seen.lower()] == [False, False]
    other = page(desk.get(review(trusted.stories.last())))
    assert ["A moderator decided that" in other, "Trust in its teller ended" in other] == [True, False]
    send_first(StoryFactory(author=trusted))
    assert not PublishedFirst.objects.exists()
    desk.post(verb("trust_again", story))
    assert is_trusted(trusted)


def test_nobody_ends_or_gives_back_trust_in_themselves(desk, moderator):
    story = StoryFactory(live=True, author=moderator)
    for name in ["end_trust", "trust_again"]:
        assert "Another moderator decides" in page(desk.post(verb(name, story), follow=True))
    assert not TrustEnd.objects.exists()


def test_a_moderator_sees_why_a_trusted_tellers_story_waited(desk, trusted):
    story = StoryFactory(author=trusted, sent=True, consent="details_changed")
    assert "The person supported could not be asked." in page(desk.get(review(story)))


def test_the_pages_are_for_moderators(client, trusted):
    story = went_first(trusted)
    sign_in_staff(client, EditorFactory())
    names = ["mark_read", "end_trust", "trust_again"]
    assert [client.post(verb(name, story)).status_code for name in names] == [404, 404, 404]


# --- What the teller is told ------------------------------------------------------------------------------------------


def send_page(client, story):
    client.force_login(story.author)
    return page(client.get(reverse("stories:send", args=[story.slug])))


def test_the_teller_is_told_which_way_it_goes(client, trusted):
    first = send_page(client, StoryFactory(author=trusted))
    assert "It goes live when you press Send" in first
    waits = send_page(client, StoryFactory(author=trusted, consent="details_changed"))
    assert ["The person supported could not be asked." in waits, 'name="way"' in waits] == [True, False]
    newcomer = send_page(client, StoryFactory())
    assert ["A moderator reads it before anybody else does" in newcomer, "This one waits" in newcomer] == [True, False]


def test_pressing_send_makes_it_live(client, trusted):
    story = StoryFactory(author=trusted)
    client.force_login(trusted)
    sent = {"title": story.title, "summary": story.summary, "edit_number": fresh(story).edit_number, "way": "first"}
    answer = client.post(reverse("stories:send", args=[story.slug]), sent, follow=True)
    assert "It is live. A moderator reads it afterwards." in page(answer)
    assert fresh(story).live


def test_it_stays_live_when_the_moderator_is_gone(trusted):
    story = went_first(trusted)
    moderator = ModeratorFactory()
    actions.mark_read(story, version=story.live_revision_id, by=moderator, now=now())
    moderator.delete()
    assert [fresh(story).live, story.published_firsts.get().read_by] == [True, None]
