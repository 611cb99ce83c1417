"""The next letter, looked at before it goes: by its member, and by staff."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from digests import leaving, previewing
from digests.models import Delivery, Glimpse, Issue
from members.models import Profile
from members.tests.factories import EditorFactory, MemberFactory, sign_in_staff
from practices.models import Boundary
from stories import search
from stories.models import Audience, Byline, Follow, Story
from stories.tests.factories import CoAuthorFactory, StoryFactory

pytestmark = pytest.mark.django_db


def told(title, **fields):
    fields = {"audience": Audience.MEMBERS, "live": True, "byline": Byline.NAME, **fields}
    story = StoryFactory(title=title, first_published_at=timezone.now() - timedelta(days=1), **fields)
    search.refresh(Story.objects.get(pk=story.pk))
    return Story.objects.get(pk=story.pk)


def draft():
    return Issue.objects.next_draft(timezone.now())


@pytest.fixture
def three(db):
    """Of a crossing each, since a letter takes two of one at most."""
    pairs = [("housing", "police"), ("education", "council"), ("mental-health", "police")]
    return [told(f"Keys in drawer {number}", boundaries=pair) for number, pair in enumerate(pairs)]


@pytest.fixture
def member(db):
    return MemberFactory(first_name="Asha", profile__weekly_letter=True)


@pytest.fixture
def staff(db):
    return EditorFactory(first_name="Edith")


# --- By its member ----------------------------------------------------------------------------------------------------


def test_a_member_sees_what_would_be_in_it(client, member, three):
    client.force_login(member)
    page, mail = client.get(reverse("digests:preview")), client.get(reverse("digests:preview_mail"))
    for story in three:
        assert story.title in page.text
        assert story.title in mail.text
    assert "3 stories you have not read" in page.text
    assert not Delivery.objects.exists()
    assert not Glimpse.objects.exists()


def test_with_nothing_new_the_page_says_so(client, member):
    client.force_login(member)
    page = client.get(reverse("digests:preview")).text
    assert "There is nothing new for you now" in page
    assert "<iframe" not in page


def test_with_little_new_the_page_says_that_it_waits(client, member):
    told("Only one")
    client.force_login(member)
    assert "There is too little new for you now" in client.get(reverse("digests:preview")).text


def test_the_mail_stands_in_a_frame_that_may_do_nothing(client, member, three):
    client.force_login(member)
    policy = client.get(reverse("digests:preview_mail")).headers["Content-Security-Policy"]
    assert "sandbox allow-popups allow-popups-to-escape-sandbox" in policy
    assert "script-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    page = client.get(reverse("digests:preview"))
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in page.headers["Content-Security-Policy"]


def test_nobody_leaves_by_the_link_in_a_preview(client, member, three):
    shown = previewing.own(member, draft(), now=timezone.now())
    token = writing_token(shown.text)
    assert leaving.read_leave_token(token) == previewing.NOBODY
    assert client.post(reverse("digests:leave", args=[token])).status_code == 200
    assert Profile.objects.get(user=member).weekly_letter is True


def writing_token(text):
    return text.partition("/letter/leave/")[2].partition("/")[0]


def test_without_words_the_preview_has_none_either(client, member, three):
    client.force_login(member)
    client.post(reverse("digests:letter"), {"weekly_letter": "yes", "words": "none"})
    for name in ("preview", "preview_mail"):
        assert "Keys in drawer" not in client.get(reverse(f"digests:{name}")).text


# --- By staff ---------------------------------------------------------------------------------------------------------


def seen_by_staff(client, staff, member):
    sign_in_staff(client, staff)
    args = [member.profile.public_id]
    page = client.get(reverse("letters_staff:preview", args=args))
    return page.text, client.get(reverse("letters_staff:preview_mail", args=args)).text


def test_staff_see_what_they_may_read_too_and_it_is_noted(client, staff, member, three):
    page, mail = seen_by_staff(client, staff, member)
    for story in three:
        assert story.title in page
        assert story.title in mail
    assert list(Glimpse.objects.values_list("member", "by", "of")) == [(member.pk, staff.pk, "next")]


@pytest.mark.parametrize("unnamed", ["teller", "one of two"])
def test_no_gap_tells_staff_who_told_a_story_without_a_name(client, staff, member, three, unnamed):
    """Laid side by side, the previews of all members would lack it in one place alone."""
    byline = Byline.ROLE if unnamed == "teller" else Byline.NAME
    story = told("Zqunnamedqz", byline=byline, author=member, boundaries=["education", "police"])
    if unnamed == "one of two":
        member = CoAuthorFactory(story=story, named=False, member__profile__weekly_letter=True).member
    other = MemberFactory(first_name="Ben", profile__weekly_letter=True)
    assert story.title in previewing.own(other, draft(), now=timezone.now()).text, "it is in letters"
    theirs, others = seen_by_staff(client, staff, member), seen_by_staff(client, staff, other)
    for text in (*theirs, *others):
        assert story.title not in text
    for mine, yours in zip(theirs, others, strict=True):
        assert [one.title in mine for one in three] == [one.title in yours for one in three] == [True] * 3
    assert "What has no name on it" in theirs[0]


def test_it_is_the_letter_of_that_member_and_not_ones_own(client, staff, member, three):
    member.readings.create(story=three[0], read_at=timezone.now())
    told("Another one", boundaries=["education", "police"])
    page, mail = seen_by_staff(client, staff, member)
    assert three[0].title not in page + mail
    other = MemberFactory(first_name="Ben", profile__weekly_letter=True)
    page, mail = seen_by_staff(client, staff, other)
    assert three[0].title in page
    assert three[0].title in mail


def test_what_staff_may_not_read_is_a_number(client, staff, member, three):
    """Staff who are blocked by a teller read less than the member does."""
    hidden = told("Zqhiddenqz", byline=Byline.NAME, author=MemberFactory())
    items = [{"kind": "story", "id": one.pk, "why": "From a search that you follow"} for one in (*three, hidden)]
    Story.objects.filter(pk=hidden.pk).update(live=False)
    shown, lines = previewing.shown_to(staff, items)
    assert [item["id"] for item in shown] == [story.pk for story in three]
    assert {item["why"] for item in shown} == {""}
    assert lines == ["1 story that you may not read"]


def test_what_stands_between_the_member_and_others_is_a_number(client, staff, member, three):
    kinds = ["introduction", "introduction", "waiting", "follow_up", "gathering"]
    shown, lines = previewing.shown_to(staff, [{"kind": kind, "id": 1, "why": ""} for kind in kinds])
    assert shown == []
    assert lines == [
        "2 introductions wait",
        "1 line about mails that were kept back",
        "1 piece of news of a story that they follow",
        "1 gathering of a group of theirs",
    ]


def test_why_something_was_chosen_is_not_told_to_staff(client, staff, member, three):
    first, second = Boundary.objects.filter(slug__in=["housing", "police"]).order_by("pk")
    now = timezone.now()
    Follow.objects.create(member=member, a=first, b=second, followed_at=now, looked_at=now)
    client.force_login(member)
    assert "which you follow" in client.get(reverse("digests:preview_mail")).text
    client.logout()
    page, mail = seen_by_staff(client, staff, member)
    assert "Keys in drawer 0" in mail
    assert "follow" not in mail
    assert "which you follow" not in page


def test_looking_at_ones_own_is_not_noted(client, staff, three):
    seen_by_staff(client, staff, staff)
    assert not Glimpse.objects.exists()


def test_a_member_who_is_not_there_is_missing(client, staff):
    sign_in_staff(client, staff)
    for name in ("preview", "preview_mail", "why"):
        assert client.get(reverse(f"letters_staff:{name}", args=["nobody"])).status_code == 404
