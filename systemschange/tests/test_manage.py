"""The command line, as somebody uses it who has set up nothing."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings


def manage(command, *, state, given=""):
    environment = {"PATH": os.environ["PATH"], "STATE": str(state)}
    return subprocess.run(
        [sys.executable, "manage.py", command], cwd=settings.BASE_DIR, env=environment, input=given, text=True,
        capture_output=True, timeout=60,
    )  # fmt: skip


@pytest.mark.long
def test_a_text_is_checked_without_any_setting_or_server(tmp_path):
    done = manage("check_text", state=tmp_path, given='{"text": "Ring her on 07700 900123."}\n')
    assert done.returncode == 0, done.stderr
    (finding,) = json.loads(done.stdout)["findings"]
    assert finding["kind"] == "PHONE"


def test_a_command_that_needs_a_site_says_what_is_missing(tmp_path):
    done = manage("migrate", state=tmp_path)
    assert done.returncode == 1
    assert "DATABASE_URL" in done.stderr
