"""Mails to readers without an account: the one with the button, and the one with what is new."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.signing import BadSignature, Signer
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from design import languages
from digests.models import Subscription
from members import outbox
from members.outbox import inliner, one_line
from practices.models import Place

Kind = Subscription.Kind
CONFIRM, NEWS = "digests.confirm", "digests/email/news"
MOST_STORIES, MOST_REPORTS = 8, 3
confirm_signer = Signer(salt="digests.confirm", sep=".")
leave_signer = Signer(salt="digests.leave_news", sep=".")
leave_one_signer = Signer(salt="digests.leave_one", sep=".")
# What a list of mails is called in their headers: never which crossing or which place.
LIST_NAMES = {Kind.REPORTS: "reports", Kind.LETTER: _("public letter")}
ANY_LIST = _("new stories")


def unsigned(signer, token):
    try:
        return signer.unsign(token)
    except BadSignature:
        return None


def ask_to_confirm(subscription, *, now):
    """The mail with the button; it names no page where being seen to ask for it could put somebody in danger."""
    token = confirm_signer.sign(subscription.key)
    outbox.compose(
        kind=CONFIRM,
        template="digests/confirm",
        to=subscription.subscriber.address,
        context={
            "wanted": named(subscription.about) or ANY_LIST,
            "confirm_url": settings.SITE_URL + reverse("digests:confirm", args=[token]),
        },
        now=now,
    )


def news(subscriber, found):
    """The mail with what is new for one subscriber, in their language. Neither its subject nor its list says what they
    asked for."""
    with languages.spoken(subscriber.language):
        return _news(subscriber, found)


def _news(subscriber, found):
    leave_url = way_out(subscriber, found.lists)
    context = {
        "site_url": settings.SITE_URL,
        "site_name": settings.SITE_NAME,
        "stories_count": len(found.stories),
        "stories": [told_to_anybody(story) for story in found.stories[:MOST_STORIES]],
        "more_count": len(found.stories[MOST_STORIES:]),
        "list_url": settings.SITE_URL + reverse("stories:list"),
        "reports_count": len(found.reports),
        "reports": [reported(report) for report in found.reports[:MOST_REPORTS]],
        "more_reports_count": len(found.reports[MOST_REPORTS:]),
        "reports_url": settings.SITE_URL + reverse("reports:list"),
        "leave_url": settings.SITE_URL + reverse("digests:leave_news", args=[leave_signer.sign(subscriber.key)]),
        "lists": ways_out(found.asked),
    }
    # The newest of them is in no later mail, so this is the same for each attempt and for no other mail.
    message = salted_hmac("digests.news", f"{subscriber.key} {found.opened.isoformat()}").hexdigest()
    kinds = {one.kind for one in found.lists}
    name = LIST_NAMES.get(kinds.pop(), ANY_LIST) if len(kinds) == 1 else ANY_LIST
    return written(NEWS, context, to=subscriber.address, headers=list_headers(name, leave_url, message=message))


def way_out(subscriber, lists):
    """What the mail program's own button leaves: the one list that this mail is about, or all where it is several."""
    if len(lists) == 1:
        return leave_one_url(lists[0])
    return settings.SITE_URL + reverse("digests:leave_news", args=[leave_signer.sign(subscriber.key)])


def ways_out(asked):
    """A way out of each thing that they asked for, where there are several."""
    if len(asked) < 2:
        return []
    return [{"name": named(one.about), "url": leave_one_url(one)} for one in asked]


def leave_one_url(subscription):
    return settings.SITE_URL + reverse("digests:leave_one", args=[leave_one_signer.sign(subscription.key)])


def named(about):
    """ "new stories from people in Salford"; empty where it may not be named."""
    if isinstance(about, Kind):
        return about.label
    if not may_be_named(about):
        return ""
    return (
        gettext("new stories from %(spoken)s") % {"spoken": about.spoken}
        if isinstance(about, Place)
        else gettext("new stories %(about)s") % {"about": about}
    )


def may_be_named(about):
    """Not where being seen to ask for it could put somebody in danger."""
    return isinstance(about, Place) or not about.is_sensitive


def told_to_anybody(story):
    """A story as a mail shows it. A sensitive one is a link and no more: somebody else may read this mailbox."""
    url = settings.SITE_URL + story.get_absolute_url()
    if story.is_sensitive:
        return {"url": url}
    names = " / ".join(boundary.name for boundary in story.boundary_list)
    return {
        "title": story.title,
        "summary": story.summary,
        "url": url,
        "across": gettext("Inside %(names)s") % {"names": names} if len(story.boundary_list) == 1 else names,
        "byline": " · ".join(part for part in story.byline_parts if part),
    }


def reported(report):
    return {"title": report.title, "introduction": report.introduction, "url": settings.SITE_URL + report.url}


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


def in_plain(template, context):
    """Text is not HTML: an apostrophe stays one."""
    return get_template(template).template.render(Context(context, autoescape=False))


def list_headers(name, leave_url, *, message):
    host = urlsplit(settings.SITE_URL).hostname
    with languages.spoken(settings.LANGUAGE_CODE):  # mail programs sort by it: a list has one name
        name = str(name)
    return {
        "Message-ID": f"<{message}@{host}>",
        "List-Id": f"{settings.SITE_NAME} {name} <{name.replace(' ', '-')}.{host}>",
        "List-Unsubscribe": f"<{leave_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }
