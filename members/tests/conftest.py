"""Fixtures of this room's tests."""

import re

import pytest

from members.tests.factories import send_mail


@pytest.fixture
def mailed_code(mailbox):
    """The code in the newest mail to an address."""

    def newest(address):
        send_mail()
        text = mailbox.to(address)[-1].get_body(("plain",)).get_content()
        return re.search(r"^\d{6}$", text, re.MULTILINE).group()

    return newest
