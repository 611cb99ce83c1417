"""Any Django form, drawn by the renderer: labels, hints, errors in words, and what was typed is kept."""

import re

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.safestring import SafeString

from design import frame
from design.forms import CodeInput, DateInput, Radios, TickBoxes
from design.gallery import Sample

MEGABYTE = 1_000_000


class Note(forms.Form):
    title = forms.CharField(help_text="Plain words.", error_messages={"required": "Enter a title"})
    advice = forms.CharField(required=False, label="What should someone know first?")
    kind = forms.CharField(widget=forms.HiddenInput, error_messages={"required": "Choose a kind"})


class Choice(forms.Form):
    audience = forms.ChoiceField(
        label="Who can read it?",
        choices=[("members", "Members"), ("public", "Everyone")],
        widget=Radios(hints={"public": "Search engines too."}),
        help_text="You can change it.",
        error_messages={"required": "Choose who can read it"},
    )
    systems = forms.MultipleChoiceField(
        required=False,
        choices=[("Home", [("housing", "Housing")]), ("Care", [("mh", "Mental health")])],
        widget=TickBoxes(columns=True),
    )
    agreed = forms.BooleanField(required=False, label="The person agreed", help_text="In writing or not.")


def find(pattern, html):
    """The only match of a pattern, spaces tidied."""
    [match] = re.findall(pattern, str(html), re.DOTALL)
    return re.sub(r"\s+(?=</l)", "", re.sub(r"\s+", " ", match)).strip()


def page(form):
    source = '{% extends "base.html" %}{% block title %}Write{% endblock %}{% block main %}{{ form }}{% endblock %}'
    request = RequestFactory().get("/")
    return Template(source).render(Context({"form": form, "request": request, "site_name": "Systems Change"}))


def test_a_field_has_its_label_above_and_its_hint_tied_to_it():
    html = str(Note()["title"].as_field_group())
    assert find(r"<label[^>]*>.*?</label>", html) == '<label class="field__label" for="id_title">Title</label>'
    assert find(r"<p.*?</p>", html) == '<p class="field__hint" id="id_title_helptext">Plain words.</p>'
    assert 'aria-describedby="id_title_helptext"' in find(r"<input[^>]*>", html)


def test_optional_fields_say_so_and_required_ones_carry_no_star():
    html = str(Note())
    assert find(r'<label class="field__label" for="id_advice">(.*?)</label>', html) == (
        'What should someone know first? <span class="field__optional">(optional)</span>'
    )
    assert html.count("(optional)") == 1
    assert "*" not in html


def test_a_form_may_leave_the_word_optional_out():
    class Filters(Note):
        mark_optional = False

    assert "(optional)" not in str(Filters())


def test_an_untouched_form_shows_no_errors():
    html = str(Note())
    assert "error" not in html
    assert "aria-invalid" not in html


def test_the_summary_and_the_field_say_the_same_words():
    html = str(Note({"kind": "x"}))
    assert find(r'<a href="#id_title">(.*?)</a>', html) == "Enter a title"
    assert find(r'<p class="field__error" id="id_title_error">.*?</svg>(.*?)</p>', html) == (
        '<span><span class="visually-hidden">Error: </span>Enter a title</span>'
    )
    assert find(r'<input[^>]*name="title"[^>]*>', html).count("id_title_helptext id_title_error") == 1


def test_the_summary_takes_the_focus_without_script():
    assert " autofocus>" in find(r'<div class="error-summary".*?>', Note({}))


def test_a_page_of_several_forms_may_leave_the_focus_alone():
    assert "autofocus" not in find(r'<div class="error-summary".*?>', Sample({}))


def test_errors_of_hidden_fields_and_of_the_whole_form_are_told_without_a_link():
    form = Note({"title": "x"})
    form.add_error(None, "This was changed in another window")
    items = re.findall(r"<li>(.*?)</li>", str(form))
    assert items == ["This was changed in another window", "Choose a kind"]


def test_what_was_typed_is_kept():
    html = str(Note({"title": 'The "form" <asked> twice', "advice": "Ring first"}))
    assert 'value="The &quot;form&quot; &lt;asked&gt; twice"' in html
    assert 'value="Ring first"' in html


def test_a_megabyte_of_markup_comes_back_whole_and_harmless():
    class Long(forms.Form):
        text = forms.CharField(widget=forms.Textarea, max_length=100, error_messages={"max_length": "Shorten this"})

    paste = "<script>" * (MEGABYTE // 8)
    html = str(Long({"text": paste}))
    assert html.count("&lt;script&gt;") == MEGABYTE // 8
    assert "<script>" not in html
    assert find(r'<a href="#id_text">(.*?)</a>', html) == "Shorten this"


@pytest.mark.parametrize("layout", ["as_p", "as_table", "as_ul", "as_div", "render"])
def test_every_layout_of_django_is_drawn_like_this(layout):
    assert getattr(Note(), layout)() == str(Note())


def test_radios_are_a_fieldset_with_hints_under_their_options():
    html = str(Choice()["audience"].as_field_group())
    assert find(r"<fieldset[^>]*>", html) == (
        '<fieldset class="field" id="id_audience" aria-describedby="id_audience_helptext">'
    )
    assert find(r"<legend[^>]*>(.*?)</legend>", html) == "Who can read it?"
    assert find(r'<p class="choice__hint" id="id_audience_1_hint">(.*?)</p>', html) == "Search engines too."
    assert 'aria-describedby="id_audience_1_hint"' in find(r'<input[^>]*value="public"[^>]*>', html)


def test_an_error_about_radios_leads_to_the_first_of_them():
    html = str(Choice({}))
    assert find(r'<a href="#id_audience_0">(.*?)</a>', html) == "Choose who can read it"
    assert 'id="id_audience_0"' in html


def test_tick_boxes_keep_their_groups_and_what_was_ticked():
    html = str(Choice({"systems": ["mh"]})["systems"].as_field_group())
    assert re.findall(r'<p class="choices__group">(.*?)</p>', html) == ["Home", "Care"]
    assert re.findall(r"<input[^>]*checked[^>]*>", html) == re.findall(r'<input[^>]*value="mh"[^>]*>', html)


def test_a_single_tick_box_stands_before_its_label():
    html = str(Choice()["agreed"].as_field_group())
    assert html.index("<input") < html.index("<label")
    assert "(optional)" not in html
    assert 'aria-describedby="id_agreed_helptext"' in html


def test_parts_of_a_date_are_grouped():
    class When(forms.Form):
        day = forms.DateField(widget=forms.SelectDateWidget(years=[2025]))

    html = str(When()["day"].as_field_group())
    assert find(r"<legend[^>]*>(.*?)</legend>", html) == "Day"
    assert html.count("<select") == 3


def test_a_form_without_ids_still_renders():
    assert str(Choice(auto_id=False)).count('type="radio"') == 2


def test_a_code_is_filled_in_by_the_phone():
    html = CodeInput(attrs={"maxlength": 6}).render("code", "")
    assert 'autocomplete="one-time-code"' in html
    assert 'inputmode="numeric"' in html
    assert 'maxlength="6"' in html


def test_a_day_is_written_the_way_browsers_read_it():
    class When(forms.Form):
        day = forms.DateField(widget=DateInput())

    html = str(When(initial={"day": "2025-05-03"})["day"])
    assert 'type="date"' in html
    assert 'value="2025-05-03"' in html


@pytest.mark.parametrize(
    ("form", "title"),
    [
        (Note(), "Write · Systems Change"),
        (Note({}), "Error: Write · Systems Change"),
        (None, "Write · Systems Change"),
    ],
)
def test_the_title_says_when_something_needs_another_look(form, title):
    assert find(r"<title>(.*?)</title>", page(form)) == title


def test_the_gallery_form_holds_every_kind_of_field():
    html = str(Sample())
    kinds = set(re.findall(r'type="(\w+)"', html)) | set(re.findall(r"<(select|textarea)", html))
    assert kinds == {"text", "textarea", "select", "radio", "checkbox", "date", "file"}


@pytest.mark.parametrize(
    "words", ["letter", "", " \"'><b>&amp; ", "&#x27;", frame.GAP, "\u202eturned", "{{ form }}", "ÿ–🙂", "x" * 300]
)
def test_a_visitors_words_stand_in_their_field_as_django_would_draw_them(words):
    class Words(forms.Form):
        q = forms.CharField(max_length=200, required=False, widget=forms.TextInput({"type": "search"}))

    for typed in (words, "other", words):
        field = Words({"q": typed})["q"]
        assert frame.words_field(field) == field.as_field_group()
        assert isinstance(frame.words_field(field), SafeString)
