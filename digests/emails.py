"""The letter as a mail: HTML and text from one view of what is in it."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.signing import BadSignature, Signer
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils.crypto import salted_hmac

from members import outbox
from members.outbox import inliner, one_line
from practices.models import Place
from reports.models import question_of_the_week

LETTER, NEWS = "digests/email/letter", "digests/email/news"
CONFIRM = "digests.confirm"
MOST_NEWS = 8
signer = Signer(salt="digests.leave", sep=".")
confirm_signer = Signer(salt="digests.confirm", sep=".")
leave_signer = Signer(salt="digests.leave_news", sep=".")
leave_one_signer = Signer(salt="digests.leave_one", sep=".")


def leave_token(member):
    """Signed, and made of the random name of a profile: a forwarded letter gives no address away."""
    return signer.sign(member.profile.public_id)


def read_leave_token(token):
    """The public id that the token was made from; None when nobody here signed it."""
    return unsigned(signer, token)


def unsigned(signer, token):
    try:
        return signer.unsign(token)
    except BadSignature:
        return None


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


def written(folder, context, *, to, headers):
    """One mail from its three templates."""
    mail = EmailMultiAlternatives(
        one_line(in_plain(f"{folder}.subject.txt", context)),
        in_plain(f"{folder}.txt", context).strip() + "\n",
        settings.DEFAULT_FROM_EMAIL,
        [one_line(to)],
        headers=headers,
    )
    mail.attach_alternative(inliner.inline(get_template(f"{folder}.html").render(context)), "text/html")
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


def added(follow_up):
    """One line of news of a story that the member follows."""
    return {
        "title": follow_up.story.title,
        "now": follow_up.now_line,
        "url": settings.SITE_URL + follow_up.get_absolute_url(),
    }


def reported(report):
    return {"title": report.title, "introduction": report.introduction, "url": settings.SITE_URL + report.url}


def in_plain(template, context):
    """Text is not HTML: an apostrophe stays one."""
    return get_template(template).template.render(Context(context, autoescape=False))


def headers(member, issue, leave_url):
    # The same for each attempt, so that a mailbox that got it twice can tell; it counts nothing.
    message = salted_hmac("digests.letter", f"{issue.pk} {member.pk}").hexdigest()
    return list_headers("weekly letter", leave_url, message=message)


def list_headers(name, leave_url, *, message):
    host = urlsplit(settings.SITE_URL).hostname
    return {
        "Message-ID": f"<{message}@{host}>",
        "List-Id": f"{settings.SITE_NAME} {name} <{name.replace(' ', '-')}.{host}>",
        "List-Unsubscribe": f"<{leave_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }


# --- To readers without an account ------------------------------------------------------------------------------------


def ask_to_confirm(subscription, *, now):
    """The mail with the button; it names no page where being seen to ask for it could put somebody in danger."""
    about = subscription.about
    token = confirm_signer.sign(subscription.key)
    outbox.compose(
        kind=CONFIRM,
        template="digests/confirm",
        to=subscription.subscriber.address,
        context={
            "about": about if may_be_named(about) else "",
            "confirm_url": settings.SITE_URL + reverse("digests:confirm", args=[token]),
        },
        now=now,
    )


def news(subscriber, stories):
    """The mail with what is new for one subscriber. Neither its subject nor its list says what they asked for."""
    leave_url = settings.SITE_URL + reverse("digests:leave_news", args=[leave_signer.sign(subscriber.key)])
    context = {
        "site_url": settings.SITE_URL,
        "site_name": settings.SITE_NAME,
        "count": len(stories),
        "stories": [told_to_anybody(story) for story in stories[:MOST_NEWS]],
        "more_count": len(stories[MOST_NEWS:]),
        "list_url": settings.SITE_URL + reverse("stories:list"),
        "leave_url": leave_url,
        "lists": ways_out(subscriber),
    }
    # The newest of them is in no later mail, so this is the same for each attempt and for no other mail.
    message = salted_hmac("digests.news", f"{subscriber.key} {stories[0].pk}").hexdigest()
    headers = list_headers("new stories", leave_url, message=message)
    return written(NEWS, context, to=subscriber.address, headers=headers)


def ways_out(subscriber):
    """A way out of each thing that they asked for, where there are several; the mail's own leaves all of them."""
    asked = sorted(subscriber.subscriptions.confirmed().with_words(), key=lambda one: (one.asked_at, one.pk))
    if len(asked) < 2:
        return []
    return [
        {
            "name": named(one.about),
            "url": settings.SITE_URL + reverse("digests:leave_one", args=[leave_one_signer.sign(one.key)]),
        }
        for one in asked
    ]


def named(about):
    """ "new stories in Salford"; empty where it may not be named."""
    if not may_be_named(about):
        return ""
    return f"new stories in {about}" if isinstance(about, Place) else f"new stories {about}"


def may_be_named(about):
    """Not where being seen to ask for it could put somebody in danger."""
    return isinstance(about, Place) or not about.is_sensitive


def told_to_anybody(story):
    """A sensitive story is a link and no more: somebody else may read this mailbox."""
    told_story = told(story)
    if story.is_sensitive:
        return {**told_story, "title": "", "summary": "", "boundaries": [], "across": "", "byline": ""}
    return told_story
