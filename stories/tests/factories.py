"""Stories for tests, brought to their state by the real verbs, or by a short cut that is proved to equal them.

StoryFactory()                      a draft, ready to send: every answer that sending needs is there
StoryFactory(jot=True)              only the two boxes of the jot
StoryFactory(sent=True)             waits for a moderator
StoryFactory(asked=True)            a moderator asked for changes
StoryFactory(live=True)             live, read by members
StoryFactory(live=True, audience="public", byline="name", boundaries=["housing", "mental-health"], place="north-west")
StoryFactory(hidden=True), StoryFactory(withdrawn=True)
edit_of(story, tried="...")         a live story's edit, saved and not yet sent
answered_for(story)                 no word in it stops it any more
approved(story)                     by as many moderators as it takes
photo_in(story, alt="...")          a photo in the draft or the edit, not yet sent; each call another picture
pictured(**as StoryFactory)         a live story with one approved photo

StoryFactory(live=True, the_whole_way=True)     by nothing but the real verbs (see `short_cut.py`)

`boundaries`, `practices`: slugs or objects; `place`, `byline_role`: a slug or an object; `author`: a member;
`coalition`: the group alone that it is for (with `audience="coalition"` and none, one of the author's own);
`at`: when it all happened; any other field of Story by its name.
"""

from itertools import count

import factory
from django.utils import timezone

from confidentiality.pictures import clean
from confidentiality.tests.pictures import photo, upload
from members.tests.factories import MemberFactory, ModeratorFactory
from networks.tests.gathered import coalition_of
from practices.models import Boundary, Place, Practice, Role
from stories import actions
from stories.models import CoAuthor, Story
from stories.recognising import look
from stories.tests import short_cut

ANSWERS = {
    "summary": "Two teams ring each other before they refuse.",
    "noticed": "Three people had the same letter in the same month.",
    "tried": "I sat at their desk for a morning.",
    "happened": "The first fortnight was a mess, then it worked.",
    "outcome": "going",
    "shift_behaviour": "They ring. We answer.",
    "why_it_matters": "A cold flat makes people ill.",
    "whose_story": "mine",
    "consent": "no_person",
    "employer": "agreed",
}
LISTS = {"boundaries": Boundary, "practices": Practice}
ONES = {"place": Place, "byline_role": Role}


def words_of(model, words):
    slugs = [word for word in words if isinstance(word, str)]
    found = {word.slug: word for word in model.objects.filter(slug__in=slugs)} if slugs else {}
    return [found[word] if isinstance(word, str) else word for word in words]


def write(story, answers):
    for name, value in answers.items():
        if name in LISTS:
            getattr(story, name).set(words_of(LISTS[name], value))
        elif name in ONES:
            setattr(story, name, words_of(ONES[name], [value])[0] if value else None)
        else:
            setattr(story, name, value)


def edit_of(story, *, now=None, **answers):
    """What its author changed since: saved, not sent."""
    edited = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
    write(edited, answers)
    return actions.save_draft(edited, by=story.author, now=now or timezone.now())


def answered_for(story):
    """Its teller says of each word that would stop it that it is no real detail."""
    newest = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
    said = [(word, {"why": "not_real", "reason": ""}) for word in look(newest).asked_about]
    if said:
        actions.let_stay(newest, said, by=story.author, now=timezone.now())
    return story


def approved(story, *, now=None):
    """By as many moderators as it takes: where something sensitive is named, two."""
    row = actions.approve(story, by=ModeratorFactory(), now=now or timezone.now())
    if row.is_in_moderation:
        actions.approve(story, by=ModeratorFactory(), now=now or timezone.now())
    return Story.objects.get(pk=story.pk)


class CoAuthorFactory(factory.django.DjangoModelFactory):
    """Somebody who tells a story with its author: `CoAuthorFactory(story=story, lived_experience=True)`."""

    class Meta:
        model = CoAuthor

    member = factory.SubFactory(MemberFactory)
    joined_at = factory.LazyFunction(timezone.now)


NUMBERS = count(8)
NOTES = "A wall with three columns of paper notes."


def photo_in(story, *, alt=NOTES, now=None):
    """A photo that its author added since: no moderator has seen it."""
    picture = clean(upload(photo(size=(64, next(NUMBERS)))))
    return actions.add_photo(story, picture=picture, alt=alt, by=story.author, now=now or timezone.now())


def pictured(*, alt=NOTES, **answers):
    """A live story with one approved photo."""
    story = StoryFactory(**answers)
    photo_in(story, alt=alt)
    actions.send(story, by=story.author, now=timezone.now())
    return approved(story)


LIVE = {"live", "hidden", "withdrawn"}
# What saving a draft takes from the row, whatever the form says.
CHOSEN = ("demo", "search_engines", "review_date", "may_quote")
KEPT_OUTSIDE = {*Story.OUTSIDE_REVISIONS} - {"byline", "audience", "coalition", *CHOSEN}


class StoryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Story

    class Params:
        jot = factory.Trait(stage="jot")
        sent = factory.Trait(stage="sent")
        asked = factory.Trait(stage="asked")
        live = factory.Trait(stage="live")
        hidden = factory.Trait(stage="hidden")
        withdrawn = factory.Trait(stage="withdrawn")

    stage = "draft"
    author = factory.SubFactory(MemberFactory)
    title = factory.Sequence(lambda number: f"What changed, part {number}")
    at = factory.LazyFunction(timezone.now)

    @classmethod
    def _create(cls, model_class, *, stage, author, title, at, the_whole_way=False, **answers):
        answers = {"noticed": ANSWERS["noticed"], **answers}
        if answers.get("coalition"):
            answers["audience"] = "coalition"
        elif answers.get("audience") == "coalition":
            answers["coalition"] = coalition_of(author, now=at)
        if stage == "jot":
            return cls._reread(actions.jot(author=author, title=title, noticed=answers["noticed"], now=at))
        answers = {"boundaries": ["housing", "mental-health"], **ANSWERS, **answers}
        if the_whole_way or not KEPT_OUTSIDE.isdisjoint(answers):
            return cls._bring_to(stage, cls._told(author, title, at, answers), author, at)
        story = Story(author=author, title=title)
        write(story, answers)
        whole = short_cut.goes_the_whole_way(story)
        short_cut.begun(story, at=at)
        if stage in LIVE and not whole:
            short_cut.gone_live(story, at=at)
            return cls._after_it_went_live(stage, story, author, at)
        return cls._bring_to(stage, Story.objects.get(pk=story.pk), author, at)

    @staticmethod
    def _told(author, title, at, answers):
        """A draft by the real verbs."""
        story = actions.jot(author=author, title=title, noticed=answers["noticed"], now=at)
        reach = {name: answers.pop(name, getattr(story, name)) for name in ("byline", "audience", "coalition")}
        outside = {name: answers.pop(name) for name in CHOSEN if name in answers}
        Story.objects.filter(pk=story.pk).update(**reach, **outside)
        write(story, answers)
        return actions.save_draft(story, by=author, now=at)

    @classmethod
    def _bring_to(cls, stage, story, author, at):
        if stage in {"sent", "asked", *LIVE}:
            actions.send(answered_for(story), by=author, now=at)
        if stage == "asked":
            actions.ask_for_changes(story, by=ModeratorFactory(), now=at, comment="Say more about the first week.")
        if stage in LIVE:
            approved(story, now=at)
        return cls._after_it_went_live(stage, story, author, at)

    @classmethod
    def _after_it_went_live(cls, stage, story, author, at):
        if stage == "hidden":
            actions.hide(story, by=author, now=at)
        if stage == "withdrawn":
            actions.withdraw(story, by=author, now=at)
        return cls._reread(story)

    @staticmethod
    def _reread(story):
        return Story.objects.get(pk=story.pk)
