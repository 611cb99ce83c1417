"""What is refused and what is missing are one answer, byte for byte; and nothing counts that could be counted."""

import re
from copy import deepcopy

import pytest
from django.db import transaction
from django.urls import reverse

from stories.models import Response
from stories.tests.factories import StoryFactory
from systemschange.tests import sweep
from systemschange.tests.test_access import ALL, OURS, World

pytestmark = [pytest.mark.django_db, pytest.mark.long]

MISSING = {
    "slug": "aBcDeFgHiJkL",
    "public_id": "aBcDeFgHiJkL",
    "other_id": "mNoPqRsTuVwX",
    "name": "aBcDeFgH.jpg",
}
SIGN_IN = reverse("account_login")
ACTORS = ("visitor", "waiting", "member", "co-author", "moderator")


ONCE = (
    "nonce-",
    'nonce="',
    "csrftoken=",
    "sessionid=",
    "kept_text=",
    "messages=",
    "expires=",
    "Expires: ",
    "Last-Modified: ",
)


def bare(response, words):
    """An answer without what differs from one to the next: what was asked for, keys of forms, numbers of requests."""
    said = sweep.said(response)
    for word in words:
        said = said.replace(word, "WORD")
    said = re.sub(r'name="(csrfmiddlewaretoken|form_key)" value="[^"]*"', "", said)
    said = re.sub(f"({'|'.join(ONCE)})[^;\"'\n]*", "", said)
    return response.status_code, re.sub(r"WORD(\.jpg)?", "WORD", said)


class Private(World):
    """With a story in each state that somebody is refused, and something added to one of them."""

    def __init__(self):
        super().__init__()
        told = {"author": self.author, "byline": "hidden"}
        self.things = {
            "a draft": self.draft,
            "a members' story": StoryFactory(live=True, **told),
            "a hidden story": StoryFactory(hidden=True, audience="public", **told),
            "a withdrawn story": StoryFactory(withdrawn=True, audience="public", **told),
        }
        self.added = Response.objects.create(
            story=self.things["a members' story"], author=self.member, created_at=self.draft.created_at, text="Waits."
        )

    def pairs(self, name):
        """Each private thing that may stand in this address: its name, the address, and the same of nothing."""
        path = "/" + next(path for candidate, path in ALL if candidate == name)
        found = {}
        if "public_id" in path:
            found = {"an unlisted member": {"public_id": self.author.profile.public_id}}
            if "other_id" in path:
                found["two unlisted members"] = {
                    "public_id": self.author.profile.public_id,
                    "other_id": self.member.profile.public_id,
                }
        elif "<slug:kind>" in path:
            found = {"a response that waits": {"slug": self.added.slug}}
        elif path.startswith("/stories/<slug:slug>/"):
            found = {thing: {"slug": story.slug} for thing, story in self.things.items()}
        for thing, words in found.items():
            more = {"kind": "response", "section": "tried", "key": "no-such-words"}
            more |= {name: MISSING[name] for name in ("name", "other_id")}
            yield thing, filled(path, {**more, **words}), filled(path, {**more, **{key: MISSING[key] for key in words}})


def filled(path, words):
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda gap: words[gap[1]], path)


def asked(client, address, method):
    """In the world as it was, and as the same person, whatever the question did."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        response = getattr(client, method)(address)
        transaction.set_rollback(True)
    client.cookies = cookies
    return response


def is_refusal(response):
    shut = response.status_code == 302 and response["Location"].startswith(SIGN_IN)
    return shut or response.status_code in {401, 403, 404}


# Who told a story knows that it is there.
KNOWN = {
    ("co-author", "a draft"),
}


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_is_refused_learns_nothing_of_what_is_there(method):
    world = Private()
    pairs = {name: list(world.pairs(name)) for name in OURS}
    differs, compared = [], 0
    for name in OURS:
        for actor in ACTORS:
            client = world.clients[actor]
            missing = None
            for thing, there, nowhere in pairs[name]:
                answer = asked(client, there, method)
                if is_refusal(answer) and (actor, thing) not in KNOWN:
                    compared += 1
                    missing = missing or bare(asked(client, nowhere, method), private(nowhere))
                    if bare(answer, private(there)) != missing:
                        differs.append(f"{actor} can tell {thing} from nothing: {method} {name}")
    assert compared > 500
    assert differs == []


def private(address):
    """The parts of an address that stand for the thing: what the address does not spell itself."""
    spelt = {part for _, path in ALL for part in path.split("/")}
    return [word for word in address.split("/") if len(word) in {12, 16} and word not in spelt]
