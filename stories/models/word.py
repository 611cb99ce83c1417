"""The word of a person whose story it is too: bound to the version that they read, and to who would read it."""

import hashlib
import json
from functools import cached_property

from stories.models.choices import Audience
from stories.models.standing import Standing

# What a revision holds besides the telling: Wagtail's bookkeeping, and answers that are between teller and moderator.
NOT_TOLD = {"pk", *Standing.STANDING, "consent", "consent_date", "employer"}


def version_key(content, audience, photos=()):
    """A key that changes with any told word, any photo or its words, and with who would read it.

    Saving the same words again leaves it.
    """
    told = {name: value for name, value in content.items() if name not in NOT_TOLD}
    told["tagged_boundaries"] = sorted(tagged["tag"] for tagged in told.get("tagged_boundaries", []))
    told["practices"] = sorted(told.get("practices", []))
    if photos:
        told["photos"] = photos
    kept = json.dumps([told, audience], sort_keys=True, default=str)
    return hashlib.sha256(kept.encode()).hexdigest()


def brought(name):
    """What `with_their_word()` or `for_listing()` brings along with a story; where neither was, one question asks all.

    Finding and locking a story thereby cost nothing for what most verbs never look at.
    """

    def ask(self):
        found = type(self).objects.filter(pk=self.pk).with_their_word().with_names()
        answers = found.values(*BROUGHT).first() or BROUGHT
        for other, answer in answers.items():
            self.__dict__.setdefault(other, answer)
        return self.__dict__[name]

    return cached_property(ask)


# With what stands for a story that is not in the database (any more).
BROUGHT = {
    "their_answers": (),
    "agreed_versions": (),
    "told_photos": (),
    "lived_is_asked": False,
    "is_shared": False,
    "names_another": False,
    "was_typed_for_them": False,
    "coauthor_names": (),
}


class TheirWord:
    """After `with_their_word()` nothing here costs a query."""

    their_answers = brought("their_answers")
    agreed_versions = brought("agreed_versions")
    told_photos = brought("told_photos")
    lived_is_asked = brought("lived_is_asked")
    is_shared = brought("is_shared")
    names_another = brought("names_another")
    was_typed_for_them = brought("was_typed_for_them")
    coauthor_names = brought("coauthor_names")

    def bring_from(self, story):
        """What a query brought with the story goes along when a version of it is looked at."""
        for name in BROUGHT:
            if name in story.__dict__:
                setattr(self, name, story.__dict__[name])

    @property
    def version_key(self):
        """The newest words and photos, and who would see them once they are approved."""
        audience = self.wanted_audience or self.audience
        if self.coalition_id and audience == Audience.COALITION:
            audience = f"{audience} {self.coalition_id}"  # a yes to one group is no yes to another
        return version_key(self.latest_revision.content, audience, self.told_photos)

    @property
    def needs_their_word(self):
        """Somebody whose story it is too has been asked to tell it."""
        return bool(self.their_answers or self.lived_is_asked)

    @property
    def lacks_their_word(self):
        """Somebody whose story it is too has not said yes to this very version.

        What is written down of an agreement stands for people who have no account here or who left it to their
        author; it never stands against a no, nor instead of somebody who writes along.
        """
        if not self.needs_their_word:
            return False
        agreed = self.version_key in self.agreed_versions
        return (self.lived_is_asked and not agreed) or any(self._lacks(said, agreed) for said in self.their_answers)

    def _lacks(self, said, agreed):
        if said["answer"] == "no":
            return True
        says_yes = said["answer"] == "yes" and said["version"] == self.version_key
        return not (says_yes or (said["left"] and agreed))
