"""A letter as the bytes that a relay is given."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail.message import DNS_NAME
from django.utils.crypto import salted_hmac

from digests import emails
from members.mail import waiting_for_letter
from members.models import User
from stories.models import Story


def message_id(issue_id: int, member_id: int) -> str:
    """The same for each attempt, so that a mailbox that got it twice can tell; it counts nothing."""
    name = salted_hmac("digests.letter", f"{issue_id} {member_id}").hexdigest()
    return f"<{name}@{urlsplit(settings.SITE_URL).hostname or DNS_NAME}>"


class Press:
    """Writes the letters of one issue."""

    def __init__(self, issue):
        self.issue = issue

    def letter(self, reader, items, *, message_id) -> bytes:
        """Ready for DATA: lines end with CRLF, the last one too, and none begins with a dot."""
        member = User.objects.select_related("profile").get(pk=reader.pk)
        keys = [item["id"] for item in items if item["kind"] == "story"]
        stories = {story.pk: story for story in Story.objects.filter(pk__in=keys).for_listing()}
        waiting = waiting_for_letter(member) if any(item["kind"] == "waiting" for item in items) else ()
        mail = emails.letter(member, self.issue, [stories[key] for key in keys], (), waiting=waiting)
        mail.extra_headers["Message-ID"] = message_id
        data = b"\r\n".join(mail.message().as_bytes().splitlines())
        return data.replace(b"\r\n.", b"\r\n..").removesuffix(b"\r\n") + b"\r\n"
