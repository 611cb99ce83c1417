"""The ground that every test stands on."""

import smtplib

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection


@pytest.mark.django_db
def test_the_database_is_a_migrated_clone_of_postgresql_18():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_database(), current_setting('server_version_num')::int / 10000, count(*) > 0"
            " FROM django_migrations"
        )
        name, version, migrated = cursor.fetchone()
    assert (name.split("_")[0], version, migrated) == ("test", 18, True)


def make_note():
    from django.contrib.contenttypes.models import ContentType

    ContentType.objects.create(app_label="left", model="behind")


def noted():
    from django.contrib.contenttypes.models import ContentType

    return ContentType.objects.filter(app_label="left").count(), ContentType.objects.count() > 10


@pytest.mark.parametrize("round", [1, 2])
def test_a_committed_row_is_gone_in_the_next_test_and_what_migrations_wrote_is_not(transactional_db, round):
    assert noted() == (0, True)
    make_note()


def test_mails_go_over_smtp(mailbox):
    mail.send_mail("Hello", "A text", "a@example.org", ["b@example.org"])
    [message] = mailbox.messages
    assert (message["Subject"], message["To"], message.get_content()) == ("Hello", "b@example.org", "A text\n")


def test_the_mailbox_is_empty_in_the_next_test(mailbox):
    assert mailbox.messages == []


@pytest.mark.parametrize("round", [1, 2])
def test_the_cache_is_valkey_and_empty_at_the_start(round):
    assert cache.get("kept") is None
    cache.set("kept", 1)
    assert cache._cache.get_client().info("server")["server_name"] == "valkey"


def test_another_host_cannot_be_reached():
    with pytest.raises(RuntimeError, match="allowed"), pytest.warns(UserWarning, match="allowed"):
        smtplib.SMTP("192.0.2.1", 25, timeout=1)


@pytest.mark.long
def test_a_real_worker_answers(celery_worker):
    from systemschange.celery import app

    [answer] = app.control.broadcast("ping", reply=True, limit=1, timeout=10)
    assert list(answer.values()) == [{"ok": "pong"}]


def test_a_page_opens_in_a_real_browser(page):
    assert page.goto("/healthz").status == 200
    assert page.evaluate("document.body.innerText") == "ok"


def test_a_page_opens_without_javascript(browse):
    assert browse(javascript=False, viewport={"width": 320, "height": 640}).goto("/healthz").text() == "ok"
