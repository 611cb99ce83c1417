"""A second language: off until it is asked for, and then at addresses of its own, without a cookie or a guess."""

import re

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils import translation

from stories.tests.factories import StoryFactory
from systemschange import catalogue, kept_pages
from systemschange.management.commands.catalogue import read, stale_in

polib = pytest.importorskip("polib")
GAP = re.compile(r"%\(\w+\)[sd]|\{\w*\}")


# --- Off --------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_where_nobody_asked_for_a_second_language_there_is_none(client):
    assert [code for code, _ in settings.LANGUAGES] == ["en-gb"]
    assert client.get("/cy/").status_code == 404
    home = client.get("/", headers={"accept-language": "cy"}).text
    assert '<html lang="en-GB">' in home
    assert "hreflang" not in home
    assert "Cymraeg" not in home


# --- On ---------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_each_language_has_its_own_addresses_and_each_page_names_the_other(welsh):
    path = StoryFactory(live=True, audience="public").get_absolute_url()
    english, cymraeg = welsh.get(path), welsh.get(f"/cy{path}")
    assert '<html lang="en-GB">' in english.text
    assert '<html lang="cy">' in cymraeg.text
    for page in (english.text, cymraeg.text):
        for code, address in (("en-gb", path), ("cy", f"/cy{path}")):
            assert f'<link rel="alternate" hreflang="{code}" href="{settings.SITE_URL}{address}">' in page
            assert f'<a href="{address}" lang="{code}" hreflang="{code}"' in page
    assert "Ysgrifennu stori" in cymraeg.text
    assert "Write a story" in english.text
    assert not cymraeg.cookies


@pytest.mark.django_db
def test_the_menu_of_a_welsh_page_stays_in_welsh(welsh):
    page = welsh.get("/cy/stories/").text
    header = page[page.index("<header") : page.index("</header>")]
    assert set(re.findall(r'href="(/[^"]*)"', header)) >= {"/cy/", "/cy/stories/", "/cy/people/", "/cy/stories/new/"}
    assert not re.findall(r'href="/(?!cy/)', header)


@pytest.mark.django_db
def test_the_language_is_the_addresss_and_no_browsers(welsh):
    assert '<html lang="en-GB">' in welsh.get("/", headers={"accept-language": "cy"}).text
    assert '<html lang="cy">' in welsh.get("/cy/", headers={"accept-language": "en-GB"}).text
    assert welsh.get("/cy/admin/").status_code == 404


@pytest.mark.django_db
def test_a_kept_page_is_never_given_in_the_other_language(welsh, settings):
    settings.KEPT_PAGES = 10
    kept_pages.forget()
    for _ in range(2):
        assert '<html lang="en-GB">' in welsh.get("/stories/").text
        assert '<html lang="cy">' in welsh.get("/cy/stories/").text
    kept_pages.forget()


@pytest.mark.django_db
def test_a_form_that_is_wrong_says_so_in_welsh(welsh):
    page = welsh.post("/cy/account/login/code/", {"email": ""}).text
    assert "Rhowch eich cyfeiriad e-bost" in page
    assert "Enter your e-mail address" not in page


# --- The catalogues ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", catalogue.files(), ids=lambda path: path.parts[-3])
def test_a_catalogue_holds_what_the_code_says_and_is_compiled_as_it_stands(path):
    book = polib.pofile(str(path))
    assert stale_in(catalogue.messages(), book) == []
    assert path.with_suffix(".mo").read_bytes() == book.to_binary(), "run `manage.py catalogue --write`"


@pytest.mark.parametrize("path", catalogue.files(), ids=lambda path: path.parts[-3])
def test_a_translation_has_the_same_gaps_and_the_same_elements(path):
    for entry in polib.pofile(str(path)):
        wanted = set(GAP.findall(entry.msgid)) | set(GAP.findall(entry.msgid_plural))
        for said in [entry.msgstr] if not entry.msgid_plural else entry.msgstr_plural.values():
            assert set(GAP.findall(said)) <= wanted, said
            assert entry.msgid_plural or set(GAP.findall(said)) == wanted, said
            assert re.findall("<[^>]*>", said) == re.findall("<[^>]*>", entry.msgid), said


def test_the_welsh_draft_says_that_it_is_one_and_has_welsh_plurals():
    book = read("cy")
    assert "NOBODY HAS REVIEWED" in book.header
    assert len(book.translated_entries()) >= 300
    with translation.override("cy"):
        said = [translation.ngettext("Somebody", "%(count)s people", n) % {"count": n} for n in (1, 2, 3, 6, 7)]
    assert said == ["Rhywun", "2 berson", "3 pherson", "6 pherson", "7 person"]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("gettext('One')", {("", "One")}),
        ("_('One ' 'two')", {("", "One two")}),
        ("pgettext('month', 'May')", {("month", "May")}),
        ("ngettext('One', 'Many', n)", {("", "One")}),
    ],
)
def test_messages_of_a_module_are_found(source, found):
    assert {message.key for message in catalogue.in_module(source, "x.py")} == found


@pytest.mark.parametrize("source", ["gettext(f'Hello {name}')", "_(WORDS)", "ngettext('One', many, n)"])
def test_a_message_that_is_put_together_is_refused(source):
    with pytest.raises(catalogue.NotLiteral):
        list(catalogue.in_module(source, "x.py"))


def test_what_a_template_says_is_found_as_the_template_asks_for_it():
    source = (
        '{% translate "One" %}{% button _("Two") %}'
        "{% blocktranslate count n=rows|length %}{{ n }} 100% row{% plural %}{{ n }} rows{% endblocktranslate %}"
    )
    found = {message.key: message.plural for message in catalogue.in_template(source, "x.html")}
    assert found == {("", "One"): "", ("", "Two"): "", ("", "%(n)s 100%% row"): "%(n)s rows"}
    assert "100% rows" in Template("{% load i18n %}{% blocktranslate %}100% rows{% endblocktranslate %}").render(
        Context()
    )
