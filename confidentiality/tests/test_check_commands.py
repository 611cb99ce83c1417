"""The commands: lines of JSON in and out, figures on labelled text, and a tagger that learns."""

import io
import json
import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import call_command

from confidentiality import labelled, made_up, measuring
from confidentiality.check import tagger
from confidentiality.check.tokens import sentences


def ask(monkeypatch, capsys, lines):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines.encode())))
    call_command("check_text")
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_each_line_is_answered_with_one_line(monkeypatch, capsys):
    first, second = ask(monkeypatch, capsys, '{"text": "Ring 07700 900123."}\n\n{"text": "We met."}\n')
    assert first == {
        "findings": [
            {
                "start": 5,
                "end": 17,
                "kind": "PHONE",
                "level": 3,
                "why": "A phone number can lead to a person.",
                "instead": "Leave it out, or write “we had a number to call”.",
            }
        ]
    }
    assert second == {"findings": []}


@pytest.mark.parametrize(
    "line", ["nonsense", "[1]", '"text"', "{}", '{"text": 3}', '{"text": null}', "[" * 5_000, '{"text": "a']
)
def test_a_line_that_is_no_question_gets_an_error_and_the_next_its_answer(monkeypatch, capsys, line):
    wrong, right = ask(monkeypatch, capsys, line + '\n{"text": ""}\n')
    assert list(wrong) == ["error"]
    assert right == {"findings": []}


def test_it_needs_no_database():
    """A process of its own, whose database cannot be reached."""
    environment = {"PATH": "/usr/bin:/bin", "DJANGO_SETTINGS_MODULE": "systemschange.settings", "EMBEDDED": "1"}
    environment |= {"DATABASE_URL": "postgres://nobody:no@127.0.0.1:1/none", "REDIS_URL": "redis://127.0.0.1:1"}
    answer = subprocess.run(
        [sys.executable, "manage.py", "check_text"],
        input=b'{"text": "Ring 07700 900123."}\n',
        capture_output=True,
        cwd=settings.BASE_DIR,
        env=environment,
        check=True,
    )
    assert json.loads(answer.stdout)["findings"][0]["kind"] == "PHONE"


def test_the_bench_keeps_what_was_reached_on_texts_that_it_makes_up(capsys):
    call_command("bench_check_text", texts=1_500, seed=11)
    table, figures = capsys.readouterr().out.rstrip().rsplit("\n", 1)
    found = json.loads(figures)
    assert re.search(r"^PHONE +\d+ ", table, re.M)
    short = {
        kind: row
        for kind, row in found["kinds"].items()
        if row["labelled"] and (row["recall_to_look_at"] < 0.98 or row["precision"] < 0.95)
    }
    assert short == {}
    assert found["false_looks_per_1000_words"] <= 3
    assert found["cpu_ms_p95"] < 200


def test_made_up_texts_are_the_same_for_a_seed_and_their_labels_fit():
    texts = made_up.texts(300, seed=2)
    assert texts == made_up.texts(300, seed=2)
    assert texts != made_up.texts(300, seed=3)
    assert {kind for text, spans in texts for start, end, kind in spans} == {kind for kind, make in made_up.MAKERS}
    assert all(text[start:end].strip() == text[start:end] != "" for text, spans in texts for start, end, kind in spans)


def test_labelled_text_is_read_from_columns_and_lines(tmp_path):
    (tmp_path / "a.conll").write_text(
        "Hello\tO\nSarah\tB-PER\nJones\tI-PER\n,\tO\nof\tO\nLeeds\tB-LOC\n\n-DOCSTART- O\n\nit O\nis O\n's O\n"
    )
    (tmp_path / "b.jsonl").write_text('{"text": "07700 900123", "spans": [[0, 12, "PHONE"]]}\n\n')
    (tmp_path / "c.txt").write_text("nothing to read")
    assert labelled.read(tmp_path) == [
        ("Hello Sarah Jones, of Leeds", [(6, 17, "PERSON"), (22, 27, "PLACE")]),
        ("it is's", []),
        ("07700 900123", [(0, 12, "PHONE")]),
    ]


def test_figures_are_counted_by_hand():
    texts = [
        ("Ring 07700 900123 now.", [(5, 17, "PHONE")]),
        ("Ring 07700 900124 now.", []),
        ("Ask the xyz now.", [(8, 11, "PERSON")]),
    ]
    found = measuring.measure(texts)
    phones = found["kinds"]["PHONE"]
    assert (phones["labelled"], phones["recall"], phones["flagged"], phones["precision"]) == (1, 1.0, 2, 0.5)
    assert found["kinds"]["PERSON"]["recall"] == 0
    assert (found["texts"], found["words"]) == (3, 12)
    assert found["false_looks_per_1000_words"] == round(1_000 / 12, 2)
    assert found["cpu_ms_p50"] > 0


def test_nothing_to_measure_is_no_error():
    assert measuring.measure([])["cpu_ms_p50"] is None


def test_a_tagger_learns_from_labelled_text(tmp_path, capsys):
    (tmp_path / "few.conll").write_text(
        "".join(f"Yesterday\tO\nZorbo{at}\tB-PER\nrang\tO\nfrom\tO\nKlumm{at}\tB-LOC\n.\tO\n\n" for at in "abcdefgh")
    )
    weights = tmp_path / "weights.tsv.gz"
    call_command("train_tagger", data=[tmp_path], out=weights, rounds=3)
    assert "round 3:" in capsys.readouterr().out
    again = tmp_path / "again.tsv.gz"
    call_command("train_tagger", data=[tmp_path], out=again, rounds=3)
    assert weights.read_bytes() == again.read_bytes()

    (tokens,) = sentences("Yesterday Zorbox rang from Klummx.")
    assert tagger.label(tokens, trained=tagger.weights(weights)) == ["", "PERSON", "", "", "PLACE", ""]
