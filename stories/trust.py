"""Which stories may go live first and be read after, and why the others wait."""

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from stories.models import Audience, Consent, PublishedFirst, StoryBoundary, StoryLogEntry, TrustEnd
from stories.recognising import has_open_words


def is_trusted(teller):
    """After so many stories that a moderator approved and nobody took down, unless a moderator ended it."""
    if not settings.TRUSTED_AFTER or teller is None or TrustEnd.objects.filter(member=teller).exists():
        return False
    unread = PublishedFirst.objects.to_be_read().filter(story=OuterRef("pk"))
    stands = Q(live=True) | Q(withdrawn_at__isnull=False)
    told = teller.stories.filter(stands, first_published_at__isnull=False, source_url="").exclude(Exists(unread))
    return told.count() >= settings.TRUSTED_AFTER


def _was_doubted(version):
    return version.changes_are_asked or _was_taken_down(version)


def _was_taken_down(version):
    return StoryLogEntry.objects.for_instance(version).filter(action="stories.take_down").exists()


def _was_sensitive(version):
    """The live story is, and this version would end its protection."""
    carried = StoryBoundary.objects.filter(content_object=version.pk, tag__sensitive=True)
    return version.live and carried.exists()


# Whether it holds of a version that its teller is about to send, and the sentence that teller and moderators read.
WAITS_WHEN = (
    (lambda version: not is_trusted(version.author), _("Its teller’s stories are read before they go live.")),
    (
        lambda version: version.is_sensitive or _was_sensitive(version),
        _("Being recognised in one of its services can put someone in danger."),
    ),
    (lambda version: version.consent == Consent.DETAILS_CHANGED, _("The person supported could not be asked.")),
    (lambda version: version.waits_for_wider_reach, _("It asks to be read by more people, or with a name.")),
    (
        lambda version: version.audience == Audience.COALITION,
        _("One group only reads it: no moderator could read it after."),
    ),
    (lambda version: version.was_typed_for_them, _("Somebody typed it for its teller.")),
    (lambda version: version.names_another, _("Somebody who writes along asks to be named.")),
    (lambda version: version.has_waiting_photos(), _("It has a photo that no moderator has seen.")),
    (lambda version: version.is_retold, _("It is retold from elsewhere.")),
    (has_open_words, _("Somebody could be recognised by a word in it that no moderator has read.")),
    (_was_doubted, _("A moderator asked for changes or took it down before.")),
)


def reasons_to_wait(story):
    """Why a moderator reads this version before anybody else does; nothing where it may go live first."""
    return [reason for holds, reason in WAITS_WHEN if holds(story)]
