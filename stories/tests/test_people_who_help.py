"""Members who can help stand on crossings, practices, places and named stories: for members, and as fields allow."""

import pytest
from django.utils import timezone

from members import entries
from members.models import Block
from members.tests.factories import ListedMemberFactory, MemberFactory
from practices.models import Boundary, Place, Practice
from stories.tests.factories import StoryFactory

pytestmark = pytest.mark.django_db
PAGES = ["/crossings/housing--police/", "/practices/ask-who-can-say-yes/", "/places/salford/", "/places/north-west/"]


def helper(first_name="Wren", **fields):
    told = {
        "works_in": Boundary.objects.filter(slug="housing"),
        "would_cross_to": Boundary.objects.filter(slug="police"),
        "practices": Practice.objects.filter(slug="ask-who-can-say-yes"),
        "place": Place.objects.get(slug="salford"),
        "ask_me_about": "Keys",
        **fields,
    }
    return ListedMemberFactory(first_name=first_name, **{f"profile__{name}": value for name, value in told.items()})


def shown(client, page):
    text = client.get(page).content.decode()
    heading = "Who can talk about it" if page.startswith("/practices/") else "People who can help"
    return heading in text, "Wren" in text


def test_who_can_help_is_shown_to_members_by_fields_that_they_may_read(client):
    wren, reader = helper(), MemberFactory()
    helper("Silent", ask_me_about="")
    assert [shown(client, page) for page in PAGES] == [(False, False)] * 4
    client.force_login(wren)  # nobody is told to ask themselves
    assert [shown(client, page) for page in PAGES] == [(False, False)] * 4
    client.force_login(reader)
    assert [shown(client, page) for page in PAGES] == [(True, True)] * 4
    assert "Silent" not in "".join(client.get(page).content.decode() for page in PAGES)
    hidden = [("would_cross_to", 0), ("practices", 1), ("place", 2), ("place", 3), ("ask_me_about", 0)]
    for field, page in hidden:
        setattr(wren.profile, f"{field}_seen_by", "connections")
        wren.profile.save()
        entries.refresh(wren.pk)
        assert shown(client, PAGES[page]) == (False, False)
        setattr(wren.profile, f"{field}_seen_by", "members")
    wren.profile.save()
    entries.refresh(wren.pk)
    Block.objects.create(blocker=wren, blocked=reader, known_as="x", blocked_at=timezone.now())
    assert [shown(client, page) for page in PAGES] == [(False, False)] * 4


def test_three_at_most_stand_there_and_cost_the_same_queries_as_one(client, django_assert_max_num_queries):
    client.force_login(MemberFactory())
    helper("Helper0")
    for count in (1, 6):
        for number in range(1, count):
            helper(f"Helper{number}")
        for page in PAGES:
            client.get(page)
            with django_assert_max_num_queries(9):
                text = client.get(page).content.decode()
            assert text.count("person-card") == min(count, 3)


def test_a_listed_teller_is_named_beside_a_named_story_and_nobody_beside_an_unnamed_one(client):
    teller = helper()
    client.force_login(MemberFactory())
    for byline, there in (("name", True), ("role", False), ("hidden", False)):
        story = StoryFactory(live=True, author=teller, byline=byline, byline_role="housing-officer", audience="public")
        text = client.get(story.get_absolute_url()).content.decode()
        assert ("People who can help" in text, teller.profile.get_absolute_url() in text) == (there, there)
        story.delete()
    unlisted = StoryFactory(live=True, author=MemberFactory(), byline="name", audience="public")
    assert "People who can help" not in client.get(unlisted.get_absolute_url()).content.decode()
