"""Puts the demo community and the stories from elsewhere into the database, each once.

The texts are data: `members.toml`, `stories.toml`, `elsewhere.toml` beside this file.
"""

import tomllib
from datetime import timedelta
from pathlib import Path

from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Min
from wagtail.models import Revision, TaskState, WorkflowState

from members import entries
from members.actions import agree
from members.models import Notice, User
from practices.models import Boundary, Place, Practice, Role
from stories import actions, search
from stories.models import Audience, Byline, Consent, Edit, Employer, Story, WhoseStory
from systemschange.demo import photos
from systemschange.demo.added import add_contributions
from systemschange.demo.asked import add_attempts, add_questions
from systemschange.demo.cohort import add_cohort
from systemschange.demo.desk import add_desk
from systemschange.demo.figures import add_figures
from systemschange.demo.front import add_front
from systemschange.demo.groups import add_groups
from systemschange.demo.introductions import add_introductions
from systemschange.demo.letters import add_letters
from systemschange.demo.packs import add_pack
from systemschange.demo.readers import add_readers
from systemschange.demo.reading import add_reading
from systemschange.demo.rules import add_rules
from systemschange.demo.together import add_together

FOLDER = Path(__file__).parent
FIXED = ("member", "author", "moderator", "moderator2", "editor", "admin")
APART = {"boundaries", "practices", "place", "byline_role", "source_read", "edit"}
MADE_IN_ADVANCE = timedelta(days=9)  # a story is begun about this long before it is read by others


def read(kind):
    """The tables of one data file: `members`, `stories` or `elsewhere`."""
    tables = tomllib.loads((FOLDER / f"{kind}.toml").read_text("utf-8"))
    return tables["member" if kind == "members" else "story"]


@transaction.atomic
def load_community(*, now, password="", totp=""):
    """Add the demo people and their stories. False when they are here already: nothing is touched then.

    `password` and `totp` (a base32 secret) are those of the six fixed accounts; everybody else gets in by a code.
    """
    if User.objects.filter(demo=True).exists():
        return False
    people = add_people(now=now, password=password, totp=totp)
    words = Words()
    for position, told in enumerate(read("stories")):
        add_story(told, position, people=people, words=words, now=now)
    add_readers(people=people, now=now)
    add_contributions(people=people, words=words, now=now)
    add_rules(people=people, words=words, now=now)
    add_desk(people=people, now=now)
    add_together(people, now=now)
    add_front(words=words)
    add_introductions(people=people, now=now)
    add_groups(people=people, now=now)
    add_cohort(people=people, now=now)
    add_attempts(people=people, words=words, now=now)
    add_questions(now=now)
    add_reading(people=people, words=words, now=now)
    add_pack(people=people, now=now)
    add_letters(people=people, now=now)
    Notice.objects.filter(kind__startswith="networks.", member__demo=True).delete()
    photos.add_photos()
    add_figures(now=now)
    return True


@transaction.atomic
def load_elsewhere(*, now):
    """Add the retold stories that are not here yet, and return how many that were.

    They count as older than anything a member told, so that they never push a member's story down the list.
    """
    here = set(Story.objects.exclude(source_url="").values_list("source_url", flat=True))
    oldest = Story.objects.aggregate(at=Min("first_published_at"))["at"]
    words = Words()
    added = [told for told in read("elsewhere") if told["source_url"] not in here]
    for position, told in enumerate(added):
        story = begin(
            told,
            words,
            author=None,
            at=now,
            audience=Audience.PUBLIC,
            byline=Byline.ROLE,
            whose_story=WhoseStory.GROUP,
            consent=Consent.NO_PERSON,
            employer=Employer.NOT_NEEDED,
        )
        publish(story, at=(oldest or now) - timedelta(minutes=position + 1))
    return len(added)


class Words:
    """The shared words by their slugs, and the teller's account, fetched once."""

    def __init__(self):
        self.teller = User.objects.teller()
        self.boundaries, self.places, self.practices, self.roles = (
            {word.slug: word for word in model.objects.all()} for model in (Boundary, Place, Practice, Role)
        )


# --- People -----------------------------------------------------------------------------------------------------------


def add_people(*, now, password, totp):
    # One hash for all of them: hashing is slow on purpose, and they share the password anyway.
    fixed_password, words = make_password(password or None), Words()
    groups = {group.name: group for group in Group.objects.all()}
    people = {}
    for position, described in enumerate(read("members")):
        joined = now - timedelta(days=described.get("joined_days_ago", 420 + position))
        is_fixed = described["email"].partition("@")[0] in FIXED
        user = User.objects.create(
            email=described["email"],
            first_name=described["first_name"],
            last_name=described["last_name"],
            password=fixed_password if is_fixed else make_password(None),
            is_superuser=described.get("superuser", False),
            is_staff=described.get("superuser", False) or "groups" in described,
            date_joined=joined,
            welcomed_at=joined,
            approved_at=joined if described["approved"] else None,
            demo=True,
        )
        user.groups.add(*(groups[name] for name in described.get("groups", [])))
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        if totp and user.is_staff:
            secret = get_adapter().encrypt(totp)
            Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": secret})
        agree(user, version=1, now=now)
        add_profile(user, described, words)
        people[user.email] = user
    return people


def add_profile(user, described, words):
    profile = user.profile
    profile.role = words.roles[described["role"]]
    profile.organisation = described["organisation"]
    profile.place = words.places[described["place"]]
    profile.ask_me_about = described.get("ask_me_about", "")
    profile.help_with = described.get("help_with", "")
    profile.listed_at = user.date_joined if described["listed"] else None
    profile.weekly_letter = described["weekly_letter"]
    for field, audience in described.get("seen_by", {}).items():
        setattr(profile, f"{field}_seen_by", audience)
    profile.save()
    profile.works_in.add(*(words.boundaries[slug] for slug in described["works_in"]))
    profile.would_cross_to.add(words.boundaries[described["would_cross_to"]])
    profile.practices.add(*(words.practices[slug] for slug in described.get("practices", [])))
    entries.refresh(user.pk)


# --- Stories ----------------------------------------------------------------------------------------------------------


def add_story(told, position, *, people, words, now):
    """One story up to the state it is in.

    What lies in the past is written down as it stands; what still waits for somebody comes about by the members' verbs.
    """
    author, moderator = people[told["author"]], people["moderator@demo.example"]
    # Minutes differ, so that no two stories share a moment.
    at = now - timedelta(days=age(told), minutes=7 * position + 1)
    if "published_days_ago" in told:
        story = begin(told, words, author=author, demo=True, at=at - MADE_IN_ADVANCE)
        publish(story, at=at)
    else:
        story = begin(told, words, author=author, demo=True, at=at)
    match told["state"]:
        case "waiting":
            actions.send(story, by=author, now=at)
            date_workflow(story, at=at)
        case "changes_asked":
            actions.send(story, by=author, now=at)
            actions.ask_for_changes(story, by=moderator, now=at + timedelta(days=1), comment=told["reason"])
            date_workflow(story, at=at)
        case "live_edit_waiting":
            send_edit(story, told, words, by=author, at=now - timedelta(days=told["sent_days_ago"], hours=2))
        case "hidden":
            actions.hide(story, by=author, now=now)
        case "withdrawn":
            actions.withdraw(story, by=author, now=now)


def begin(told, words, *, author, at, **outside):
    """A draft with its one revision."""
    story = Story(author=author, created_at=at, edit_number=1, **outside)
    fill(story, told, words)
    story.save()
    story.save_revision(user=words.teller, clean=False)
    Revision.objects.filter(pk=story.latest_revision_id).update(created_at=at)
    Edit.objects.create(story=story, member=author, edit_number=1, saved_at=at)
    return story


def publish(story, *, at):
    """Make the story live as if approved then, without the mails: they would tell of something long past."""
    Story.objects.filter(pk=story.pk).update(
        live=True,
        live_revision=story.latest_revision_id,
        has_unpublished_changes=False,
        first_published_at=at,
        last_published_at=at,
        opened_at=at if story.audience == Audience.PUBLIC else None,
    )
    Revision.objects.filter(pk=story.latest_revision_id).update(created_at=at)
    search.refresh(story)


def age(told):
    """Days since the story last moved."""
    return next(told[key] for key in ("published_days_ago", "sent_days_ago", "written_days_ago") if key in told)


def fill(story, told, words):
    """Give the story what the data says, word for word."""
    names = {field.name for field in Story._meta.get_fields()} - APART - {"author"}
    for name in names & told.keys():
        value = told[name]
        setattr(story, name, value.strip() if isinstance(value, str) else value)
    if "boundaries" in told:
        story.boundaries.set([words.boundaries[slug] for slug in told["boundaries"]])
    if "practices" in told:
        story.practices = [words.practices[slug] for slug in told["practices"]]
    if "place" in told:
        story.place = words.places[told["place"]]
    if "byline_role" in told:
        story.byline_role = words.roles[told["byline_role"]]


def send_edit(story, told, words, *, by, at):
    """An edit of a live story that a moderator has yet to read."""
    edited = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
    fill(edited, told["edit"], words)
    actions.save_draft(edited, by=by, now=at)
    actions.send(edited, by=by, now=at)
    edit = Story.objects.get(pk=story.pk).latest_revision
    Revision.objects.filter(pk=edit.pk).update(created_at=at)
    date_workflow(story, at=at)


def date_workflow(story, *, at):
    """Let the moderators' queue say since when the story waits."""
    states = WorkflowState.objects.filter(object_id=str(story.pk), base_content_type=content_type())
    TaskState.objects.filter(workflow_state__in=states).update(started_at=at)
    states.update(created_at=at)


def content_type():
    return ContentType.objects.get_for_model(Story)
