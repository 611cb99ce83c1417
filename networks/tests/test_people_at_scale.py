"""No question to the directory costs PostgreSQL much more at 25,000 members than at 5,000: held in pages read."""

import random
from statistics import median

import pytest
from django.core.management import call_command
from django.db import connection

from design.cost import cost
from members.models import Entry, User
from members.tests.factories import ListedMemberFactory
from networks import scale

pytestmark = pytest.mark.django_db
FEW, MANY = 5_000, 25_000
DRAWS = 25
MOST = 2  # times the pages
LITTLE = 100  # pages: among 5,000 three filters leave three people, which is no page of a list to compare with


def pages_read():
    """The median of the pages that each kind of question reads."""
    found = {}
    for ask in scale.Questions.KINDS:
        questions = scale.Questions(random.Random(7), rare=False)
        found[ask.__name__] = median(cost(ask(questions)).buffers for _ in range(DRAWS))
    return found


@pytest.mark.long
def test_what_a_question_reads_does_not_grow_with_the_members():
    with scale.scratch():
        scale.fill(FEW)
        few = pages_read()
        scale.fill(MANY)
        many = pages_read()
    grown = {name: (few[name], many[name]) for name in few if many[name] > max(MOST * few[name], LITTLE)}
    assert grown == {}, (few, many)


def test_the_bench_prints_a_table_and_json_and_leaves_the_sites_members_alone(capsys):
    member = ListedMemberFactory()
    call_command("bench_people", people=400, draws=2)
    printed = capsys.readouterr().out
    assert "beginning of a name" in printed
    assert '"people": 400' in printed
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM information_schema.schemata WHERE schema_name = %s", [scale.SCHEMA])
        assert cursor.fetchone() == (0,)
    assert [entry.member for entry in Entry.objects.all()] == [member]
    assert User.objects.people().get() == member
