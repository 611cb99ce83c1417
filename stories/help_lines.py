"""Who helps at any hour, by nation of the United Kingdom: facts, each with the page it was read on.

Read in November 2026 in kept copies of these pages. Ring each before a site opens, and once a year
(docs/operations.md): numbers change hands.
"""

from typing import NamedTuple


class HelpLine(NamedTuple):
    name: str
    number: str
    what: str
    source: str

    @property
    def dialled(self):
        return self.number.replace(" ", "")


ABUSE = "domestic abuse, free, day and night"

HELP_LINES = [
    (
        "Everywhere in the UK",
        [
            HelpLine("Emergency", "999", "police, ambulance, fire. If you cannot speak on a mobile, press 55", ""),
            HelpLine("Police", "101", "when it is not an emergency", ""),
            HelpLine(
                "Samaritans",
                "116 123",
                "somebody to talk to, free, day and night",
                "https://www.samaritans.org/how-we-can-help/contact-samaritan/",
            ),
        ],
    ),
    (
        "England",
        [
            HelpLine(
                "National Domestic Abuse Helpline",
                "0808 2000 247",
                f"for women, run by Refuge; {ABUSE}",
                "https://www.refuge.org.uk/category/news/",
            ),
            HelpLine(
                "NHS",
                "111",
                "choose the mental health option in a crisis",
                "https://shsc.nhs.uk/news/call-nhs-111-if-you-are-experiencing-mental-health-crisis",
            ),
        ],
    ),
    (
        "Scotland",
        [
            HelpLine(
                "Domestic Abuse and Forced Marriage Helpline",
                "0800 027 1234",
                f"for everybody; {ABUSE}",
                "https://safer.scot/information/da/report/",
            ),
        ],
    ),
    (
        "Wales",
        [
            HelpLine(
                "Live Fear Free",
                "0808 80 10 800",
                f"for everybody; {ABUSE}",
                "https://www.gov.wales/live-fear-free/sexual-violence",
            ),
        ],
    ),
    (
        "Northern Ireland",
        [
            HelpLine(
                "Domestic and Sexual Abuse Helpline",
                "0808 802 1414",
                f"for everybody, run by Nexus; {ABUSE}",
                "https://www.victimsupportni.com/help-for-victims/domestic-violence",
            ),
            HelpLine(
                "Lifeline",
                "0808 808 8000",
                "for people in distress or despair, free, day and night",
                "https://www.lifelinehelpline.info/page/about.html",
            ),
        ],
    ),
]
# Protect (advice for those who speak up at work): https://protect-advice.org.uk/, the number stands in the template.
