"""Mails that are sent one after another over one connection, each claimed by whoever asks for it."""

import logging
import smtplib
from datetime import timedelta

from django.core.mail import get_connection

from digests.models import Delivery
from members import outbox, suppressing

log = logging.getLogger(__name__)
State = Delivery.State

PUT_OFF = timedelta(minutes=15)
BATCH = 50


def send_batch(next_one, clock):
    """Send over one connection what `next_one(now=)` gives: pairs of what is being delivered and its mail.

    Answers whether it makes sense to go on with the next batch.
    """
    relay = get_connection()
    try:
        # Before any row starts: a relay that is away leaves no row in doubt.
        relay.open()
        for _ in range(BATCH):
            delivery, mail = next_one(now=clock())
            if delivery is None:
                return False
            if mail and not _hand_over(delivery, mail, relay, clock):
                return False
        return True
    except OSError as error:
        log.warning("The mail relay does not answer: %s", error.__class__.__name__)
        return False
    finally:
        relay.close()


def _hand_over(delivery, mail, relay, clock):
    """One conversation with the relay; answers whether it can be asked for the next one."""
    try:
        relay.send_messages([mail])
    except smtplib.SMTPRecipientsRefused as refused:
        return _judge(delivery, *next(iter(refused.recipients.values())), clock())
    except smtplib.SMTPResponseException as refused:
        return _judge(delivery, refused.smtp_code, refused.smtp_error, clock())
    except smtplib.SMTPServerDisconnected:
        delivery.end(State.UNKNOWN, "The connection was lost.", now=clock())
        return False
    except (smtplib.SMTPException, ValueError) as unsendable:
        delivery.end(State.FAILED, f"Cannot be sent: {unsendable.__class__.__name__}"[:60], now=clock())
        return True
    except OSError:
        delivery.end(State.UNKNOWN, "The connection was lost.", now=clock())
        return False
    delivery.end(State.SENT, now=clock())
    return True


def _judge(delivery, code, words, now):
    """What the relay said: 4xx is "not now", 5xx is "never"; after 421 it hangs up."""
    if code >= 500:
        delivery.end(State.FAILED, f"The relay refused it: {code}", now=now)
        if outbox.NO_MAILBOX.encode() in words:
            suppressing.suppress(delivery.address, reason=suppressing.Reason.BOUNCED, now=now)
    else:
        delivery.put_off(f"The relay put it off: {code}", until=now + PUT_OFF)
    return code != 421
