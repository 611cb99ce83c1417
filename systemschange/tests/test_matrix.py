"""The access matrix (`systemschange/matrix.py`) holds: every story, on every surface, for every actor; and every act.

One world, the canaries'. A failure says who read what where: "blocked read the story apart in a list".
"""

from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.urls import reverse

from stories.models import CoAuthor, Kept, LookUp, Story, Thanks
from systemschange import matrix
from systemschange.matrix import ACTS, STORIES
from systemschange.tests import surfaces
from systemschange.tests.canaries import ACTORS
from systemschange.tests.canary_world import World

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        world = World()
        world.letters = {actor: surfaces.met_by_mail(world, actor) for actor in ACTORS}
        surfaces.send_everything(world)
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def world(built, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield built
        transaction.set_rollback(True)


def allowed(actor):
    return {(name, surface) for name, row in STORIES.items() for surface, who in row.items() if actor in who}


def test_the_matrix_is_about_these_stories_and_actors(world):
    assert tuple(STORIES) == surfaces.TOLD
    assert set(ACTORS) == matrix.EVERYONE
    rows = {surface for row in STORIES.values() for surface in row}
    asked = {*surfaces.surfaces(world), "in the next letter", "in its meta tags", "as a picture to share", "as a photo"}
    assert asked == rows | set(matrix.NOWHERE)


@pytest.mark.parametrize("actor", ACTORS)
def test_an_actor_meets_each_story_where_the_matrix_says_and_nowhere_else(world, actor):
    met = surfaces.met(world, actor) | world.letters[actor]
    wrong = [f"{actor} read the story {name!r} {surface}" for name, surface in sorted(met - allowed(actor))]
    wrong += [f"{actor} did not read {name!r} {surface}" for name, surface in sorted(allowed(actor) - met)]
    assert wrong == []


# --- Acts -------------------------------------------------------------------------------------------------------------

SIGN_IN = reverse("account_login")


def standing():
    """All that these acts can change."""
    columns = ("pk", "live", "hidden_at", "withdrawn_at", "held_at", "byline", "audience", "wanted_audience")
    stories = Story.objects.with_moderation().values_list(*columns, "responding", "moderation_now")
    return (
        sorted(map(str, stories)),
        [sorted(model.objects.values_list("pk", flat=True)) for model in (Kept, LookUp, Thanks)],
        sorted(map(str, CoAuthor.objects.values_list("pk", "left_at"))),
    )


def tried(world, actor, address, answers):
    """ "done" where something changed, "refused" where it answers as what is missing, else what it answered."""
    before = standing()
    with transaction.atomic():
        response = world.clients[actor].post(address, answers)
        changed = standing() != before
        transaction.set_rollback(True)
    shut = response.status_code == 302 and urlsplit(response["Location"]).path == SIGN_IN
    refused = shut or response.status_code in {403, 404} or "/signed-out/" in response.get("Location", "")
    return "done" if changed else "refused" if refused else str(response.status_code)


@pytest.mark.parametrize("act", ACTS, ids=lambda act: f"{act[0]} {act[1]} {act[2].get('audience', '')}")
def test_each_act_is_done_by_those_of_the_matrix_alone(world, act):
    name, thing, answers, who = act
    story = world.stories[thing]
    address = reverse(name, args=[story.slug])
    answers = {"revision": str(story.latest_revision_id), **answers}
    got = {actor: tried(world, actor, address, answers) for actor in ACTORS}
    assert {actor for actor, answer in got.items() if answer == "done"} == who, got
    assert {actor for actor, answer in got.items() if answer not in {"done", "refused"}} <= HEARD.get(name, set()), got


# Who is answered with a page instead: a member who waits to be let in, and whoever tells the story themselves.
HEARD = {"stories:thank": {"waiting", "author"}}
