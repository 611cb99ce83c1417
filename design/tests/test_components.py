"""What the components promise to their callers."""

import re
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.html import strip_tags

HOUSING = SimpleNamespace(name="Housing", family="home")
CARE = SimpleNamespace(name="Mental health", family="care")
COURTS = SimpleNamespace(name="Courts <and> advice", family="justice")


def draw(source, **context):
    return Template("{% load design %}" + source).render(Context(context)).strip()


def spoken(html):
    return re.sub(r"\s+", " ", strip_tags(html)).strip()


@pytest.mark.parametrize(
    ("systems", "words"),
    [
        ([HOUSING], "inside housing"),
        ([HOUSING, CARE], "between Housing and Mental health"),
        ([HOUSING, CARE, COURTS], "between Housing, Mental health and Courts &lt;and&gt; advice"),
    ],
)
def test_a_crossing_is_read_aloud_as_a_sentence(systems, words):
    html = draw("{% crossing systems %}", systems=systems)
    assert re.sub(r"(inside)(\w)", r"\1 \2", spoken(html)) == words


def test_a_crossing_is_a_link_only_with_an_address():
    assert draw("{% crossing systems %}", systems=[HOUSING, CARE]).startswith("<span class=")
    linked = draw('{% crossing systems href="/crossings/a--b/" size="large" %}', systems=[HOUSING, CARE])
    assert linked.startswith('<a href="/crossings/a--b/" class="crossing crossing--large">')


def test_each_half_has_the_colour_of_its_family():
    html = draw("{% crossing systems %}", systems=[HOUSING, CARE])
    assert re.findall(r"family-(\w+)", html) == ["home", "care"]


@pytest.mark.parametrize(
    ("name", "inside"), [("Housing", "housing"), ("NHS 111", "NHS 111"), ("A", "a"), ("", ""), ("Police", "police")]
)
def test_a_name_inside_a_sentence(name, inside):
    assert draw("{{ name|lowerfirst }}", name=name) == inside


def test_a_card_has_one_link_and_only_what_it_was_given():
    html = draw('{% card title "/stories/x/" %}', title="A <key>")
    assert re.findall(r'<a href="(.*?)">(.*?)</a>', html) == [("/stories/x/", "A &lt;key&gt;")]
    assert "<p" not in html
    assert "crossing" not in html


def test_a_button_with_an_address_is_a_link():
    assert draw('{% button "Go" href="/x/" id="go" %}') == '<a class="button" href="/x/" id="go">Go</a>'


def test_a_button_without_one_belongs_to_a_form():
    html = draw('{% button "Send" kind="danger" name="act" value="send" form="f" id="b" small=True %}')
    assert html == (
        '<button class="button button--danger button--small" type="submit"'
        ' name="act" value="send" form="f" id="b">Send</button>'
    )


def test_bars_are_measured_against_the_longest():
    rows = [{"label": "Worked", "count": 4}, {"label": "Partly", "count": 3}, {"label": "Not", "count": 0}]
    html = draw('{% figure_table "Tried" rows id="t" %}', rows=rows)
    assert re.findall(r'<rect class="bar__edge"[^>]*width="(.*?)"', html) == ["100%", "75%"]
    assert re.findall(r'<td class="figure__number">(\d+)</td>', html) == ["4", "3", "0"]
    assert "width" not in rows[0]


def test_a_figure_with_nothing_in_it_is_still_a_table():
    assert "<caption>Tried</caption>" in draw('{% figure_table "Tried" rows id="t" %}', rows=[])


def test_each_bar_is_filled_with_its_own_familys_hatch():
    rows = [{"label": "Housing", "count": 1, "family": "home"}, {"label": "Care", "count": 1, "family": "care"}]
    html = draw('{% figure_table "By service" rows id="fig" %}', rows=rows)
    patterns = re.findall(r'<pattern id="(.*?)"', html)
    assert sorted(re.findall(r"url\(#(.*?)\)", html)) == sorted(patterns) == ["fig-care", "fig-home"]


def test_a_page_without_neighbours_has_no_pagination():
    assert draw("{% pagination %}") == ""


def test_pages_lead_both_ways():
    html = draw('{% pagination newer="?after=3" older="?before=9" %}')
    assert re.findall(r'href="(.*?)" rel="(\w+)"', html) == [("?after=3", "prev"), ("?before=9", "next")]


def test_no_chosen_filter_draws_nothing():
    assert draw("{% chips chosen %}", chosen=[]) == ""


def test_a_chip_says_that_it_removes():
    assert spoken(draw("{% chips chosen %}", chosen=[("Housing", "?")])) == "Remove Housing"


def test_each_change_link_names_what_it_changes():
    html = draw("{% summary_list rows %}", rows=[{"label": "Title", "value": "", "change": "/x/"}])
    assert spoken(html) == "Title Nothing yet Add Title"


def test_no_message_draws_nothing():
    assert draw("{% messages none %}", none=[]) == ""


MENU = [("Stories", "/stories/"), ("People", "/people/")]


@pytest.mark.parametrize(
    ("path", "marked"),
    [("/stories/", ["page Stories"]), ("/stories/a-key/", ["true Stories"]), ("/", []), ("/people/", ["page People"])],
)
def test_the_header_marks_where_one_is(path, marked):
    html = Template('{% load design %}{% page_frame "header" %}').render(
        Context(
            {"request": RequestFactory().get(path), "site_name": "Systems Change", "site_words": {"main_menu": MENU}}
        )
    )
    found = re.findall(r'aria-current="(.*?)">(.*?)</a>', html)
    assert [" ".join(pair) for pair in found] == marked


@pytest.mark.parametrize(
    ("user", "links"),
    [
        (SimpleNamespace(is_authenticated=True), ["Account", "Sign out"]),
        (SimpleNamespace(is_authenticated=False), ["Sign in"]),
        (None, ["Sign in"]),
    ],
)
def test_the_header_knows_who_is_here_without_a_form(user, links):
    html = Template('{% load design %}{% page_frame "header" %}').render(Context({"user": user}))
    assert re.findall(r'href="/account/[^"]*"[^>]*>(.*?)</a>', html) == links
    assert "<form" not in html
