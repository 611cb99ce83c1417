"""The check as a whole: offsets, long texts, any text at all, time, and who made its lists."""

import logging
import random
import re
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from confidentiality import check as checking
from confidentiality import made_up
from confidentiality.check import OVERLAP, SLICE, check, findings
from confidentiality.check.findings import EXPLANATIONS, Mark, settle
from confidentiality.tests.hostile import hostile
from confidentiality.tests.speed import allowed

LIMIT = 1 if sys.gettrace() is None else 6  # seconds; counting coverage takes its own time
TELLTALE = (
    "07700 900123 Sarah Jones 12 Elm Road ab12cde SW1A 1AA @jane “the coroner” 1/2/2003 Dr. .org +44 (0) the only "
    "nurse aged 34 é ß İ ſ"
)
pieces = st.one_of(
    st.text(max_size=40), st.sampled_from(TELLTALE.split(" ")), st.sampled_from([" ", "\n", ". ", ", ", "\u00a0"])
)


@settings(max_examples=300, deadline=None)
@given(st.lists(pieces, max_size=30).map("".join))
def test_any_text_has_findings_in_its_order_that_do_not_overlap(text):
    ends = [0]
    for finding in check(text):
        assert ends[-1] <= finding.start < finding.end <= len(text)
        assert finding.level in (1, 2, 3)
        assert finding.why
        assert finding.instead
        ends.append(finding.end)


@pytest.mark.parametrize(
    "text", ["", " ", "\x00", "\ud800", "\u202e07700 900123", "\ufb01" * 50, "a\u0301" * 50, "😀 07700 900123 😀"]
)
def test_odd_characters_do_no_harm(text):
    assert all(0 <= finding.start < finding.end <= len(text) for finding in check(text))


def test_offsets_are_characters_even_behind_faces():
    text = "😀😀 ring 07700 900123"
    assert [text[finding.start : finding.end] for finding in check(text)] == ["07700 900123"]


@pytest.mark.parametrize("before", range(SLICE - OVERLAP - 20, SLICE + 20, 93))
def test_what_crosses_the_border_of_a_slice_is_found_once_and_whole(before):
    text = ("we wait " * (SLICE // 8 + 1))[:before] + " 07700 900123 " + "and so on " * 300
    assert [(one.start, one.end, one.kind) for one in check(text)] == [(before + 1, before + 13, "PHONE")]


def test_a_long_text_is_checked_to_its_end():
    part = "Ring 07700 900123 or write to jane@example.org, she said. " + "We waited for an answer from them. " * 20
    text = part * 90
    numbers = [one.start for one in check(text) if one.kind == "PHONE"]
    assert numbers == [match.start() for match in re.finditer("07700", text)]
    assert len(text) > 3 * SLICE


def test_a_name_in_the_first_slice_is_known_in_the_last():
    text = "We met Amal Zoran. " + "Then we waited. " * 3_000 + "zoran came."
    last = check(text)[-1]
    assert (text[last.start : last.end], last.kind) == ("zoran", "PERSON")


def test_the_more_trusted_kind_keeps_its_words_then_the_longer_and_a_name_what_is_left():
    text = "Jane a@b.org Leeds Bradford"
    email, name, overlapping = Mark(5, 12, "EMAIL", 3), Mark(0, 12, "PERSON", 3), Mark(9, 14, "DATE", 2)
    town, towns = Mark(13, 18, "PLACE", 1), Mark(13, 27, "PLACE", 1)
    assert settle([town, name, overlapping, towns, email], text) == [Mark(0, 4, "PERSON", 2), email, towns]
    assert settle([Mark(4, 12, "PERSON", 3), email], text) == [email]


def test_every_kind_is_explained_in_plain_sentences():
    for why, instead in EXPLANATIONS.values():
        assert why.endswith(".")
        assert instead.endswith(".")
        assert len(why) < 90
        assert len(instead) < 70


def test_nothing_is_logged(caplog):
    with caplog.at_level(logging.DEBUG):
        check("Sarah Jones, 07700 900123")
    assert caplog.records == []


def test_many_threads_say_the_same():
    texts = [text for text, spans in made_up.texts(60, seed=5)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(check, texts)) == [check(text) for text in texts]


def seconds_of(text):
    begin = time.process_time()
    check(text)
    return time.process_time() - begin


@pytest.mark.long
@pytest.mark.parametrize("name", sorted(hostile(1)))
def test_a_hostile_text_takes_no_more_than_its_length(name):
    """60,000 characters under a second; six times the length takes about six times as long, not thirty-six."""
    checking.warm()
    seconds = {}
    for length, times in ((10_000, 3), (60_000, 2)):
        text = hostile(length)[name]
        seconds[length] = min(seconds_of(text) for _ in range(times))
    assert seconds[60_000] < allowed(LIMIT)
    assert seconds[60_000] < 20 * max(seconds[10_000], 0.005)


@pytest.mark.parametrize(
    "text",
    [
        "http://" + "a" * 60_000,
        "x" * 64 + "@" + "y." * 29_000,
        "1" + " " * 60_000 + "1",
        "A" * 60_000,
        "“" + "a " * 30_000 + "”",
    ],
)
def test_one_endless_word_is_no_slower(text):
    assert seconds_of(text) < allowed(LIMIT)


def test_random_letters_and_digits_do_no_harm():
    rng = random.Random(3)
    for _ in range(50):
        text = "".join(rng.choice("aA1 .,-/@:'“\n&éZ0x+()") for _ in range(400))
        assert all(one.end <= len(text) for one in check(text))


def test_there_are_three_levels():
    assert (findings.STOP, findings.LOOK, findings.SMALL) == (3, 2, 1)
