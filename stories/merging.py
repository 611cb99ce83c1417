"""What becomes of this room's rows when two accounts of one person become one.

A story told without a name stays to every reader, staff included, byte for byte what it was: nothing about it may
change at the moment at which an account goes. So nothing here touches what is shown of one: also a teller's own thanks
and responses, given by their other account, stay under it.
"""

from django.db.models import Q

from members.privacy.merging import afterwards, by, goes, merges, moves, shown
from stories import models, search
from stories.models import Byline, CoAuthor, Story

STAFF_ONLY = "the work of a moderator, and neither of the two is staff"


def join_coauthors(pair):
    """Whoever tells a story with themselves tells it alone; who told a third one's twice tells it once."""
    kept, gone = pair.both
    for coauthor in CoAuthor.objects.filter(story__author__in=pair.both, member__in=pair.both):
        _part(coauthor, pair)
    twice = CoAuthor.objects.filter(member=kept, story__in=CoAuthor.objects.filter(member=gone).values("story"))
    for own in twice:
        other = CoAuthor.objects.get(story=own.story_id, member=gone)
        stays, parts = (other, own) if own.left_at and not other.left_at else (own, other)
        stays.lived_experience |= parts.lived_experience
        stays.save(update_fields=["lived_experience"])
        _part(parts, pair)
    CoAuthor.objects.filter(member=gone).update(member=kept)


def _part(coauthor, pair):
    """What they said about a version still counts."""
    coauthor.member, coauthor.left_at = None, coauthor.left_at or pair.now
    coauthor.named, coauthor.wants_name = False, False
    coauthor.save(update_fields=["member", "left_at", "named", "wants_name"])


merges(models.Story, author=moves(without="jot_key"), locked_by=moves())
merges(models.CoAuthor, member=by(join_coauthors))
for added in (models.Experiment, models.Response, models.OrganisationResponse, models.FollowUp):
    merges(added, author=moves(without="form_key"), decided_by=moves())
for own in (
    models.Thanks,
    models.Reading,
    models.Kept,
    models.Follow,
    models.Reminder,
    models.Edit,
    models.TellersMail,
):
    merges(own, member=moves())
merges(models.Attempt, member=moves(without="form_key"))
merges(models.TellerConversation, begun_by=moves())
merges(models.Asking, asked_by=moves())
merges(models.Agreement, recorded_by=moves())
merges(models.StayingWord, said_by=moves())
# Their word is not taken at once any more, whichever of the accounts that was said of.
merges(models.TrustEnd, member=moves(), ended_by=moves())

# --- Of somebody who has been a moderator -----------------------------------------------------------------------------

merges(models.Duty, moderator=goes(STAFF_ONLY))
merges(models.DailyMail, moderator=goes(STAFF_ONLY))
merges(models.Question, moderator=moves())
merges(models.FirstReading, moderator=moves())
merges(models.Feature, featured_by=moves())
merges(models.LookUp, asked_by=moves())
merges(models.Quotation, picked_by=moves())
merges(models.Suggestion, suggested_by=moves())
merges(models.PublishedFirst, read_by=moves())


@afterwards
def find_by_the_kept_name(pair):
    """Where a name stands it is the kept account's now. What has none is left as it was."""
    beside = CoAuthor.objects.filter(member=pair.kept)
    named = Story.objects.filter(Q(author=pair.kept) | Q(pk__in=beside.values("story")), byline=Byline.NAME)
    for story in named:
        search.refresh(story)


@shown
def stories_under_their_name(member, reader):
    named = (
        Story.objects.readable_by(reader).beyond_one_group().filter(author=member, byline=Byline.NAME, source_url="")
    )
    return [f"Told “{title}”" for title in named.order_by("-pk").values_list("title", flat=True)[:20]]
