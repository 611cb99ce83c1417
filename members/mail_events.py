"""What a mail provider tells about mails that it carried: that a mailbox is missing, or that a reader complained.

Optional: any relay sends, and without `MAIL_EVENTS_PROVIDER` and `MAIL_EVENTS_SECRET` nobody answers here. Anymail
knows each provider's form and proof; what is told is taken once, in any order, also before our own row of that mail.
"""

import hashlib
import json
from datetime import UTC, timedelta
from importlib import import_module

from anymail.exceptions import AnymailError
from anymail.signals import EventType
from django.conf import settings
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from members import suppressing
from members.models import MailEvent, Suppression

# Long enough for whoever looks after mail to find what happened; what it stops, stays stopped.
KEPT = timedelta(days=30)
# How each one proves that it is speaking: the name of Anymail's argument for our one secret.
BASIC = "webhook_secret"  # user:password, sent as HTTP basic authentication
PROVIDERS = {
    "amazon_ses": ("AmazonSES", BASIC),
    "brevo": ("Brevo", BASIC),
    "mailersend": ("MailerSend", "signing_secret"),
    "mailgun": ("Mailgun", "webhook_signing_key"),
    "mailjet": ("Mailjet", BASIC),
    "mailtrap": ("Mailtrap", "tracking_secret"),
    "postal": ("Postal", "webhook_key"),
    "postmark": ("Postmark", BASIC),
    "sparkpost": ("SparkPost", BASIC),
}
Kind = MailEvent.Kind
KINDS = {
    EventType.BOUNCED: Kind.BOUNCED,
    EventType.FAILED: Kind.REJECTED,
    EventType.REJECTED: Kind.REJECTED,
    EventType.DEFERRED: Kind.DEFERRED,
    EventType.COMPLAINED: Kind.COMPLAINED,
    EventType.DELIVERED: Kind.DELIVERED,
}
# Where a provider says that a bounce is for good, and how. Anymail leaves a full mailbox among them.
FOR_GOOD = {
    "amazon_ses": ("bounce bounceType", "Permanent"),
    "brevo": ("event", "hard_bounce"),
    "mailersend": ("data type", "hard_bounced"),
    "mailjet": ("hard_bounce", True),
    "postmark": ("Type", "HardBounce"),
    "sparkpost": ("msys message_event bounce_class", "10"),
}
NOT_THE_ADDRESS = {"provider", "event_id", "kind", "happened_at", "taken_at"}
MALFORMED = (ValueError, LookupError, TypeError, AttributeError, RecursionError, AnymailError, SuspiciousOperation)


@csrf_exempt
@never_cache
def take(request, provider):
    """The provider posts; whoever else asks finds nothing here."""
    if request.method not in {"POST", "HEAD"}:
        raise Http404
    webhook = webhook_of(provider)
    if request.method == "POST":
        try:
            webhook.run_validators(request)
            told = [(event, key_of(event)) for event in webhook.parse_events(request)]
        except MALFORMED:
            return HttpResponseBadRequest()
        note(provider, told, now=timezone.now())
    return HttpResponse()


def webhook_of(provider):
    """Anymail's view of the one provider that is set up, as a reader of its requests; 404 for every other."""
    secret = settings.MAIL_EVENTS_SECRET
    if not secret or provider != settings.MAIL_EVENTS_PROVIDER or provider not in PROVIDERS:
        raise Http404
    name, proof = PROVIDERS[provider]
    return getattr(import_module(f"anymail.webhooks.{provider}"), f"{name}TrackingWebhookView")(**{proof: secret})


def key_of(event):
    """One name for one thing that happened to one address: some providers tell several addresses under one number."""
    said = event.event_id or json.dumps(event.esp_event, sort_keys=True, default=str)
    return hashlib.sha256("|".join([str(said), event.event_type, event.recipient or ""]).encode()).hexdigest()


@transaction.atomic
def note(provider, told, *, now):
    """Keep each event once; what says that an address is missing, or complains, leaves it alone from now on."""
    for event, key in told:
        kind = KINDS.get(event.event_type)
        if kind and is_address(event.recipient):
            said = told_by(event, kind, now)
            _, is_new = MailEvent.objects.get_or_create(provider=provider, event_id=key, defaults=said)
            if is_new and (reason := reason_in(provider, event)):
                suppressing.suppress(event.recipient, reason=reason, now=now)


def told_by(event, kind, now):
    """The fields of its row. Where a provider names no zone it means UTC."""
    happened_at = event.timestamp or now
    return {
        "kind": kind,
        "address": suppressing.plain(event.recipient),
        "message_id": str(event.message_id or "")[:200].replace("\x00", ""),
        "happened_at": happened_at if timezone.is_aware(happened_at) else happened_at.replace(tzinfo=UTC),
        "taken_at": now,
    }


def is_address(words):
    try:
        MailEvent(address=words).clean_fields(exclude=NOT_THE_ADDRESS)
    except ValidationError:
        return False
    return bool(words)


def reason_in(provider, event):
    """Why its address is to be left alone, or None."""
    if event.event_type == EventType.COMPLAINED:
        return Suppression.Reason.COMPLAINED
    if event.event_type == EventType.BOUNCED and is_for_good(provider, event.esp_event):
        return Suppression.Reason.BOUNCED
    return None


def is_for_good(provider, said):
    path, word = FOR_GOOD.get(provider, ("", said))
    for name in path.split():
        said = said.get(name) if isinstance(said, dict) else None
    return said == word


def clear(*, now):
    """Forget what was told long ago."""
    MailEvent.objects.filter(taken_at__lt=now - KEPT).delete()
