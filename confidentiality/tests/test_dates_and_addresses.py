"""Exact days, ages and addresses are found; seasons, ranges and what every town has are left alone."""

import pytest

from confidentiality.tests.saying import cases, said

DAYS = """
12/03/1984|12.3.84|12-03-1984|1984-03-12|12 March|12th of March 2020|March 12th|March 12, 2020|Mar 12 2020
the 3rd of May
12 Mar '84|twelfth of March|31st December 1999|1st Jan 2001"""


@pytest.mark.parametrize("day", cases(DAYS))
def test_an_exact_day_is_looked_at(day):
    ((words, level),) = said(f"It happened ({day}) and nobody knew.", "DATE")
    assert level == 2
    assert words in day


@pytest.mark.parametrize(
    "text",
    [
        "born 12 March 1984",
        "DOB: 12/03/84",
        "d.o.b. 120384",
        "date of birth is 12.3.1984",
        "his birthday is 5 May",
        "born on the third of May",
    ],
)
def test_a_date_of_birth_stops_sending(text):
    assert [level for words, level in said(text, "DOB")] == [3]


@pytest.mark.parametrize(
    "text", ["in March 2021", "since June", "mid-July", "on Christmas Eve", "on the 14th, they came", "Oct 2019"]
)
def test_a_month_is_small(text):
    assert [level for words, level in said(text, "MONTH")] == [1]


@pytest.mark.parametrize(
    "text",
    [
        "We may 12 times ask.",
        "They march 3 miles.",
        "In spring 2023 and in the autumn",
        "1/2 a cup, 24/7",
        "the second may come later",
        "from 2019 to 2021",
        "early 2025",
    ],
)
def test_what_is_no_day_is_left_alone(text):
    assert [one for one in said(text) if one[1] in ("DATE", "DOB", "MONTH")] == []


def test_an_age_leaves_the_name_before_it_to_be_found():
    assert said("Her daughter Ruth is 34.", "AGE") == [("is 34", 2)]
    assert said("She is 34, and He is 35.", "AGE") == [("She is 34", 2), ("He is 35", 2)]


AGES = """
aged 34|age 34|34 years old|34-year-old|34yo|34 y/o|3 year old|6-month-old|turned 18
seventy-two years old|nineteen-year-old
she is 34|I'm 52"""


@pytest.mark.parametrize("age", cases(AGES))
def test_an_exact_age_is_looked_at(age):
    assert [level for words, level in said(f"He said {age}, and smiled.", "AGE")] == [2]


@pytest.mark.parametrize(
    "text",
    [
        "aged 16 to 25",
        "aged 18 and over",
        "people over 65",
        "18 to 25 year olds",
        "under 18s",
        "in her thirties",
        "a teenager",
        "she is 10 minutes late",
        "he is 5 miles away",
        "a 10-year-old policy",
        "age 18",
        "between 16 and 25 years old",
    ],
)
def test_a_range_of_ages_is_left_alone(text):
    assert said(text, "AGE") == []


STREETS = """
12 Elm Road|12a Elm Rd|Flat 2, 14 High Street|221B Baker Street|12-14 Long Row|2 Church View|16 St Johns Wood Road
5 elm close|14 queens rd|14 elm st|flat 3b, 14 victoria st|3 the avenue|9 Josh Tunnel|Flat 8, Denise Rapids
10 Downing Street|No. 7 Mill Lane"""


@pytest.mark.parametrize("address", cases(STREETS))
def test_an_address_stops_sending(address):
    assert [
        (words.startswith(address), level) for words, level in said(f"She moved to {address}, then left.", "ADDRESS")
    ] == [(True, 3)]


@pytest.mark.parametrize("text", ["Mill Lane", "Rose Cottage, near us", "flat 12", "St Johns Wood Road", "PO Box 123"])
def test_part_of_an_address_is_looked_at(text):
    assert [level for words, level in said(f"It was {text}.", "ADDRESS")] == [2]


def test_a_door_number_after_living_stops_sending():
    assert said("He lives at number 12 with us.", "ADDRESS") == [("12", 3)]


@pytest.mark.parametrize(
    "text",
    [
        "24 hours on the road",
        "3 people in the street",
        "we had 2 close friends",
        "a shop on the High Street",
        "It took 5 months to drive down the waiting list",
        "10 more people on the way",
        "30 Housing Officers came",
        "5 out of 10 close",
    ],
)
def test_what_is_no_address_is_left_alone(text):
    assert said(text, "ADDRESS") == []
