"""Signed names: of a mail, of the page that leaves the letter, and of the address to which a mail comes back."""

import secrets
from email.utils import parseaddr
from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from django.core.signing import Signer, b64_encode
from django.utils.crypto import salted_hmac

leave_signer = Signer(salt="digests.leave", sep=".")


def host():
    return _host_of(settings.SITE_URL)


@cache
def _host_of(address):
    return urlsplit(address).hostname


class Names:
    """Signed names of what is sent, as the settings are now: they are read once, and each key is made once."""

    def __init__(self):
        secret = settings.SECRET_KEY
        self._letter, self._leave, self._envelope = (
            _begun(f"digests.{what}", secret) for what in ("letter", "leavesigner", "envelope")
        )
        self._local, self._domain = _halves(settings.DEFAULT_FROM_EMAIL)
        self._host = host()

    def message_id(self, issue, member):
        """By their keys: the same for each attempt, so that a mailbox that got it twice can tell; it counts nothing."""
        return f"<{_signed(self._letter, f'{issue} {member}').hex()[:40]}@{self._host}>"

    def leave_token(self, public_id):
        """Made of the random name of a profile: a forwarded letter gives no address away. As `leave_signer` signs."""
        return f"{public_id}.{b64_encode(_signed(self._leave, public_id)).decode()}"

    def envelope_from(self, delivery):
        """By its key: what comes back to this address tells which letter came back, to whoever can check it."""
        signature = _signed(self._envelope, str(delivery)).hex()[:16]
        return f"{self._local}+{delivery}-{signature}@{self._domain}"


def message_id(issue, member):
    return Names().message_id(issue, member)


def leave_token(public_id):
    return Names().leave_token(public_id)


def envelope_from(delivery):
    return Names().envelope_from(delivery)


@cache
def _halves(sender):
    local, _, domain = parseaddr(sender)[1].rpartition("@")
    return local, domain


def _signed(begun, value):
    signing = begun.copy()
    signing.update(value.encode())
    return signing.digest()


@cache
def _begun(salt, secret):
    return salted_hmac(salt, "", secret=secret, algorithm="sha256")


def delivery_of(envelope):
    """The key of the delivery to whose envelope this address belongs, or None."""
    key = envelope.rpartition("@")[0].rpartition("+")[2].partition("-")[0]
    if not (envelope.isascii() and key.isdecimal() and len(key) < 20):
        return None
    # Relays may write it in lower case.
    return int(key) if secrets.compare_digest(envelope_from(int(key)).lower(), envelope.lower()) else None
