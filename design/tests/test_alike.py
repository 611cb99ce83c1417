"""What stands in `{% alike %}` is drawn once for the same values, and sees nothing but them."""

from typing import NamedTuple

import pytest
from django.template import Context, Engine, TemplateSyntaxError
from django.urls import NoReverseMatch, set_script_prefix
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from design import drawn

ENGINE = Engine(
    builtins=["django.templatetags.i18n"],
    libraries={"alike": "design.templatetags.alike"},
    loaders=[("django.template.loaders.locmem.Loader", {"part.html": "({{ word }}{{ reader }})"})],
)


@pytest.fixture(autouse=True)
def nothing_drawn():
    drawn.forget()


def page(between, names="word=word"):
    return ENGINE.from_string(f"{{% load alike %}}{{% alike {names} %}}{between}{{% endalike %}}")


def draw(template, **context):
    return template.render(Context(context))


def test_it_is_drawn_once_for_the_same_values_and_again_for_others(monkeypatch, settings):
    settings.CHECK_COMPILED = False
    template, looks = page("{% for one in words %}{{ one }}{% endfor %}", "words=words"), []
    alike = template.nodelist.get_nodes_by_type(object)[1]
    render = alike.nodelist.render
    monkeypatch.setattr(alike.nodelist, "render", lambda context: looks.append(1) or render(context))
    drew = [draw(template, words=words) for words in (("a", "b"), ("a", "b"), ("b", "a"))]
    assert drew == ["ab", "ab", "ba"]
    assert len(looks) == 2


def test_nothing_else_of_the_page_is_seen_in_it():
    """Else what was drawn for one reader would be shown to the next."""
    template = page('{{ word }}{{ reader }}{{ request }}{% include "part.html" %}')
    assert draw(template, word="a", reader="Amina", request="hers") == "a(a)"


def test_texts_are_escaped_and_safe_ones_apart_from_them():
    template = page("{{ word }}")
    assert draw(template, word="<b>") == "&lt;b&gt;"
    assert draw(template, word=mark_safe("<b>")) == "<b>"
    assert draw(template, word="<b>") == "&lt;b&gt;"


def test_values_that_are_equal_and_read_otherwise_are_told_apart():
    template = page("{{ word }}")
    assert [draw(template, word=word) for word in (1, True, "1", None)] == ["1", "True", "1", "None"]


def test_what_follows_from_something_else_fails_every_test():
    template = page('{% now "u" %}', names="")
    with pytest.raises(AssertionError, match="does not follow"):
        draw(template)  # in another microsecond than the one it is compared with


def test_each_language_has_its_own():
    template = page('{% translate "Yes" %} {{ word }}')
    for _ in range(2):
        with translation.override("de"):
            assert draw(template, word=gettext_lazy("No")) == "Ja Nein"
        with translation.override("en-gb"):
            assert draw(template, word=gettext_lazy("No")) == "Yes No"


def test_addresses_in_it_are_those_of_this_site():
    """A server may say that the site lies below another address."""
    template = page("{% url 'stories:list' %}", names="")
    assert draw(template) == "/stories/"
    set_script_prefix("/below/")
    try:
        assert draw(template) == "/below/stories/"
    finally:
        set_script_prefix("/")
    assert draw(template) == "/stories/"


def test_what_goes_wrong_in_it_is_said_where_templates_are_looked_into():
    engine = Engine(debug=True, libraries={"alike": "design.templatetags.alike"})
    template = engine.from_string("{% load alike %}{% alike %}{% url 'stories:nowhere' %}{% endalike %}")
    with pytest.raises(NoReverseMatch):
        template.render(Context())


class Pair(NamedTuple):
    first: str


def test_a_tuple_with_names_is_another_value_than_one_without():
    template = page("{{ word.first }}{{ word.0 }}")
    assert [draw(template, word=word) for word in (("a",), Pair("a"))] == ["a", "aa"]


def test_two_of_them_with_the_same_values_are_two():
    text = "{% alike word=word %}1{{ word }}{% endalike %}{% alike word=word %}2{{ word }}{% endalike %}"
    assert draw(ENGINE.from_string("{% load alike %}" + text), word="a") == "1a2a"


def test_without_values_it_is_the_same_for_all():
    template = page("{{ word }}.", names="")
    assert [draw(template, word=word) for word in "ab"] == [".", "."]


class Row:
    """Equal to every other, as a row is to itself with other words."""

    def __eq__(self, other):
        return True

    def __hash__(self):
        return 1


@pytest.mark.parametrize("value", [Row(), ("a", Row()), 1.5, ["a"], {"a": 1}])
def test_a_row_does_not_say_all_that_is_drawn_of_it(value):
    with pytest.raises(TypeError, match="word"):
        draw(page("{{ word }}"), word=value)


def test_a_value_needs_a_name():
    with pytest.raises(TemplateSyntaxError, match="names with values"):
        page("", names="word")
