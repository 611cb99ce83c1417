"""What lies in deploy/, read by the programs that it is for, as far as that goes without an engine or a boot."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from gunicorn.workers import gthread
from ruamel.yaml import YAML

from systemschange.operations import heartbeats
from systemschange.settings.meanings import MEANINGS

ROOT = Path(settings.BASE_DIR)
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
BIN = Path(sys.executable).parent


def run(*words, **options):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False, **options)
    return done.returncode, done.stdout + done.stderr


def test_the_dockerfile_is_in_order():
    assert run(BIN / "hadolint", "--failure-threshold", "info", DEPLOY / "Dockerfile") == (0, "")


def test_images_name_their_exact_version():
    named = re.findall(r"^FROM (\S+)|^ +image: (\S+)$", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE)
    named += re.findall(r"()^ +image: (\S+)$", (DEPLOY / "compose.yaml").read_text(), re.MULTILINE)
    images = {"".join(pair) for pair in named} - {"systemschange"}
    assert len(images) == 3
    assert [image for image in images if not re.search(r":\d+\.\d+", image)] == []


@pytest.mark.parametrize(
    ("schema", "path"), [("compose-spec", "deploy/compose.yaml"), ("dependabot", ".github/dependabot.yml")]
)
def test_files_for_others_fit_their_schema(schema, path):
    status, said = run(BIN / "check-jsonschema", "--builtin-schema", f"vendor.{schema}", ROOT / path)
    assert (status, said) == (0, "ok -- validation done\n")


@pytest.fixture
def units(tmp_path):
    """The units with a folder in which their programs exist."""
    programs = tmp_path / "srv" / ".venv" / "bin"
    programs.mkdir(parents=True)
    for name in ("gunicorn", "celery", "python"):
        (programs / name).symlink_to("/bin/true")
    folder = tmp_path / "units"
    folder.mkdir()
    for unit in UNITS:
        text = unit.read_text().replace("/srv/systemschange", str(tmp_path / "srv"))
        (folder / unit.name).write_text(text)
    return folder


@pytest.mark.deploy
def test_systemd_understands_every_unit(units):
    assert len(UNITS) == 6
    status, said = run("systemd-analyze", "verify", "--man=no", *sorted(units.iterdir()))
    mine = [line for line in said.splitlines() if str(units) in line or "systemschange" in line]
    assert (status, mine) == (0, [])


@pytest.mark.deploy
@pytest.mark.parametrize("unit", [path.name for path in UNITS if path.suffix == ".service"])
def test_a_service_can_do_little_harm(units, unit):
    """systemd's own measure, from 0 (can do nothing) to 10."""
    status, said = run("systemd-analyze", "security", "--offline=true", "--threshold=25", units / unit)
    assert status == 0, said[-300:]


@pytest.mark.deploy
def test_nginx_understands_its_part(tmp_path):
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=stories.example.org"]
    run("openssl", *made, "-keyout", key, "-out", certificate)
    part = (DEPLOY / "nginx.conf").read_text()
    part = part.replace("/etc/ssl/systemschange/fullchain.pem", str(certificate))
    part = part.replace("/etc/ssl/systemschange/privkey.pem", str(key))
    part = part.replace("/var/log/nginx/systemschange.error.log", str(tmp_path / "error.log"))
    part = re.sub(r"listen (80|443)\b", lambda port: f"listen 127.0.0.1:{int(port[1]) + 18_000}", part)
    whole = tmp_path / "nginx.conf"
    events = f"pid {tmp_path}/pid; error_log {tmp_path}/main.log; events {{}} http {{ access_log off;"
    whole.write_text(f"{events} include /etc/nginx/mime.types; {part} }}")
    status, said = run("nginx", "-t", "-c", whole)
    assert status == 0, said
    assert "warn" not in said


def test_the_example_names_settings_that_there_are():
    names = re.findall(r"^(\w+)=", (DEPLOY / "environment.example").read_text(), re.MULTILINE)
    assert set(names) <= set(MEANINGS)
    assert {"SECRET_KEY", "SITE_URL", "BACKUP_RECIPIENTS", "TRUSTED_PROXY_COUNT"} <= set(names)


def test_units_and_containers_start_the_same_worker():
    """Its queues stand in two places; a queue that nobody serves is mail that never goes."""
    unit = (DEPLOY / "systemd" / "systemschange-worker.service").read_text()
    worker = YAML(typ="safe").load(DEPLOY / "compose.yaml")["services"]["worker"]["command"]
    assert re.search(r"^ExecStart=.*/(celery .*)$", unit, re.MULTILINE)[1] == " ".join(worker)
    assert worker[worker.index("--queues") + 1].split(",") == list(heartbeats.QUEUES)


@pytest.mark.parametrize("wanted", ["X-Forwarded-For $remote_addr", "X-Forwarded-Proto $scheme", "access_log off"])
def test_the_proxy_says_who_asks_and_writes_no_address_down(wanted):
    assert wanted in (DEPLOY / "nginx.conf").read_text()


def test_the_proxy_lets_go_of_a_connection_before_gunicorn_does():
    """A POST on one that is just being closed would be answered with 502: nginx sends it no second time."""
    kept = re.search(r"^upstream .*?keepalive_timeout (\d+)s;.*?^}", (DEPLOY / "nginx.conf").read_text(), re.M | re.S)
    gunicorns = re.search(r"^keepalive = (\d+)$", (DEPLOY / "gunicorn.conf.py").read_text(), re.M)
    assert int(kept[1]) < min(gthread.STOP_KEEPALIVE_LINGER, int(gunicorns[1]))


@pytest.mark.long
def test_a_web_server_loads_its_pages_and_nothing_that_only_letters_and_workbooks_need():
    """Before it forks, so that its workers share it; numpy alone would be a tenth of each."""
    command = [sys.executable, "-W", "ignore", "-c", "import sys, systemschange.wsgi; print(*sys.modules)"]
    given = {**os.environ, "DJANGO_SETTINGS_MODULE": "systemschange.tests.settings"}
    loaded = set(subprocess.check_output(command, env=given, text=True, cwd=settings.BASE_DIR).split())
    assert "systemschange.urls" in loaded
    assert not loaded & {"numpy", "openpyxl"}
