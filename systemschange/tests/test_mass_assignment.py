"""Forms change nothing that they do not show: each form that a person meets is sent as it stands, and again with every
column of every model in it besides. Both leave the same behind."""

import re
from copy import deepcopy
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.core.cache import cache
from django.db import transaction
from django.db.models import BooleanField, DateTimeField, ForeignKey
from django.urls import reverse
from django.utils import timezone

from members.models import Block, Invitation, MailChoice, Profile, User
from networks.actions import coalitions, cohorts, conversations, joining
from networks.models import (
    Attendance,
    BoardNotice,
    Coalition,
    CoalitionInvitation,
    Cohort,
    CohortPlace,
    Conversation,
    Gathering,
    JoinRequest,
    Membership,
    Message,
    Seat,
)
from networks.tests.gathered import coalition_of, gathering_of
from stories.models import Attempt, CoAuthor, Experiment, FollowUp, Kept, OrganisationResponse, Response, Story, Thanks
from stories.tests.factories import StoryFactory
from systemschange.access import PAGES, Who
from systemschange.tests.test_access import ALL, OURS, World

pytestmark = [pytest.mark.django_db, pytest.mark.long]

CONTRIBUTIONS = (Response, Experiment, FollowUp, OrganisationResponse)
OF_GROUPS = (Coalition, Membership, JoinRequest, CoalitionInvitation, BoardNotice, Gathering, Attendance)
BETWEEN = (Conversation, Seat, Message, Cohort, CohortPlace, Invitation, MailChoice)
MODELS = (User, Profile, Story, Attempt, CoAuthor, Kept, Thanks, Block, *CONTRIBUTIONS, *BETWEEN, *OF_GROUPS)
# What nobody types: a moment, a key, a hash. Of a moment it counts whether it is there.
KEYS = {"id", "slug", "key", "form_key", "jot_key", "public_id", "token"}
UNTOLD = KEYS | {"password", "latest_revision", "edit_number"}
# Pages that end the session, or go on to a code from a mail.
LEFT_OUT = {"account_logout", "usersessions_list"}


class Forms(HTMLParser):
    """The forms of a page that are posted: where to, and each field with what stands in it, once for each button."""

    def __init__(self, page):
        super().__init__()
        self.found, self.offered, self.buttons, self.area, self.select = [], {}, [], None, None
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        said = dict(attributes)
        if tag == "form" and said.get("method", "").lower() == "post":
            self.found.append((said.get("action") or "", {}, set()))
            self.buttons.append([])
        elif self.found and said.get("name") and tag in {"input", "textarea", "select", "button"}:
            _, filled, shown = self.found[-1]
            shown.add(said["name"])
            if tag == "button":
                self.buttons[-1].append({said["name"]: [said.get("value", "")]})
            elif tag == "input" and said.get("type") in {"radio", "checkbox"}:
                self.offer(said["name"], said.get("value", "on"), chosen="checked" in said)
            elif tag == "input" and said.get("type") != "file":
                filled.setdefault(said["name"], []).append(said.get("value", ""))
            self.area = said["name"] if tag == "textarea" else None
            self.select = said["name"] if tag == "select" else None
        elif self.found and tag == "option" and self.select:
            self.offer(self.select, said.get("value", ""), chosen="selected" in said)

    def offer(self, name, value, *, chosen):
        """What is chosen stands; of what is not, the last that is offered is taken where the form is sent."""
        if chosen:
            self.found[-1][1].setdefault(name, []).append(value)
        self.offered.setdefault((len(self.found), name), []).append(value)

    def filled(self):
        for number, (action, filled, shown) in enumerate(self.found, 1):
            chosen = {name: offered[-1] for (at, name), offered in self.offered.items() if at == number}
            for pressed in self.buttons[number - 1] or [{}]:
                yield action, {**chosen, **filled, **pressed}, shown

    def handle_data(self, text):
        if self.area:
            self.found[-1][1].setdefault(self.area, []).append(text.removeprefix("\n"))
            self.area = None


def extras(world, shown):
    """A value for every column of every model that the form does not show."""
    found = {"is_staff": "on", "owner": world.member.pk, "status": "live", "user_id": world.member.pk}
    for model in MODELS:
        for field in model._meta.concrete_fields:
            value = "changed by nobody"
            if isinstance(field, ForeignKey):
                value = world.member.pk if field.related_model is User else 1
                found[field.attname] = value
            elif isinstance(field, BooleanField):
                value = "on"
            elif isinstance(field, DateTimeField):
                value = "2020-01-01 10:00"
            elif field.choices:
                value = OPENING.get(field.name) or field.choices[-1][0]
            found[field.name] = value
    return {name: value for name, value in found.items() if name not in shown and name != "csrfmiddlewaretoken"}


OPENING = {"audience": "public", "byline": "name", "wanted_audience": "public", "state": "live", "responding": "open"}


def left_behind():
    """Every row of those models, without what differs from one time to the next."""
    found = {}
    # A row that is made twice has another number each time: it counts which of them one points to.
    order = {model: {key: n for n, key in enumerate(_keys(model))} for model in MODELS}
    for model in MODELS:
        fields = [field for field in model._meta.concrete_fields if field.name not in UNTOLD]
        rows = []
        for row in model.objects.order_by("pk").values_list(*(field.attname for field in fields)):
            told = [_told(field, value, order) for field, value in zip(fields, row, strict=True)]
            rows.append(dict(zip([field.name for field in fields], told, strict=True)))
        found[model.__name__] = rows
    return found


def _keys(model):
    return model.objects.order_by("pk").values_list("pk", flat=True)


def _told(field, value, order):
    if isinstance(field, DateTimeField):
        return bool(value)
    if isinstance(field, ForeignKey) and field.related_model in order:
        return order[field.related_model].get(value)
    return value


def sent(client, address, answers):
    cache.clear()  # else its limits would answer for what is sent often
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        response = client.post(address, answers)
        found = response.status_code, left_behind()
        transaction.set_rollback(True)
    client.cookies = cookies
    return found


def pages(world):
    """Every address of ours that a person may open, with something of theirs in its gaps."""
    live = StoryFactory(author=world.author, live=True, audience="public", byline="role")
    other = StoryFactory(live=True, audience="public", byline="name")
    for name in OURS:
        if PAGES[name] is Who.MAIL_LINK or name in LEFT_OUT:
            continue
        path = next(path for candidate, path in ALL if candidate == name)
        if "<slug:slug>" in path and path.startswith("stories/<slug:slug>"):
            for slug in (world.draft.slug, live.slug, other.slug):
                words = {"slug": slug, "section": "tried", "name": "no.jpg", "key": "no-such-words"}
                yield name, "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda gap, words=words: words[gap[1]], path)
        else:
            yield name, world.path(name)
    yield from pages_of_groups(world)


def pages_of_groups(world):
    """What the author convenes, asks into and has closed to others; the member waits to be let in."""
    now, coauthor = timezone.now(), world.draft.coauthors.get().member
    group = coalition_of(world.author, world.member)
    coalitions.put_up(group, text="Tea.", may_stay="", form_key="a", by=world.member, now=now)
    gathering = gathering_of(group, world.author, now=now)
    asking = coalition_of(world.author, coauthor, joining="request", questions=["What would you bring?"])
    joining.ask(asking, answers=["Rotas."], may_stay="", by=world.member, now=now)
    inviting = coalition_of(world.author, joining="hidden")
    invitation = joining.invite(inviting, member=world.member, by=world.author, now=now)
    left = coalition_of(world.author, world.member)
    coalitions.leave(left, by=world.author, now=now)
    about = {"name": "Spring", "place_count": 9, "starts_date": now.date(), "link_until": now + timedelta(days=7)}
    cohort = cohorts.start(Cohort(**about), Coalition(name="Spring", joining="hidden"), by=world.author, now=now)
    talk = conversations.open([world.author, world.member], now=now)
    yield "coalitions:invited", reverse("coalitions:invited", args=[invitation.token])
    yield "cohorts:join", reverse("cohorts:join", args=[cohort.token])
    yield "conversations:conversation", talk.get_absolute_url()
    for one in (group, asking, inviting, left):
        for name in OF_A_GROUP:
            yield f"coalitions:{name}", reverse(f"coalitions:{name}", args=[one.key])
    yield "gatherings:new", reverse("gatherings:new", args=[group.key])
    for name in ("gathering", "change", "call_off"):
        yield f"gatherings:{name}", reverse(f"gatherings:{name}", args=[group.key, gathering.key])


OF_A_GROUP = ("coalition", "join", "ask", "requests", "invite", "change", "close", "leave", "notices", "members")
FILLED = {
    "ask_me_about": "Rotas.",
    "text": "Something.",
    "title": "A line",
    "noticed": "A moment.",
    "changed": "Rang.",
    "happened": "Nothing.",
    "agree": "on",
    "agreements": "We begin on time.",
    "answer_1": "Rotas.",
    "email": "somebody@example.org",
    "name": "A group",
    "purpose": "One door.",
    "what_for": "One page for both teams.",
    "day": str(timezone.localdate() + timedelta(days=9)),
    "begins": "14:00",
    "ends": "15:00",
    "answer": "coming",
}


def test_no_form_takes_what_it_does_not_show():
    world = World()
    world.author.profile.listed_at = timezone.now()
    world.author.profile.save()
    wrong, forms, changing = [], 0, set()
    listed = list(pages(world))
    for actor in ("author", "co-author", "member", "waiting"):
        client = world.clients[actor]
        before = left_behind()
        for name, address in listed:
            with transaction.atomic():
                answer = client.get(address)
                transaction.set_rollback(True)
            if answer.status_code != 200 or not answer.get("Content-Type", "").startswith("text/html"):
                continue
            for action, filled, shown in Forms(answer.content.decode()).filled():
                empty = {key for key in shown if not "".join(filled.get(key, ""))}
                answers = {**filled, **{key: value for key, value in FILLED.items() if key in empty}}
                where = action or address
                plain = sent(client, where, answers)
                more = sent(client, where, {**answers, **extras(world, shown)})
                forms += 1
                changing |= {name} if plain[1] != before else set()
                if plain != more:
                    wrong.append(f"{actor} changed {differing(plain, more)} by the form of {name} to {where}")
    assert forms > 80
    assert changing >= EXPECTED, changing
    assert wrong == []


def differing(plain, more):
    """In words: which columns came out otherwise."""
    if plain[0] != more[0]:
        return f"the answer ({plain[0]}, {more[0]})"
    found = set()
    for model, rows in plain[1].items():
        others = more[1][model]
        if len(rows) != len(others):
            found.add(f"{model} (rows)")
        for one, other in zip(rows, others, strict=False):
            found |= {f"{model}.{column}" for column in one if one[column] != other[column]}
    return ", ".join(sorted(found))


# A form that changes nothing even when it is filled in would prove nothing.
EXPECTED = {
    "stories:withdraw",
    "stories:keep",
    "stories:delete",
    "stories:write",
    "stories:thank",
    "stories:respond",
    "stories:new",
    "members:profile",
    "networks:block",
    "digests:letter",
    "members:vouch",
    "members:mail",
    "conversations:conversation",
    "coalitions:new",
    "coalitions:coalition",
    "coalitions:requests",
    "coalitions:invite",
    "coalitions:invited",
    "coalitions:change",
    "coalitions:close",
    "coalitions:leave",
    "coalitions:notices",
    "coalitions:members",
    "gatherings:new",
    "gatherings:gathering",
    "gatherings:change",
    "gatherings:call_off",
    "cohorts:join",
}
