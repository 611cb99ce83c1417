"""The three ways of sending that are compared. Each sends to the same relay, over one kept connection."""

import smtplib

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe

from bench import cpu
from digests import cards, choosing, draining, names, writing
from digests.pool import Pool
from members.models import User
from members.outbox import inliner
from reports.models import QUESTION, question_of_the_week
from stories.models import Reading, Story


def plain(issue, keys):
    """As one would at first: for each member the questions, the templates, the inliner, Django's mail classes."""
    connection = get_connection()
    context = {
        "site_url": settings.SITE_URL,
        "site_name": settings.SITE_NAME,
        "note": issue.note,
        "question": question_of_the_week(),
        "usual": QUESTION,
        "start_url": settings.SITE_URL + reverse("stories:new"),
        "letter_url": settings.SITE_URL + reverse("digests:letter"),
    }
    with cpu.measured() as spent:
        connection.open()
        for key in keys:
            connection.send_messages([_plain_mail(User.objects.select_related("profile").get(pk=key), issue, context)])
        connection.close()
    return len(keys), spent


def _plain_mail(member, issue, context):
    unread = Story.objects.readable_by(member).beyond_one_group()
    unread = unread.exclude(pk__in=Story.objects.told_by(member).values("pk"))
    unread = unread.exclude(pk__in=Reading.objects.filter(member=member).values("story"))
    stories = [cards.told(story) for story in unread.newest_first().for_listing()[:8]]
    leave_url = f"{settings.SITE_URL}{reverse('digests:leave', args=[names.leave_token(member.profile.public_id)])}"
    letter = {**context, "hello": member.first_name, "leave_url": leave_url}
    html, text = (_body(kind, letter, stories) for kind in ("html", "txt"))
    mail = EmailMultiAlternatives(
        f"Your weekly letter: {len(stories)} stories you have not read", text, to=[member.email]
    )
    mail.attach_alternative(inliner.inline(html), "text/html")
    return mail


def _body(kind, letter, stories):
    heading = get_template(f"digests/email/items/heading.{kind}").render({"words": writing.SECTIONS["story"]})
    card = get_template(f"digests/email/items/story.{kind}")
    items = heading + "".join(card.render(story) for story in stories)
    return get_template(f"digests/email/letter.{kind}").render({**letter, "items": mark_safe(items)})  # noqa: S308


def engine(step, memory):
    """The real one, with each start committed: (mails, CPU, memory after each so many mails)."""
    with cpu.measured() as spent:
        counts, resident = [draining.drain(limit=step)], []
        while counts[-1]:
            resident.append(memory())
            counts.append(draining.drain(limit=step))
    return sum(counts), spent, resident


def prebuilt(issue, readers, host, port):
    """Ready bytes through `smtplib`: the client's limit."""
    now = timezone.now()
    chosen = choosing.choose(readers, issue, now=now, pool=Pool(issue, now=now))
    press = writing.Press(issue)
    press.load([one.items for one in chosen.values()])
    mails = [
        (
            reader.email,
            press.letter(reader, chosen[reader.pk].items, message_id=names.message_id(issue.pk, reader.pk)),
        )
        for reader in readers
        if chosen[reader.pk].items
    ]
    with smtplib.SMTP(host, port) as line, cpu.measured() as spent:
        for address, mail in mails:
            line.sendmail("letters@example.org", [address], mail)
    return len(mails), spent
