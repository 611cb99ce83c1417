"""The community that is played with, as addresses, sessions and drafts that the players are told."""

from django.db import connection

from bench.pages import community
from members.models import Profile, User
from stories.models import Audience, Story

READ, MEMBERS = 400, 200


def write(stories, people, *, drafts):
    """JSON: paths of stories, sessions of members, drafts with the session of who types in them."""
    found = community.write(stories, people)
    Profile.objects.filter(user__gte=community.FIRST).update(weekly_letter=True)
    with connection.cursor() as cursor:
        # The servers of tests forget the last moments when they crash; here what was told to be saved must be there.
        cursor.execute(f'ALTER DATABASE "{connection.settings_dict["NAME"]}" SET synchronous_commit = on')
    members = list(User.objects.filter(pk__gt=community.FIRST, is_active=True).order_by("pk")[: MEMBERS + drafts])
    public = Story.objects.published().filter(audience=Audience.PUBLIC).newest_first()[:READ]
    return {
        "stories": [story.get_absolute_url() for story in public],
        "report": found["report"].get_url(),
        "members": [community.session_of(member) for member in members[:MEMBERS]],
        "words": ["sb", "sba", "sd", "sde", "sg"],
        "drafts": [community.draft_of(member) for member in members[MEMBERS:]],
    }
