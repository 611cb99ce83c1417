"""Who helps, by nation of the United Kingdom: facts, each with the page it was read on.

Read in November 2026 in kept copies of these pages. Ring each before a site opens, and once a year
(docs/operations.md): numbers change hands.
"""

from typing import NamedTuple

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _


class HelpLine(NamedTuple):
    name: str
    number: str
    what: str
    source: str

    @property
    def dialled(self):
        return self.number.replace(" ", "")


ABUSE = _("domestic abuse, free, day and night")

HELP_LINES = [
    (
        _("Everywhere in the UK"),
        [
            HelpLine(
                _("Emergency"),
                "999",
                _("police, ambulance, fire. If you cannot speak, press 55 on a mobile when asked"),
                "",
            ),
            HelpLine(_("Police"), "101", _("when it is not an emergency"), ""),
            HelpLine(
                _("Samaritans"),
                "116 123",
                _("somebody to talk to, free, day and night"),
                "https://www.samaritans.org/how-we-can-help/contact-samaritan/",
            ),
        ],
    ),
    (
        _("England"),
        [
            HelpLine(
                _("National Domestic Abuse Helpline"),
                "0808 2000 247",
                format_lazy(_("for women, run by Refuge; {free}"), free=ABUSE),
                "https://www.refuge.org.uk/category/news/",
            ),
            HelpLine(
                "NHS",
                "111",
                _("choose the mental health option in a crisis"),
                "https://shsc.nhs.uk/news/call-nhs-111-if-you-are-experiencing-mental-health-crisis",
            ),
        ],
    ),
    (
        _("Scotland"),
        [
            HelpLine(
                _("Domestic Abuse and Forced Marriage Helpline"),
                "0800 027 1234",
                format_lazy(_("for everybody; {free}"), free=ABUSE),
                "https://safer.scot/information/da/report/",
            ),
        ],
    ),
    (
        _("Wales"),
        [
            HelpLine(
                _("Live Fear Free"),
                "0808 80 10 800",
                format_lazy(_("for everybody; {free}"), free=ABUSE),
                "https://www.gov.wales/live-fear-free/sexual-violence",
            ),
        ],
    ),
    (
        _("Northern Ireland"),
        [
            HelpLine(
                _("Domestic and Sexual Abuse Helpline"),
                "0808 802 1414",
                format_lazy(_("for everybody, run by Nexus; {free}"), free=ABUSE),
                "https://www.victimsupportni.com/help-for-victims/domestic-violence",
            ),
            HelpLine(
                _("Lifeline"),
                "0808 808 8000",
                _("for people in distress or despair, free, day and night"),
                "https://www.lifelinehelpline.info/page/about.html",
            ),
        ],
    ),
]
# Protect (advice for those who speak up at work): https://protect-advice.org.uk/, the number stands in the template.
