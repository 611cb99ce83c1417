"""The letter as a mail: HTML and text from one view of what is in it."""

from django.conf import settings
from django.core.signing import Signer
from django.urls import reverse
from django.utils.crypto import salted_hmac

from digests.reader_mails import list_headers, reported, unsigned, written
from reports.models import question_of_the_week

LETTER = "digests/email/letter"
signer = Signer(salt="digests.leave", sep=".")


def leave_token(member):
    """Signed, and made of the random name of a profile: a forwarded letter gives no address away."""
    return signer.sign(member.profile.public_id)


def read_leave_token(token):
    """The public id that the token was made from; None when nobody here signed it."""
    return unsigned(signer, token)


def letter(member, issue, stories, reports, follow_ups=(), waiting=()):
    """The whole mail to one member, with all its headers. The relay is given when it is sent."""
    context = {
        "site_url": settings.SITE_URL,
        "site_name": settings.SITE_NAME,
        "member": member,
        "note": issue.note,
        "stories": [told(story) for story in stories],
        "reports": [reported(report) for report in reports],
        "added": [added(follow_up) for follow_up in follow_ups],
        "waiting": waiting,
        "question": question_of_the_week(),
        "start_url": settings.SITE_URL + reverse("stories:new"),
        "leave_url": settings.SITE_URL + reverse("digests:leave", args=[leave_token(member)]),
    }
    return written(LETTER, context, to=member.email, headers=headers(member, issue, context["leave_url"]))


def told(story):
    """A story as the letter shows it; who told it comes from the story alone."""
    names = " / ".join(boundary.name for boundary in story.boundary_list)
    return {
        "title": story.title,
        "summary": story.summary,
        "url": settings.SITE_URL + story.get_absolute_url(),
        "boundaries": story.boundary_list,
        "across": f"Inside {names}" if len(story.boundary_list) == 1 else names,
        "byline": " · ".join(part for part in story.byline_parts if part),
    }


def added(follow_up):
    """One line of news of a story that the member follows."""
    return {
        "title": follow_up.story.title,
        "now": follow_up.now_line,
        "url": settings.SITE_URL + follow_up.get_absolute_url(),
    }


def headers(member, issue, leave_url):
    # The same for each attempt, so that a mailbox that got it twice can tell; it counts nothing.
    message = salted_hmac("digests.letter", f"{issue.pk} {member.pk}").hexdigest()
    return list_headers("weekly letter", leave_url, message=message)
