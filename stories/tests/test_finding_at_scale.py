"""No question costs PostgreSQL much more at 25,000 stories than at 5,000: held in pages read, not in milliseconds."""

import random
from statistics import median

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import connection

from design.cost import cost
from stories.models import Listing
from stories.search import scale
from stories.tests.factories import StoryFactory

pytestmark = pytest.mark.django_db
FEW, MANY = 5_000, 25_000
DRAWS = 25
MOST = 2  # times the pages


def pages_read(stories):
    """The median of the pages that each kind of question reads."""
    found = {}
    for ask in scale.Questions.KINDS:
        questions = scale.Questions(AnonymousUser(), stories, random.Random(7), rare=False)
        found[ask.__name__] = median(cost(ask(questions)).buffers for _ in range(DRAWS))
    return found


@pytest.mark.long
def test_what_a_question_reads_does_not_grow_with_the_stories():
    with scale.scratch():
        scale.fill(FEW)
        few = pages_read(FEW)
        scale.fill(MANY)
        many = pages_read(MANY)
    grown = {name: (few[name], many[name]) for name in few if many[name] > MOST * few[name]}
    assert grown == {}, (few, many)


def test_the_scratch_tables_leave_the_sites_alone():
    story = StoryFactory(live=True)
    with scale.scratch():
        scale.fill(50, words=10)
        assert Listing.objects.count() == 50
    assert [listing.story for listing in Listing.objects.all()] == [story]


def test_the_bench_prints_a_table_and_json(capsys):
    call_command("bench_finding", stories=300, draws=2, words=10)
    printed = capsys.readouterr().out
    assert "best match" in printed
    assert '"stories": 300' in printed
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM information_schema.schemata WHERE schema_name = %s", [scale.SCHEMA])
        assert cursor.fetchone() == (0,)
