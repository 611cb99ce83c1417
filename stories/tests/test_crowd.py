"""An unnamed teller stands among five listed members, or is shown without role and region (docs/decisions/0037)."""

import random
from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from members.models import Connection, Profile, SeenBy, User, people_connected_to
from members.tests.factories import MemberFactory, ModeratorFactory
from practices.models import Boundary, Place, Practice, Role
from stories import actions, search
from stories.crowd import TOLD
from stories.models import Experiment, Response, Story, StoryBoundary
from stories.tests.desk import fresh, now, page, send_edit
from stories.tests.factories import StoryFactory, approved

pytestmark = pytest.mark.django_db
FINE, COARSE = "Housing officer, North West", "A frontline worker, England"
UNNAMED = {"byline": "role", "byline_role": "housing-officer", "place": "salford", "audience": "public"}


@pytest.fixture(autouse=True)
def as_in_production(settings):
    settings.LISTED_ALIKE = 5


def member(*, role="housing-officer", place="salford", works_in=("housing",), listed=True):
    member = MemberFactory()
    profile = member.profile
    profile.role, profile.place = Role.objects.get(slug=role), Place.objects.get(slug=place)
    profile.listed_at = now() if listed else None
    profile.save()
    profile.works_in.set(Boundary.objects.filter(slug__in=works_in))
    return member


def who(story):
    return fresh(story).byline_parts[0]


# --- The rule ---------------------------------------------------------------------------------------------------------


def test_five_listed_members_of_role_region_and_service_hide_a_teller_and_four_do_not(client):
    for _ in range(4):
        member()
    member(listed=False)
    member(role="community-nurse")
    member(place="leeds")
    member(works_in=["police"])
    teller = member(listed=False)
    story = StoryFactory(author=teller, **UNNAMED)
    client.force_login(teller)
    preview = reverse("stories:preview", args=[story.slug])
    assert f"Readers see “{COARSE}” instead of your role and region" in page(client.get(preview))
    story = approved(send(story))
    assert who(story) == COARSE
    member(place="bolton")
    assert "instead of your role and region" not in page(client.get(preview))
    # Not by itself, and not for the teller's press of a button alone: a moderator has to read it again.
    actions.blur()
    assert who(story) == COARSE
    send_edit(story, tried="I rang them.")
    assert who(story) == COARSE
    assert who(approved(story)) == FINE


def send(story):
    return actions.send(story, by=story.author, now=now())


def test_whoever_has_more_services_in_common_than_the_others_does_not_stand_alone():
    for _ in range(5):
        member()
    alone = member(works_in=["housing", "mental-health"])
    assert who(StoryFactory(live=True, **UNNAMED)) == COARSE
    alone.profile.works_in.set(Boundary.objects.filter(slug="housing"))
    alone.profile.would_cross_to.set(Boundary.objects.filter(slug="mental-health"))
    assert who(StoryFactory(live=True, **UNNAMED)) == COARSE
    alone.profile.would_cross_to.clear()
    assert who(StoryFactory(live=True, **UNNAMED)) == FINE


@pytest.mark.long
@pytest.mark.parametrize("how", ["leaves the directory", "moves", "changes work", "is suspended", "goes"])
def test_what_changes_in_the_directory_blurs_on_every_surface_at_once(client, how):
    five = [member() for _ in range(5)]
    story = StoryFactory(live=True, **UNNAMED, search_engines="yes", title="Told among five")
    actions.blur(always=False)
    surfaces = ["/stories/", story.get_absolute_url(), "/stories/feed/"]
    assert all("Housing officer" in client.get(surface).content.decode() for surface in surfaces)
    assert story in Story.objects.set_in(Place.objects.get(slug="north-west"))
    change(five[0], how)
    assert actions.blur(always=False) == 1
    texts = [client.get(surface).content.decode() for surface in surfaces]
    assert [text for text in texts if "Housing officer" in text or "A frontline worker" not in text] == []
    assert (who(story), story in Story.objects.set_in(Place.objects.get(slug="north-west"))) == (COARSE, False)
    for address in ["/stories/?place=north-west", "/places/north-west/"]:
        empty = client.get(address).content.decode()
        assert story.title not in empty or "yet" in empty
    assert story.title in client.get("/places/england/").content.decode()
    assert search.reindex() == 0
    assert actions.blur(always=False) == 0


def change(somebody, how):
    match how:
        case "leaves the directory":
            Profile.objects.filter(user=somebody).update(listed_at=None)
        case "moves":
            Profile.objects.filter(user=somebody).update(place=Place.objects.get(slug="leeds"))
        case "changes work":
            somebody.profile.works_in.set([])
        case "is suspended":
            somebody.suspend(now=now())
        case "goes":
            somebody.delete()


def test_a_name_that_is_taken_away_is_not_replaced_by_a_role_that_leads_to_it():
    story = StoryFactory(live=True, **{**UNNAMED, "byline": "name"})
    actions.set_reach(story, byline="role", audience="public", by=story.author, now=now())
    assert who(story) == COARSE
    for _ in range(5):
        member()
    actions.set_reach(story, byline="hidden", audience="public", by=story.author, now=now())
    assert who(story) == COARSE


def test_whoever_shares_a_practice_with_the_story_does_not_stand_alone():
    people = [member() for _ in range(6)]
    practice = Practice.objects.first()
    people[0].profile.practices.add(practice)
    story = StoryFactory(**UNNAMED)
    story.practices.set([practice])
    story.save()
    assert fresh(story).would_be_blurred
    # Hidden from everybody it leads nobody to them; shown to connections alone it leads those.
    for audience, blurred in (("connections", True), ("nobody", False), ("members", True)):
        Profile.objects.filter(pk=people[0].profile.pk).update(practices_seen_by=audience)
        assert fresh(story).would_be_blurred is blurred


@pytest.mark.parametrize("field", ["role", "place", "works_in"])
def test_what_others_cannot_read_hides_nobody_else(field):
    """A fifth whose field is hidden is no fifth: nobody who looks for the teller finds them among those who match."""
    five = [member() for _ in range(5)]
    story = StoryFactory(live=True, **UNNAMED)
    actions.blur(always=False)
    assert who(story) == FINE
    Profile.objects.filter(user=five[0]).update(**{f"{field}_seen_by": "connections"})
    assert actions.blur(always=False) == 1
    assert who(story) == COARSE


def test_who_told_it_makes_no_difference():
    """The answer is the same for a teller who is listed and one who is not: it says nothing of them."""
    found = []
    for listed in [True, False]:
        Profile.objects.update(listed_at=None)
        others = [member() for _ in range(4 if listed else 5)]
        story = StoryFactory(live=True, author=member(listed=listed), **UNNAMED)
        found.append((len(others) + listed, who(story)))
    assert found == [(5, FINE), (5, FINE)]


def test_what_is_added_to_a_story_keeps_the_same_rule():
    story = StoryFactory(live=True, audience="public")
    signed = {"byline": "role", "byline_role": Role.objects.get(slug="housing-officer"), "audience": "public"}
    for _ in range(5):
        member()
    told = {"place": Place.objects.get(slug="salford"), "changed": "One form.", "happened": "Well.", "result": "worked"}
    tried = actions.add(Experiment(story=story, **told, **signed), by=MemberFactory(), now=now())
    said = actions.add(Response(story=story, text="Thanks.", **signed), by=MemberFactory(), now=now())
    for one in (tried, said):
        actions.approve_contribution(one, by=ModeratorFactory(), now=now())
    Profile.objects.filter(pk=Profile.objects.listed().first().pk).update(listed_at=None)
    assert (Experiment.objects.get().byline_line, Response.objects.get().shown_name) == (FINE, "Housing officer")
    assert actions.blur() == 2
    assert (Experiment.objects.get().byline_line, Response.objects.get().shown_name) == ("A frontline worker",) * 2


def test_a_look_at_the_directory_costs_the_same_for_one_member_and_many():
    story = StoryFactory(**UNNAMED)
    costs = []
    for _ in range(2):
        member()
        with CaptureQueriesContext(connection) as asked:
            assert fresh(story).would_be_blurred
        costs.append(len(asked))
    assert costs[0] == costs[1]


# --- The attack -------------------------------------------------------------------------------------------------------


class Community:
    """Some hundred members with a few hundred stories, all at random: roles and regions are as uneven as in life."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.roles, self.boundaries = list(Role.objects.order_by("pk"))[:5], list(Boundary.objects.order_by("pk"))
        self.places = list(Place.objects.filter(kind="council").select_related("parent__parent").order_by("pk"))
        self.places = [place for place in self.places if place.parent.slug in {"north-west", "south-east", "london"}]
        self.practices = list(Practice.objects.order_by("pk"))[:3]
        people = [User(email=f"{seed}-{n}@example.org", approved_at=now()) for n in range(400)]
        self.people = User.objects.bulk_create(people)
        self.profiles = Profile.objects.bulk_create([self._profile(user) for user in self.people])
        for profile in self.profiles:
            profile.works_in.set(self.some(self.boundaries[:6], 1, 2))
            profile.practices.set(self.some(self.practices, 0, 1))
            if self.chance.random() < 0.4:
                profile.would_cross_to.set(self.some(self.boundaries[:6], 1, 2))
        self.stories = [self._story(number) for number in range(150)]

    def some(self, things, least, most):
        return self.chance.sample(things, self.chance.randint(least, most))

    def uneven(self, things):
        return things[min(int(self.chance.expovariate(1.5) * len(things) / 3), len(things) - 1)]

    def _profile(self, user):
        listed = now() if self.chance.random() < 0.7 else None
        told = {"role": self.uneven(self.roles), "place": self.uneven(self.places)}
        return Profile(user=user, listed_at=listed, **told, **self.audiences())

    def audiences(self):
        """Most leave what they say for members; some hide one thing or another, or keep it for their connections."""
        draws = {f"{name}_seen_by": self.chance.random() for name in TOLD}
        return {
            name: "nobody" if draw < 0.05 else "connections" if draw < 0.15 else "members"
            for name, draw in draws.items()
        }

    def connect(self, reader):
        """To a third of them."""
        for user in self.chance.sample(self.people, len(self.people) // 3):
            Connection.objects.connect(user, reader, now=now())

    def _story(self, number):
        teller = self.chance.choice(self.profiles)
        byline = self.chance.choice(["role", "role", "hidden"])
        role = teller.role if byline == "role" else None
        told = {"byline": byline, "byline_role": role, "place": teller.place, "audience": "public"}
        story = Story(author=teller.user, title=str(number), created_at=now(), live=True, **told)
        story.first_published_at = now()
        story.save()
        inside = list(teller.works_in.all())
        crossed = self.some(self.boundaries[:6], 0, 2)
        story.practices.set(teller.practices.all())
        story.save()
        tags = [StoryBoundary(tag=tag, content_object=story) for tag in {*inside, *crossed}]
        StoryBoundary.objects.bulk_create(tags)
        return story


class Attacker:
    """Reads the stories as anybody does and the directory as a member does, and knows nothing else."""

    def __init__(self, reader):
        people = Profile.objects.visible_to(reader).listed().for_page()
        connected = set(User.objects.filter(pk__in=people_connected_to(reader)).values_list("pk", flat=True))
        self.listed = {
            one: one.seen_by(SeenBy.CONNECTIONS if one.user_id in connected else SeenBy.MEMBERS) for one in people
        }

    def candidates(self, story):
        """The smallest set that any way of looking leaves, but for none at all; None where the byline says nothing."""
        role, _, place = story.byline_parts[0].rpartition(", ")
        services = {boundary.name for boundary in story.boundary_list}
        practices = {practice.name for practice in story.practices.all()}
        if role == "A frontline worker" and place == "England":
            return None
        known = {
            one: {
                "works": {word.name for word in seen.works_in},
                "knows": {word.name for word in (*seen.works_in, *seen.would_cross_to)},
                "uses": {word.name for word in seen.practices},
            }
            for one, seen in self.listed.items()
            if role in {"A frontline worker", str(seen.role)}
            and seen.place
            and place in {seen.place.name, seen.place.parent.name}
        }
        left = [list(known), [one for one in known if known[one]["works"] & services]]
        for fitting in list(left):
            for kind, common in product(("works", "knows"), range(1, len(services) + 1)):
                found = [one for one in fitting if len(known[one][kind] & services) >= common]
                left += [found, [one for one in found if practices and known[one]["uses"] & practices]]
            left.append([one for one in fitting if known[one]["knows"] >= services])
            left.append([one for one in fitting if practices and known[one]["uses"] & practices])
        return min((found for found in left if found), key=len, default=[])


def attack(reader):
    attacker = Attacker(reader)
    stories = Story.objects.readable_by(AnonymousUser()).for_listing()
    return [(story, attacker.candidates(story)) for story in stories]


@pytest.mark.long
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nobody_who_reads_everything_narrows_an_unnamed_teller_down_to_fewer_than_five(settings, seed):
    community, reader = Community(seed), MemberFactory()
    community.connect(reader)
    # With the rule off it works: the attack is one that finds people.
    settings.LISTED_ALIKE = 0
    actions.blur()
    found = [(story, left) for story, left in attack(reader) if left and len(left) < 5]
    assert sum(len(left) == 1 and left[0].user_id == story.author_id for story, left in found) >= 3
    settings.LISTED_ALIKE = 5
    actions.blur()
    for months in range(3):
        answers = attack(reader)
        assert [(story.title, len(left)) for story, left in answers if left is not None and len(left) < 5] == []
        assert months or 5 < sum(left is not None for _, left in answers) < len(answers)
        # Time goes by: people come, go and change, and whatever is still told in detail must stay hidden.
        for profile in community.chance.sample(community.profiles, 60):
            listed = timezone.now() if community.chance.random() < 0.5 else None
            role = community.uneven(community.roles)
            changed = {"listed_at": listed, "role": role, **community.audiences()}
            Profile.objects.filter(pk=profile.pk).update(**changed)
        actions.blur(always=False)
