"""The gallery shows every component, and shows it the way pages may be built: nothing inline, nothing counted."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.urls import reverse

from design import drawn

COMPONENTS = Path(settings.BASE_DIR) / "templates" / "components"


@pytest.fixture
def gallery(client, db):
    drawn.forget()  # what was drawn before would not be drawn, and seen, once more
    return client.get(reverse("design:gallery"))


@pytest.mark.django_db
def test_the_gallery_asks_the_database_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get(reverse("design:gallery"))
    assert response.status_code == 200


def test_every_component_is_shown(gallery):
    shown = {template.name for template in gallery.templates if template.name}
    missing = {f"components/{path.name}" for path in COMPONENTS.glob("*.html")} - shown
    assert missing == set()


def test_readers_get_no_cookie(gallery):
    assert gallery.cookies == {}


def test_nothing_is_inline(gallery):
    html = gallery.content.decode()
    assert re.findall(r"\sstyle=|<style|\son\w+=", html) == []
    assert re.findall(r"<script(?![^>]*\ssrc=)", html) == []


def test_no_id_is_used_twice(gallery):
    ids = re.findall(r'\sid="([^"]*)"', gallery.content.decode())
    assert sorted(set(ids)) == sorted(ids)


def test_an_example_shows_its_own_call():
    source = (
        '{% load design design_gallery %}{% example "Meta" %}{# why #}{% meta "a" name %}{{ name }}{% endexample %}'
    )
    html = Template(source).render(Context({"name": "b"}))
    assert '<p class="meta"><span>a&nbsp;·</span> <span>b</span></p>\nb</div>' in html
    assert "<code>{# why #}{% meta &quot;a&quot; name %}{{ name }}</code>" in html
