"""Figures as a browser shows them: drawings say what their tables say, and a quarter is one sheet of paper."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from insights.models import PageTotal
from insights.page_totals import A_WEEK, week_of
from insights.staff import keeping
from insights.staff.quarters import Quarter
from members.tests.factories import ModeratorFactory, sign_in_staff
from stories.models import Story
from stories.tests.factories import StoryFactory
from systemschange.tests.chromium import sign_in
from systemschange.tests.test_print import PAGE, printed

FIGURES = reverse("insights_staff:figures")
PAIR = re.compile(r'<svg class="columns".*?</svg>.*?<table.*?</table>', re.DOTALL)
BAR = re.compile(
    r'<rect class="columns__bar columns__bar--(\d)" x="[\d.]+" y="[\d.]+" width="[\d.]+" height="([\d.]+)"'
)
TICK = re.compile(r'class="columns__tick"[^>]*>([\d.]+)<')
CELLS = re.compile(r"<td>(\d+)</td>")
TALLEST = 182  # from the base to the highest tick


def a_busy_autumn():
    now = timezone.now()
    for weeks, public in [(0, 3), (1, 1), (2, 5), (6, 2), (20, 1)]:
        for _ in range(public):
            story = StoryFactory(live=True, audience="public", boundaries=["housing", "police"], place="salford")
            Story.objects.filter(pk=story.pk).update(first_published_at=now - weeks * A_WEEK)
    for weeks, number in [(1, 40), (2, 17), (5, 230)]:
        week = week_of(timezone.localdate()) - weeks * A_WEEK
        PageTotal.objects.create(week=week, kind="stories:list", number=number)
    keeping.refresh(now=now)


def drawn_and_told(part):
    """Numbers as the heights of the columns say them, and as the table beside them does; nought is not drawn."""
    highest = max(float(tick) for tick in TICK.findall(part))
    table = part[part.index("<tbody") :]
    told = sorted(int(cell) for cell in CELLS.findall(table) if int(cell))
    drawn = sorted(
        round(float(height) / TALLEST * highest, 1) for _, height in BAR.findall(part[: part.index("</svg>")])
    )
    return drawn, told


def test_each_drawing_says_what_its_table_says(db):
    a_busy_autumn()
    page = sign_in_staff(Client(), ModeratorFactory()).get(FIGURES).text
    parts = PAIR.findall(page)
    assert len(parts) == 3
    for part in parts:
        drawn, told = drawn_and_told(part)
        assert told
        assert drawn == pytest.approx(told, abs=max(told) / 100)


@pytest.mark.long
def test_a_quarter_is_one_sheet_with_its_limits_and_nothing_to_press(transactional_db, browse, live_server):
    a_busy_autumn()
    page = browse()
    sign_in(page, sign_in_staff(Client(), ModeratorFactory()), live_server)
    address = reverse("insights_staff:quarter", args=[Quarter.of(timezone.now())])
    assert len(PAGE.findall(printed(page, address))) == 1
    page.emulate_media(media="print")
    for there in ["What these numbers do not say", "were told for everybody to read", "So far"]:
        assert page.get_by_text(there).first.is_visible(), there
    for gone in ["#wagtail-sidebar", ".w-slim-header", ".figures-quarters"]:
        assert not page.locator(gone).is_visible(), gone
