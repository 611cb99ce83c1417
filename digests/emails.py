"""The letter as a mail: HTML and text from one view of what is in it."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.signing import BadSignature, Signer
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils.crypto import salted_hmac

from members.outbox import inliner, one_line

FOLDER = "digests/email/letter"
signer = Signer(salt="digests.leave", sep=".")


def leave_token(member):
    """Signed, and made of the random name of a profile: a forwarded letter gives no address away."""
    return signer.sign(member.profile.public_id)


def read_leave_token(token):
    """The public id that the token was made from; None when nobody here signed it."""
    try:
        return signer.unsign(token)
    except BadSignature:
        return None


def letter(member, issue, stories, reports):
    """The whole mail to one member, with all its headers. The relay is given when it is sent."""
    context = {
        "site_url": settings.SITE_URL,
        "site_name": settings.SITE_NAME,
        "member": member,
        "note": issue.note,
        "stories": [told(story) for story in stories],
        "reports": [reported(report) for report in reports],
        "start_url": settings.SITE_URL + reverse("stories:new"),
        "leave_url": settings.SITE_URL + reverse("digests:leave", args=[leave_token(member)]),
    }
    mail = EmailMultiAlternatives(
        one_line(in_plain("subject.txt", context)),
        in_plain("txt", context).strip() + "\n",
        settings.DEFAULT_FROM_EMAIL,
        [one_line(member.email)],
        headers=headers(member, issue, context["leave_url"]),
    )
    mail.attach_alternative(inliner.inline(get_template(f"{FOLDER}.html").render(context)), "text/html")
    return mail


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


def reported(report):
    return {"title": report.title, "introduction": report.introduction, "url": settings.SITE_URL + report.url}


def in_plain(ending, context):
    """Text is not HTML: an apostrophe stays one."""
    return get_template(f"{FOLDER}.{ending}").template.render(Context(context, autoescape=False))


def headers(member, issue, leave_url):
    host = urlsplit(settings.SITE_URL).hostname
    return {
        # The same for each attempt, so that a mailbox that got it twice can tell; it counts nothing.
        "Message-ID": f"<{salted_hmac('digests.letter', f'{issue.pk} {member.pk}').hexdigest()}@{host}>",
        "List-Id": f"{settings.SITE_NAME} weekly letter <weekly-letter.{host}>",
        "List-Unsubscribe": f"<{leave_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }
