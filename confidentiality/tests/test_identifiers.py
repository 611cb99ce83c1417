"""What belongs to one person is found in all its spellings, and what only looks like it is not."""

import pytest

from confidentiality.tests.saying import cases, said

STOPS = {
    "PHONE": """
        07700 900123|07700900123|07700 900 123|07700-900-123|(07700) 900123|07700.900.123|+44 7700 900123|+447700900123
        +44 (0)7700 900123|0044 7700 900123|(+44) 7700 900123|0161 496 0123|01614960123|(0161) 496 0123
        0161-496-0123|020 7946 0958|02079460958|0207 946 0958|01632 960123
        01632/960123|029 2018 0123|028 9649 6123|+353 1 234 5678
        020 7946 0958 ext 12|O7700 9OO 123
        0 7 7 0 0 9 0 0 1 2 3|oh seven seven double oh nine double oh one two three""",
    "EMAIL": """
        jane@example.org|jane.doe+home@mail.example.co.uk|o'neill@example.org|JANE@EXAMPLE.ORG|jane at example dot org
        jane.doe (at) example.org|jane [at] example [dot] co [dot] uk|jane_d99@example.ac.uk""",
    "NHS_NUMBER": "943 476 5919|9434765919|943-476-5919|401 023 2137",
    "NINO": "AB 12 34 56 C|AB123456C|ab123456c|AB-12-34-56-C|ab 12 34 56 c|JG 103759 A",
    "BANK": """
        4111 1111 1111 1111|4111111111111111|4012-8888-8888-1881|GB82 WEST 1234 5698 7654 32|GB29NWBK60161331926819
        sort code 20-00-00|sort code: 200000|sort code is 20 00 00""",
    "IP": "192.168.0.1|81.2.69.142|2001:db8:85a3::8a2e:370:7334",
    "LOCATION": "51.50735, -0.12776|///filled.count.soap",
    "URL": "www.facebook.com/jane.doe|https://linkedin.com/in/jane-doe|instagram.com/jane",
    "HANDLE": "@jane_doe|@jane99",
    "POSTCODE": "SW1A 1AA|sw1a1aa|M1 1AE|M11AE|ec1a 1bb|B33 8TH|CR2 6XH|DN55 1PT|ls6 2ab|W1A 0AX|BT1 5GS|EH12 9DN",
    "VEHICLE": """
        AB12 CDE|AB12CDE|ab12cde|AB 12 CDE|AB62 XYZ|his car was LB07 SEO|A123 BCD|ABC 123D|AIG 1234|BX70 THE""",
}
CASES = [(kind, written) for kind, written in STOPS.items() for written in cases(written)]


@pytest.mark.parametrize(("kind", "written"), CASES)
@pytest.mark.parametrize(
    "frame", ["{}", "I wrote down {} and left.", "it was ({}), she said", "First line\n{}\nlast line"]
)
def test_it_stops_sending_in_any_sentence(kind, written, frame):
    levels = [level for words, level in said(frame.format(written), kind)]
    assert levels == [3], said(frame.format(written))


LOOKED_AT = [
    ("BANK", "5018 0000 0009"),
    ("HANDLE", "instagram: jane_d99"),
    ("NHS_NUMBER", "NHS number 943 476 5918"),
    ("NINO", "ZZ 12 34 56 T"),
    ("PHONE", "0800 123 4567"),
    ("PHONE", "0300 123 4567"),
    ("PHONE", "(212) 555-0100"),
    ("PHONE", "ext. 4567"),
    ("POSTCODE", "in LS16"),
    ("URL", "https://example.org/page"),
    ("VEHICLE", "NM97 QZI"),
]


@pytest.mark.parametrize(("kind", "written"), LOOKED_AT)
def test_what_may_lead_to_somebody_is_looked_at(kind, written):
    assert [level for words, level in said(f"We had {written} there.", kind)] == [2]


NOTHING = """
Call 999, 111 or the Samaritans on 116 123.
Childline is on 0800 1111, the domestic abuse line on 0808 2000 247.
Between 2019-2020 and 2020/21 we saw 1,234,567 people.
It cost £12,500.00 of £1 250 000, that is 10.25 per cent.
The ISBN is 978-0-306-40615-7.
We have 12 345 678 visits, 100-120 a day, 24/7, 50:50.
The order 943 476 5918 has not come.
Batch 4111 1111 1111 1112 came on the van.
See version 1.2.3.4 and section 2.1.3.4 of it.
Vitamin B12, the M25, room B2 and form ES3.
In sw12 and in se15 they say so.
It takes up to 11 hrs, mp3 and covid19 aside.
We met on m1 1st floor.
See gov.uk/benefits and https://www.nhs.uk/conditions for more.
Section 117 of the Act, case closed in 2019.
Look at example dot the i, or at the NHS page.
We met by 12 05 24 a few times, at 10 15 20 s past.
On the M6 NHS signs, the A40 DWP office, VIP 2019 and a DIY 2020 day.
Come to us @ 5pm or @10am.
Half past ten at 10.30 or 1030, e.g. in the U.K.
"""


@pytest.mark.parametrize("line", NOTHING.strip().split("\n"))
def test_ordinary_numbers_are_left_alone(line):
    numbers = {
        "PHONE",
        "EMAIL",
        "NHS_NUMBER",
        "NINO",
        "BANK",
        "IP",
        "LOCATION",
        "URL",
        "HANDLE",
        "VEHICLE",
        "REFERENCE",
    }
    assert [one for one in said(line) if one[1] in numbers or (one[1] == "POSTCODE" and one[2] > 1)] == []


REFERENCES = """
case number 12345|12345
crime ref 42/12345/24|42/12345/24
ref: ABC/123/45|ABC/123/45
prison number A1234BC|A1234BC
UPN A123456789012|A123456789012
Home Office ref M1234567|M1234567
passport 123456789|123456789
hospital no. K1234567|K1234567
tenancy 0012345|0012345
licence MORGA753116SM9IJ|MORGA753116SM9IJ
PNC 12/345678A|12/345678A
family court case ZW12C34567|ZW12C34567
[2019] EWHC 123 (Fam)|[2019] EWHC 123 (Fam
PC 1234|PC 1234
"""


@pytest.mark.parametrize("line", REFERENCES.strip().split("\n"))
def test_numbers_of_cases_and_files_stop_sending(line):
    written, number = line.split("|")
    (words, level), *more = said(f"The note says {written}, and no more.", "REFERENCE")
    assert number.startswith(words) or words.startswith(number)
    assert (level, more) == (3, [])


def test_every_phone_number_is_found_not_only_the_first():
    text = "Ring 07700 900123, 0161 496 0123 or her mum on +44 7700 900456; 07700 900789 at night."
    assert [words for words, level in said(text, "PHONE")] == [
        "07700 900123",
        "0161 496 0123",
        "+44 7700 900456",
        "07700 900789",
    ]
