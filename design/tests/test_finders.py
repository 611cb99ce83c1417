"""One stylesheet for visitors, made of one file a component."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from design.finders import STYLESHEET, Stylesheet, stylesheet

SOURCES = Path(settings.BASE_DIR) / "static" / "css"
KILOBYTE = 1000
FOR_FEW_PAGES = {"gallery.css", "letter.css"}


@pytest.fixture
def finder(settings, tmp_path):
    settings.STATE = tmp_path
    return Stylesheet()


def test_every_file_is_named_once_in_main_but_those_that_few_pages_need():
    named = re.findall(r'url\("([\w-]+\.css)"\)', (SOURCES / "main.css").read_text())
    files = {path.name for path in SOURCES.glob("*.css")}
    assert sorted(named) == sorted(files - {"main.css", "print.css", *FOR_FEW_PAGES})


def test_the_stylesheet_has_no_further_requests_in_it():
    assert "@import" not in stylesheet()
    assert "url(" not in stylesheet()


def test_layers_are_ordered_before_any_rule():
    assert stylesheet().startswith("@layer reset,tokens,base,layout,components,utilities,print;@layer reset{")


def test_the_stylesheet_keeps_its_limit():
    assert len(stylesheet().encode()) < 40 * KILOBYTE


def test_static_files_find_it():
    assert Path(finders.find(STYLESHEET)).read_text() == stylesheet()


def test_it_is_collected_with_the_other_files(finder):
    [(path, storage)] = finder.list([])
    assert path == STYLESHEET
    with storage.open(path) as collected:
        assert collected.read().decode() == stylesheet()


def test_an_older_copy_is_replaced(finder, tmp_path):
    older = tmp_path / "design" / STYLESHEET
    older.parent.mkdir(parents=True)
    older.write_text("body { color: red; }")
    assert Path(finder.find(STYLESHEET)) == older
    assert older.read_text() == stylesheet()


def test_a_copy_that_is_current_is_left_alone(finder):
    first = Path(finder.find(STYLESHEET))
    written = first.stat().st_mtime_ns
    assert finder.find(STYLESHEET, find_all=True) == [str(first)]
    assert first.stat().st_mtime_ns == written


def test_other_files_are_not_its_business(finder):
    assert finder.find("css/tokens.css") == []
    assert finder.check() == []
