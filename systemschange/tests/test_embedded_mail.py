"""Mail that nobody sends: a file, a line in the log, a page at /mail/."""

import pytest
from django.core.mail import EmailMultiAlternatives, send_mail
from django.urls import include, path

from systemschange.embedded.mail import FileBackend, folder
from systemschange.urls import handler400, handler403, handler404, handler500
from systemschange.urls import urlpatterns as without_mail

__all__ = ["handler400", "handler403", "handler404", "handler500"]

# In a set that keeps its mails the settings mount this; the tests' own set sends them by SMTP.
urlpatterns = [path("mail/", include("systemschange.embedded.urls")), *without_mail]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture
def embedded(settings, tmp_path):
    settings.STATE = tmp_path
    settings.EMAIL_BACKEND = "systemschange.embedded.mail.FileBackend"


def names():
    return sorted(path.stem for path in folder().iterdir())


def test_a_mail_becomes_one_file_and_one_line(embedded, capsys):
    send_mail("A crossing", "Nothing to copy here.", "a@example.org", ["b@example.org", "c@example.org"])
    assert len(names()) == 1
    assert capsys.readouterr().out == "mail to b@example.org, c@example.org: A crossing\n"


def test_the_line_of_a_mail_with_a_sign_in_code_holds_the_code(embedded, capsys):
    send_mail("Your code", "Type this:\n\n123456\n\nIt works for 15 minutes.", "a@example.org", ["b@example.org"])
    assert capsys.readouterr().out == "mail to b@example.org: Your code (code 123456)\n"


def test_a_number_among_words_is_no_code(embedded, capsys):
    send_mail("A letter", "We rang 123456 and NHS-111.", "a@example.org", ["b@example.org"])
    assert capsys.readouterr().out == "mail to b@example.org: A letter\n"


def test_the_backend_says_how_many_it_kept(embedded):
    mails = [EmailMultiAlternatives(str(number), "", "a@example.org", ["b@example.org"]) for number in range(3)]
    assert FileBackend().send_messages(mails) == 3


def test_the_list_shows_the_newest_first_in_pages_of_fifty(embedded, client):
    for number in range(51):
        send_mail(f"Mail {number}", "Text", "a@example.org", ["b@example.org"])
    first, second = client.get("/mail/"), client.get("/mail/?page=2")
    assert [mail["subject"] for mail in first.context["mails"]] == [f"Mail {number}" for number in range(50, 0, -1)]
    assert [mail["subject"] for mail in second.context["mails"]] == ["Mail 0"]
    assert (first.context["newer"], first.context["older"]) == ("", "?page=2")
    assert (second.context["newer"], second.context["older"]) == ("?page=1", "")


def test_an_empty_mailbox_says_so(embedded, client):
    assert "No mail yet" in client.get("/mail/").content.decode()


def test_a_mail_is_shown_with_its_text_and_its_html_stays_in_a_document_that_may_do_nothing(embedded, client):
    mail = EmailMultiAlternatives("Hello", "Read <b>this</b>", "a@example.org", ["b@example.org"])
    mail.attach_alternative("<script>alert(1)</script><p style='color:red'>Read this</p>", "text/html")
    mail.send()
    [name] = names()
    page, html, raw = (client.get(f"/mail/{name}/{part}") for part in ("", "html/", "raw/"))
    assert "Read &lt;b&gt;this&lt;/b&gt;" in page.content.decode()
    assert "alert(1)" not in page.content.decode()
    assert html.content.decode() == "<script>alert(1)</script><p style='color:red'>Read this</p>"
    nothing = {f"{kind} 'none'" for kind in ("default-src", "script-src", "connect-src", "form-action", "base-uri")}
    assert {*nothing, "sandbox allow-popups"} <= set(html["Content-Security-Policy"].split("; "))
    assert (raw["Content-Type"], raw.content[:14]) == ("text/plain; charset=utf-8", b"Content-Type: ")


def test_links_lead_to_the_address_at_which_the_mail_is_read(embedded, client, settings):
    settings.SITE_URL = "http://localhost:8000"
    mail = EmailMultiAlternatives("Hello", "http://localhost:8000/stories/", "a@example.org", ["b@example.org"])
    mail.attach_alternative('<a href="http://localhost:8000/stories/">Stories</a>', "text/html")
    mail.send()
    [name] = names()
    page = client.get(f"/mail/{name}/", headers={"host": "127.0.0.1"}).content.decode()
    html = client.get(f"/mail/{name}/html/", headers={"host": "127.0.0.1"}).content.decode()
    assert '<a href="http://127.0.0.1/stories/"' in page
    assert html == '<a href="http://127.0.0.1/stories/">Stories</a>'


def test_a_mail_without_html_has_an_empty_document(embedded, client):
    send_mail("Hello", "Text", "a@example.org", ["b@example.org"])
    [name] = names()
    assert client.get(f"/mail/{name}/html/").content == b""
    assert f"/mail/{name}/html/" not in client.get(f"/mail/{name}/").content.decode()


@pytest.mark.parametrize("address", ["/mail/nothing/", "/mail/nothing/html/", "/mail/nothing/raw/"])
def test_an_unknown_mail_is_a_404(embedded, client, address):
    assert client.get(address).status_code == 404


def test_where_mails_are_sent_there_is_no_mailbox(client):
    assert client.get("/mail/").status_code == 404


@pytest.mark.urls("systemschange.urls")
def test_where_mails_are_sent_the_address_is_not_mounted(client):
    assert client.get("/mail/").status_code == 404
