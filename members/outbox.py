"""The way out for every mail: a row written with the event that caused it, sent by `members.tasks.send_notices`.

PostgreSQL is the queue; the Celery message is only a nudge. Lost or doubled, it changes nothing.
"""

import logging
import smtplib

import css_inline
from celery import current_app
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import connection as database
from django.db import transaction
from django.template import Context, TemplateDoesNotExist
from django.template.loader import get_template
from django.utils import timezone
from kombu.exceptions import OperationalError

from design import languages
from members import kinds, mail, suppressing
from members.models import Notice

log = logging.getLogger(__name__)
inliner = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
SUBJECT_LENGTH = 150
NO_MAILBOX = "5.1.1"  # RFC 3463: the address is well formed, and nobody has it


def compose(*, kind, template, now, context=None, language=None, **to):
    """Render the mail `template` ("stories/story_live": .subject.txt, .txt and perhaps .html in its email folder)
    and post it; `to`, `member`, `caused_by`, `headers` and `secret` as for `post`.

    It is in the language of the member; `language`: of whoever reads it, where the mail goes to an address.
    """
    subject, text, html = rendered(
        kind=kind, template=template, member=to.get("member"), context=context, language=language
    )
    return post(kind=kind, subject=subject, text=text, html=html, now=now, **to)


def rendered(*, kind, template, member, context=None, language=None):
    """Subject, text and HTML of a mail; to somebody unknown in the language of the page that caused it."""
    if languages.is_one_of_several():
        language = languages.of_page() if language is None and member is None else language
        language = member.language if language is None else language
        # Before the switch: an address is read in the language that it was written in.
        context = {name: languages.readdressed(value, language) for name, value in (context or {}).items()}
    with languages.spoken(language):
        return _rendered(kind, template, member, context)


def _rendered(kind, template, member, context):
    room, name = template.rsplit("/", 1)
    path = f"{room}/email/{name}"
    group = kinds.group_of(kind)
    context = {
        "site_url": settings.SITE_URL,
        "site_name": settings.SITE_NAME,
        "member": member,
        "stop_url": mail.stop_url(member, group) if member and group and group.is_wished else "",
        **(context or {}),
    }
    try:
        html = inliner.inline(get_template(f"{path}.html").render(context))
    except TemplateDoesNotExist:
        html = ""
    subject, text = _plain(f"{path}.subject.txt", context), _plain(f"{path}.txt", context)
    return subject, text.strip() + "\n", html


def _plain(template, context):
    """Text is not HTML: an apostrophe stays one, whether or not the template says so."""
    return get_template(template).template.render(Context(context, autoescape=False))


def post(*, kind, subject, text, now, to="", member=None, caused_by=None, html="", headers=None, secret=False):
    """Put one mail to one address into the outbox, in the current transaction, and nudge a worker once it commits.

    `to` defaults to the member's own address. `caused_by` is the member whose doing it tells of: it is not sent where
    a block stands between the two by then. A `secret` mail holds a code: its words are deleted once sent.
    """
    notice = Notice.objects.create(
        kind=kind,
        member=member,
        caused_by=caused_by,
        to=one_line(to or member.email),
        subject=one_line(subject)[:SUBJECT_LENGTH],
        text=text,
        html=html,
        headers={one_line(name): one_line(value) for name, value in (headers or {}).items()},
        secret=secret,
        created_at=now,
        due_at=now,
    )
    if not any(call[1] is wake for call in database.run_on_commit):
        transaction.on_commit(wake, robust=True)
    return notice


def one_line(value):
    """No line break and no invisible sign: nothing that could begin another header or turn the reading direction."""
    line = " ".join(str(value).split())
    return line if line.isprintable() else "".join(sign for sign in line if sign.isprintable())


def wake():
    """Nudge a worker; without Valkey the mail waits for the next beat."""
    try:
        current_app.send_task("members.tasks.send_notices", retry=False, expires=55)
    except OperationalError as error:
        log.warning("No worker could be told about new mail (%s): the next beat finds it.", error.__class__.__name__)


def drain(*, clock=timezone.now):
    """Send what is due over one connection. Any number of workers may do so at once."""
    Notice.objects.give_up_lost(now=clock())
    relay = get_connection()
    try:
        while (notice := Notice.objects.claim(now=clock())) and _send(notice, relay, clock):
            pass
    finally:
        relay.close()


def _send(notice, relay, clock):
    """One claimed mail; answers whether the relay can be asked for the next one."""
    if notice.is_late:
        notice.mark_failed("Too late to be of use.")
        return True
    if notice.member and not notice.member.may_sign_in:
        notice.mark_failed("The account was closed before this was sent.")
        return True
    if notice.is_behind_a_block:
        # Without a trace: who looks after mail that did not go is not told of blocks.
        notice.delete()
        return True
    if not mail.is_still_right(notice, now=clock()):
        notice.delete()
        return True
    if not mail.settle(notice, now=clock()):
        return True
    try:
        relay.open()
    except OSError as error:
        log.warning("The mail relay does not answer: %s", error.__class__.__name__)
        notice.put_off(f"No connection: {error.__class__.__name__}", now=clock())
        return False
    return _hand_over(notice, relay, clock)


def _hand_over(notice, relay, clock):
    try:
        relay.send_messages([_message(notice)])
    except smtplib.SMTPRecipientsRefused as refused:
        return _judge(notice, *next(iter(refused.recipients.values())), clock)
    except smtplib.SMTPResponseException as refused:
        return _judge(notice, refused.smtp_code, refused.smtp_error, clock)
    except (smtplib.SMTPServerDisconnected, TimeoutError, ConnectionError) as lost:
        # Nobody can know whether the relay took it before the line went dead.
        notice.mark_unknown(f"The connection was lost: {lost.__class__.__name__}")
        return False
    except (ValueError, smtplib.SMTPException) as unsendable:
        notice.mark_failed(f"It cannot be sent: {unsendable.__class__.__name__}")
        return True
    notice.mark_sent(now=clock())
    return True


def _judge(notice, code, words, clock):
    """What the relay said: 4xx is "not now", 5xx is "never", all else leaves it in doubt; after 421 it hangs up."""
    said = f"{code} {words.decode(errors='replace') if isinstance(words, bytes) else words}"
    if code >= 500:
        notice.mark_failed(said)
        if NO_MAILBOX in said:
            suppressing.suppress(notice.to, reason=suppressing.Reason.BOUNCED, now=clock())
    elif code >= 400:
        notice.put_off(said, now=clock())
    else:
        notice.mark_unknown(said)
    return code != 421


def _message(notice):
    headers = {"Message-ID": notice.message_id, "Auto-Submitted": "auto-generated"}
    headers |= mail.headers_of(notice) | notice.headers
    text, html = mail.words_of(notice)
    message = EmailMultiAlternatives(notice.subject, text, settings.DEFAULT_FROM_EMAIL, [notice.to], headers=headers)
    if html:
        message.attach_alternative(html, "text/html")
    return message
