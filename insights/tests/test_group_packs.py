"""Packs of what one group was told: made by its convenors, read by who is in it, and by nobody else."""

import pytest
from django.test import Client
from django.utils import timezone

from insights.models import EvidencePack
from insights.tests.packs import told
from members.tests.factories import MemberFactory, ModeratorFactory
from networks.actions import coalitions
from networks.models import Coalition, Membership
from stories.models import Story
from stories.tests.factories import StoryFactory, coalition_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def convenor():
    return MemberFactory()


@pytest.fixture
def group(convenor):
    made = coalition_of(convenor, now=timezone.now())
    for _ in range(6):
        teller = MemberFactory()
        coalitions.join(made, by=teller, now=timezone.now())
        StoryFactory(live=True, author=teller, coalition=made, boundaries=["housing", "police"], title="Zqours")
    told(title="Zqpublic")
    return made


def signed_in(member):
    client = Client()
    client.force_login(member)
    return client


def page(group):
    return f"/coalitions/{group.key}/evidence/"


def made(group, convenor, **asked):
    response = signed_in(convenor).post(page(group), asked)
    assert response.status_code == 302
    return EvidencePack.objects.get()


def teller_in(group):
    return Membership.objects.now().filter(coalition=group, convenes=False).first().member


def test_a_convenor_makes_one_of_what_the_group_was_told(group, convenor):
    pack = made(group, convenor)
    assert pack.counts["stories"] == 6
    assert pack.group == group
    shown = signed_in(teller_in(group)).get(pack.get_absolute_url()).text
    assert "Zqours" in shown
    assert "Zqpublic" not in shown
    assert "stories told to this group alone" in shown


def test_nobody_else_in_the_group_makes_or_takes_back_one(group, convenor):
    other = signed_in(teller_in(group))
    assert "Make a pack" not in other.get(page(group)).text
    other.post(page(group), {})
    assert not EvidencePack.objects.exists()
    pack = made(group, convenor)
    assert other.post(f"{page(group)}{pack.key}/take-back/").status_code == 404
    assert signed_in(convenor).post(f"{page(group)}{pack.key}/take-back/").status_code == 302
    assert not EvidencePack.objects.exists()


@pytest.mark.parametrize("who", [MemberFactory, ModeratorFactory, None])
def test_whoever_is_not_in_the_group_finds_nothing_by_any_link(group, convenor, who):
    pack = made(group, convenor)
    client = signed_in(who()) if who else Client()
    assert client.get(pack.get_absolute_url()).status_code == 404
    assert client.get(f"{pack.get_absolute_url()}pdf/").status_code == 404
    assert client.get(page(group)).status_code == (404 if who else 302)


def test_whoever_leaves_the_group_reads_it_no_more(group, convenor):
    pack, member = made(group, convenor), teller_in(group)
    assert signed_in(member).get(pack.get_absolute_url()).status_code == 200
    coalitions.leave(group, by=member, now=timezone.now())
    assert signed_in(member).get(pack.get_absolute_url()).status_code == 404


def test_a_story_that_is_withdrawn_is_gone_from_it(group, convenor):
    pack = made(group, convenor)
    story = Story.objects.filter(coalition=group).first()
    Story.objects.filter(pk=story.pk).update(live=False, withdrawn_at=timezone.now())
    shown = signed_in(convenor).get(pack.get_absolute_url()).text
    assert story.get_absolute_url() not in shown
    assert "What 6 stories" in shown
    assert "Some of the stories counted here have been withdrawn since" in shown


def test_so_few_stories_make_no_pack_and_the_convenor_reads_why(group, convenor):
    answer = signed_in(convenor).post(page(group), {"service": "education"}).text
    assert "No story fits. A pack counts 5 or more" in answer
    assert not EvidencePack.objects.exists()


def test_a_group_that_is_taken_down_takes_its_packs_along(group, convenor):
    pack = made(group, convenor)
    Coalition.objects.filter(pk=group.pk).update(taken_down_at=timezone.now())
    assert signed_in(convenor).get(pack.get_absolute_url()).status_code == 404
