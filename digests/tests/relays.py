"""Mail relays that misbehave as they are told, and count that they did."""

import asyncio
import contextlib
import logging
import random
import socket
from collections import Counter

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


class Server(SMTP):
    """Takes several commands at once, as relays do."""

    def __init__(self, handler, *, pipelines, **options):
        super().__init__(handler, **options)
        self.pipelines = pipelines

    async def ehlo_hook(self):
        if self.pipelines:
            await self.push("250-PIPELINING")

    async def smtp_DATA(self, arg):
        fault = self.event_handler.fault("begin", self.envelope)
        if fault == "cut":
            self.transport.abort()
            return
        await super().smtp_DATA(arg)


class Relay:
    """`faults` is asked for each mail at each stage: "sender", "address", "begin" (of DATA), "mail" (after its dot).

    It answers with an SMTP reply, "cut" (hang up without a word), "cut after" (the mail is kept, and then it hangs
    up), "hang" (says nothing), or None (all is well).
    """

    def __init__(self, faults=None, *, pipelines=True):
        self.faults, self.pipelines = faults or (lambda stage, address: None), pipelines
        self.count, self.taken, self.contents = Counter(), Counter(), []
        self.address = ""

    def fault(self, stage, envelope):
        address = envelope.rcpt_tos[0] if envelope.rcpt_tos else getattr(envelope, "offered", "")
        found = self.faults(stage, address)
        if found:
            self.count[f"{stage}: {found}"] += 1
        return found

    async def handle_MAIL(self, server, session, envelope, address, options):  # the names are the library's
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return await self._answer("sender", server, envelope, "250 OK")

    async def handle_RCPT(self, server, session, envelope, address, options):
        envelope.offered = address
        said = await self._answer("address", server, envelope, "250 OK")
        if said[:1] == "2":
            envelope.rcpt_tos.append(address)
        return said

    async def handle_DATA(self, server, session, envelope):
        found = self.fault("mail", envelope)
        if found in {None, "cut after", "hang after"}:
            self.taken[envelope.rcpt_tos[0]] += 1
            self.contents.append(envelope.content)
        return await self._act(found, server, "250 OK")

    async def _answer(self, stage, server, envelope, well):
        return await self._act(self.fault(stage, envelope), server, well)

    async def _act(self, found, server, well):
        if found in {"cut", "cut after"}:
            server.transport.abort()
            return well
        if found in {"hang", "hang after"}:
            await asyncio.sleep(3600)
        return found or well

    @contextlib.contextmanager
    def listening(self):
        logging.getLogger("mail.log").setLevel(logging.CRITICAL)
        with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as free:
            self.port = free.getsockname()[1]
        relay = self

        class Controlled(Controller):
            def factory(self):
                return Server(relay, pipelines=relay.pipelines, hostname="127.0.0.1")

        controller = Controlled(self, hostname="127.0.0.1", port=self.port)
        controller.start()
        try:
            yield self
        finally:
            controller.stop(no_assert=True)


def at_random(seed, share, faults):
    """So large a share of mails meets one of these faults: pairs of a stage and what happens there."""
    dice = random.Random(seed)

    def choose(stage, address):
        fitting = [fault for at, fault in faults if at == stage]
        return dice.choice(fitting) if fitting and dice.random() < share else None

    return choose
