"""One conversation with the mail relay, and what it means for the mail.

The SMTP of a letter is spoken here, over a connection that `smtplib` opens, with one write for the envelope where the
relay takes several commands at once (RFC 2920) and one for the mail: `smtplib` would look at each line of each mail
again. What is sent has been made ready: lines end with CRLF, and none begins with a dot.
"""

import email
import re
import socket
import ssl
import struct
from datetime import timedelta
from email import policy
from typing import NamedTuple

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.smtp import EmailBackend

from digests.models import Delivery

State = Delivery.State
BACK_OFF = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60)]
NO_MAILBOX = re.compile(rb"5\.1\.1\b")
# What goes between < and > in a command: printable, and nothing that ends it.
SAFE = re.compile(r"[!-;=?-~]+@[!-;=?-~]+")
LONGEST_LINE = 8192
STAGES = ("sender", "address", "data")
START_MAIL, HANGS_UP = 354, 421
LOST = "The connection was lost."


class Said(NamedTuple):
    """What became of a mail: `state` is that of its row. Planned again at once, unless `later`."""

    state: str
    reason: str = ""
    later: bool = False
    no_mailbox: bool = False
    # The relay itself is in trouble, or will have nothing from us: twenty in a row pause the letter.
    is_relays: bool = False


SENT = Said(State.SENT)
LOST_BEFORE = Said(State.PLANNED, LOST, is_relays=True)
LOST_AFTER = Said(State.UNKNOWN, LOST, is_relays=True)
UNSENDABLE = Said(State.FAILED, "Cannot be sent: the address")


class HungUp(ConnectionError):
    """The relay closed the line."""


def back_off(attempt_count: int) -> timedelta:
    """How long after so many attempts the next one waits."""
    return BACK_OFF[min(max(attempt_count, 1), len(BACK_OFF)) - 1]


def open_relay():
    """A connection that is open, whichever way mail leaves here. Raises OSError where it cannot be opened."""
    backend = get_connection()
    if isinstance(backend, EmailBackend):
        return Relay(backend)
    return Postbox(backend)


class Relay:
    """One kept SMTP connection."""

    def __init__(self, backend):
        # It connects, greets, starts TLS and signs in as the settings say.
        backend.open()
        self.smtp = backend.connection
        self.smtp.ehlo_or_helo_if_needed()
        self.socket, self.kept = self.smtp.sock, b""
        be_patient_by_itself(self.socket)
        self.takes_several = self.smtp.has_extn("pipelining")
        self.is_open = True

    def close(self):
        if self.is_open:
            self.is_open = False
            self.smtp.close()

    def leave(self):
        """Say goodbye; whether it was heard is no matter."""
        try:
            if self.is_open:
                self.socket.sendall(b"QUIT\r\n")
        except OSError:
            pass
        finally:
            self.close()

    def send(self, sender: str, address: str, mail: bytes) -> Said:
        """Hand over one mail. Only after its last dot has left can its fate be in doubt."""
        recipient = _for_the_wire(address)
        if recipient is None:
            return UNSENDABLE
        handed_over = False
        try:
            stage, code, words = self._offer(sender.encode(), recipient)
            if code != START_MAIL:
                return self._refused(stage, code, words)
            # Where this write fails its end was not taken: the relay cannot have the whole mail.
            self.socket.sendall(mail + b".\r\n")
            handed_over = True
            code, words = self._answer()
        except (OSError, ValueError):
            self.close()
            return LOST_AFTER if handed_over else LOST_BEFORE
        return SENT if code // 100 == 2 else self._refused("mail", code, words)

    def _offer(self, sender, address):
        """The envelope; the answer that decides, and of which command it is."""
        commands = [b"MAIL FROM:<" + sender + b">\r\n", b"RCPT TO:<" + address + b">\r\n", b"DATA\r\n"]
        if self.takes_several:
            self.socket.sendall(b"".join(commands))
            return self._several_answers()
        said = None
        for stage, command in zip(STAGES, commands, strict=True):
            self.socket.sendall(command)
            said = (stage, *self._answer())
            if said[1] // 100 != 2:
                break
        return said

    def _several_answers(self):
        decided = None
        for stage in STAGES:
            code, words = self._answer()
            if decided is None and (code // 100 != 2 or stage == "data"):
                decided = stage, code, words
            if code == HANGS_UP:
                break
        if decided[0] != "data" and code == START_MAIL:
            # It waits for a mail without a reader. A dot would end one; closing the line ends none.
            self.close()
        return decided

    def _refused(self, stage, code, words):
        reason = f"The relay put it off: {code}" if code < 500 else f"The relay refused it: {code}"
        if code == HANGS_UP:
            self.close()
            return Said(State.PLANNED, reason, is_relays=True)
        if not 400 <= code < 600:
            self.close()
            return LOST_AFTER if stage == "mail" else LOST_BEFORE
        self._begin_again(stage)
        if code < 500:
            return Said(State.PLANNED, reason, later=True)
        if stage == "sender":
            # That is about us, and would be the answer for everybody.
            return Said(State.PLANNED, reason, later=True, is_relays=True)
        return Said(State.FAILED, reason, no_mailbox=bool(NO_MAILBOX.match(words)))

    def _begin_again(self, stage):
        """Where an envelope was begun and no mail followed, the next one must not join it."""
        if stage == "mail" or not self.is_open:
            return
        try:
            self.socket.sendall(b"RSET\r\n")
            code, _ = self._answer()
            if code // 100 != 2:
                self.close()
        except (OSError, ValueError):
            self.close()

    def _answer(self):
        """(code, words of the last line) of one answer, which may have several lines."""
        while True:
            line = self._line()
            if line[3:4] != b"-":
                return int(line[:3]), line[4:]

    def _line(self):
        while (end := self.kept.find(b"\n")) < 0:
            more = self.socket.recv(LONGEST_LINE)
            if not more or len(self.kept) > LONGEST_LINE:
                raise HungUp
            self.kept += more
        line, self.kept = self.kept[:end], self.kept[end + 1 :]
        return line


def be_patient_by_itself(line):
    """Let the system end what takes too long: Python would ask it for leave before each word that it sends or reads."""
    seconds = line.gettimeout()
    if seconds and not isinstance(line, ssl.SSLSocket):
        patience = struct.pack("ll", int(seconds), int(seconds % 1 * 1e6))
        line.settimeout(None)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, patience)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, patience)


def _for_the_wire(address):
    """The address as it stands in a command; None where it cannot."""
    local, _, host = address.rpartition("@")
    if not host.isascii():
        try:
            host = host.encode("idna").decode()
        except UnicodeError:
            return None
    address = f"{local}@{host}"
    return address.encode() if SAFE.fullmatch(address) else None


class Postbox:
    """Any other way that Django knows to send mail, one message at a time; what it does not answer is in doubt."""

    is_open = True

    def __init__(self, backend):
        self.backend = backend
        backend.open()

    def close(self):
        self.backend.close()

    leave = close

    def send(self, sender: str, address: str, mail: bytes) -> Said:
        try:
            count = self.backend.send_messages([as_message(mail, address)])
        except Exception as error:
            return Said(State.UNKNOWN, f"Nobody knows: {error.__class__.__name__}"[:60])
        return SENT if count else Said(State.FAILED, "It was not taken")


def as_message(mail: bytes, address: str) -> EmailMultiAlternatives:
    """A ready mail as Django's backends take it."""
    read = email.message_from_bytes(mail, policy=policy.default)
    text, html = (read.get_body((kind,)) for kind in ("plain", "html"))
    ours = {"subject", "from", "to", "mime-version", "content-type", "content-transfer-encoding"}
    headers = {name: str(value) for name, value in read.items() if name.lower() not in ours}
    message = EmailMultiAlternatives(
        str(read["Subject"]), text.get_content() if text else "", str(read["From"]), [address], headers=headers
    )
    if html:
        message.attach_alternative(html.get_content(), "text/html")
    return message
