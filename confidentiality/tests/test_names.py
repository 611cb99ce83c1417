"""People, places and organisations are found by name, however they are typed; what the whole country shares is not."""

import pytest

from confidentiality.tests.saying import cases, said

FULL = """
Sarah Jones|my client Sharon Hughes|Zofia Wójcik|Muhammad ibn Yusuf|Nguyễn Thị Minh|June Parsons|Heather Hughes
J. K. Rowling|J Smith|Dr Okonkwo-Williams|Mrs. van der Berg|Cllr. Hussain|Mr Ali|PC 1234 Smith|Sister Bernadette
Auntie Jean|mr okafor|ms begum|sharon hughes|sanjay patel|my mate tommo jones|Mary Jane Watson"""


@pytest.mark.parametrize("name", cases(FULL))
def test_a_full_name_or_a_title_and_name_stops_sending(name):
    assert 3 in [level for words, level in said(f"I spoke to {name} about it.", "PERSON")], said(
        f"I spoke to {name} about it."
    )


FIRST = """
Sarah|Fatima|Łukasz|Siân|José|Kaylee-Mae|my client Precious|a lad called Wolf|a girl named Summer|fatima
my mate baz|big kev|aisha|the woman known as Tiny|the Jones family|O'Brien|Hughes"""


@pytest.mark.parametrize("name", cases(FIRST))
def test_one_name_is_looked_at(name):
    assert [level for words, level in said(f"Later we met {name} again.", "PERSON")] == [2], said(
        f"Later we met {name} again."
    )


@pytest.mark.parametrize(
    "text",
    cases(
        "Will rang me.|Hope said no.|We work with Grace.|Mark came in.|Rose cried.|We met Sue Steward there.|"
        "We met Will Young there.|then jack said no"
    ),
)
def test_a_name_that_is_a_word_is_found_where_it_is_a_person(text):
    ((words, level),) = said(text, "PERSON")
    assert level > 1


@pytest.mark.parametrize(
    "text",
    [
        "Will you come?",
        "May I ask?",
        "Hope is what we need.",
        "We will mark the rose with grace.",
        "In May we met.",
        "I think that he'd go, and we've said so.",
        "They were bad enough for A&E. I stood there.",
        "Grants and bills rose in the spring.",
        "Dear Sir or Madam",
    ],
)
def test_words_that_are_also_names_are_left_alone(text):
    assert said(text, "PERSON") == []


OURS = """
Housing|NHS England|Children's Social Care|Adult Social Care|the Home Office|the Department for Work and Pensions
Citizens Advice|Samaritans|Women's Aid|Universal Credit|the Care Quality Commission|Jobcentre Plus|Crown Court
the Mental Health Act|MARAC|CAMHS|Support Worker|Probation|Police|Homelessness and Rough Sleeping
Drug and Alcohol Support|Domestic and Sexual Abuse|Housing Options|Monday|December|Christmas|English|Muslim
England|London|Social Worker|Team Manager|Housing First|Systems Changers|Voluntary Sector"""


@pytest.mark.parametrize("word", cases(OURS))
@pytest.mark.parametrize("frame", ["{} said that it would help.", "We asked {} for it.", "It was hard, {} told us."])
def test_the_words_of_the_site_are_no_findings(word, frame):
    assert [one for one in said(frame.format(word)) if one[2] > 1 or one[1] == "PERSON"] == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("They took her to Bradford Royal Infirmary.", "Bradford Royal Infirmary"),
        ("He went to St Mary's Primary School.", "Mary's Primary School"),
        ("She starts at Oakfield Primary in September.", "Oakfield Primary"),
        ("I work at HMP Wandsworth.", "HMP Wandsworth"),
        ("We asked Northumbria Police.", "Northumbria Police"),
        ("It was the University of Salford.", "University of Salford"),
        ("She rang Sandra at St Anne's.", "St Anne"),
    ],
)
def test_a_named_service_is_looked_at(text, name):
    assert [(words.endswith(name), level) for words, level in said(text, "ORG")] == [(True, 2)], said(text)


@pytest.mark.parametrize("place", ["Shipley", "Abergavenny", "Devon", "Tower Hamlets", "Bradford", "Milton Keynes"])
def test_a_town_or_county_is_small(place):
    assert said(f"We went to {place} for it.", "PLACE") == [(place, 1)]


def test_a_name_found_once_is_flagged_everywhere():
    text = "We met Dr Amal Zoran, and zoran wrote. ZORAN rang, but amal's car broke down; Zoran's sister came."
    names = [words.lower() for words, level in said(text, "PERSON") if level > 1]
    assert names == ["amal zoran", "zoran", "zoran", "amal", "zoran"]


QUIET = """
i saw mr hopkirk there|hopkirk|3
a girl named summer came|summer|2
we asked mark frissora for it|mark frissora|3
and then jack said so|jack|2
then rose said so|rose|2
my friend keziah came|keziah|2
my client precious came|precious|2
we met cardel hopkirk|cardel hopkirk|3
there was koughan's letter|koughan|1
i spoke to dezzo again about it|dezzo|1
we waited, then dezzo rang us|dezzo|1
i told jonghyun about it|jonghyun|1
i saw Sparkle again today|Sparkle|1"""


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("I spoke to jo about it", ["jo"]),
        ("rang mo and left a message", ["mo"]),
        ("we played it to a dj there", []),
        ("i went to oz once", []),
        ("the jo of it", []),
        ("Her daughter Ruth is 34.", ["Ruth"]),
    ],
)
def test_names_of_two_letters_and_names_before_an_age(text, names):
    assert [words for words, level in said(text, "PERSON")] == names


@pytest.mark.parametrize("line", QUIET.strip().split("\n"))
def test_a_name_without_a_capital_is_found(line):
    text, name, level = line.split("|")
    assert said(text, "PERSON") == [(name, int(level))]


@pytest.mark.parametrize(
    "text",
    [
        "i definately recieved the refferal form frm the assesment team",
        "my client said so, her mum may come",
        "We mark the day with grace and hope.",
        "the jobcentre called again and named a date",
        "dunno wat to do abt it tbh",
        "sooooo tommorow is the begining, goodmorning all, we couldnt rebook it",
        "a walk-in for non-engagement, follow-ups after the hand-over",
    ],
)
def test_mistyped_words_are_no_names(text):
    assert said(text, "PERSON") == []


ROUGH = """
DI officers came.|He sent Burns to us.|The Mary Smith Trust|We walked up Notting Hill
B. List the names.
It was in Wakeham for years."""


@pytest.mark.parametrize("text", cases(ROUGH))
def test_what_may_be_a_name_or_a_place_never_stops_sending(text):
    assert [one for one in said(text) if one[2] == 3] == []


def test_shouting_hides_nobody():
    assert said("JOHN SMITH WAS SEEN AT THE HOSTEL WITH SARAH", "PERSON") == [("JOHN SMITH", 3), ("SARAH", 2)]
