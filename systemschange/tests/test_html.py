"""Every page of the demo site as the Nu HTML checker reads it, the checker of the people who write the standard."""

import json
import subprocess

import pytest
from django.test import Client

from systemschange.tests.test_pages import ACTORS, account, demo
from systemschange.tests.tools import vnu_command

pytestmark = [pytest.mark.vnu, pytest.mark.usefixtures("demo")]
__all__ = ["demo"]


def pages_of(actor):
    client = Client()
    if actor != "visitor":
        client.force_login(account(actor))
    return [(name, client.get(address, follow=True)) for name, address in ACTORS[actor]()]


def findings(folder, pages):
    """What the checker says, as one line a finding. It is asked once for all: it takes seconds to start."""
    for name, response in pages:
        (folder / f"{name}.html").write_bytes(b"".join(response))
    told = subprocess.run(
        [*vnu_command(), "--format", "json", "--stdout", "--exit-zero-always", str(folder)],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    lines = told.stdout.splitlines()
    messages = json.loads(lines[-1])["messages"]
    return sorted(
        {f"{_page(message)}: {message['message']} {message.get('extract', '')[:160]!r}" for message in messages}
    )


def _page(message):
    return message.get("url", "").rsplit("/", 1)[-1]


@pytest.mark.parametrize("actor", ACTORS)
def test_no_page_breaks_a_rule_of_html(actor, tmp_path):
    pages = pages_of(actor)
    assert len(pages) > 3
    found = findings(tmp_path, pages)
    assert "\n".join(found) == ""


def test_the_checker_finds_what_is_wrong(tmp_path):
    class Broken:
        def __iter__(self):
            return iter([b"<!doctype html><title>x</title><img src=a><p id=a><p id=a>"])

    assert any("Duplicate ID" in finding for finding in findings(tmp_path, [("broken", Broken())]))
