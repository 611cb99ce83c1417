"""Who stands with their name beside a story, for a reader who wants to block one of them.

Never who told or wrote something unnamed: to offer a block there would let a reader find out whose it is.
"""

from dataclasses import dataclass

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext

from members.models import User
from stories.models import Byline, Responding, Thanks

MOST = 60


@dataclass(frozen=True)
class Named:
    """Somebody by the name under which readers meet them here."""

    member: User
    name: str
    did: str

    @property
    def key(self):
        """Stands for this person on this page. It says nothing of the account: the same name elsewhere has another."""
        return salted_hmac("stories.block", f"{self.member.pk} {self.name} {self.did}").hexdigest()[:16]

    @property
    def label(self):
        return f"{self.name}, {self.did}"


def named_on(story, reader):
    """Its tellers and those who said thanks with their name, as far as this reader is shown them; not themselves."""
    found = []
    if story.byline == Byline.NAME and not story.is_retold:
        beside = story.coauthors.current().filter(named=True).select_related("member").order_by("joined_at", "pk")
        tellers = [story.author, *(person.member for person in beside)]
        found += [Named(member, member.get_full_name(), gettext("who told the story")) for member in tellers if member]
    if story.responding != Responding.HIDDEN:
        thanks = Thanks.objects.shown_to(reader).named().filter(story=story).select_related("member", "role")
        found += [Named(one.member, one.shown_name, gettext("who said thanks")) for one in thanks.order_by("pk")[:MOST]]
    others = [person for person in found if person.member != reader]
    return list({person.key: person for person in others}.values())


def named_with(contribution, reader):
    """Whoever signed it with their name; not the reader themselves."""
    signed = getattr(contribution, "byline", "") == Byline.NAME and contribution.author
    if not signed or contribution.author == reader:
        return []
    return [
        Named(
            contribution.author,
            contribution.shown_name,
            gettext("who wrote this %(lower)s") % {"lower": contribution.kind_name.lower()},
        )
    ]
