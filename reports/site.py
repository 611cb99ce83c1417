"""What staff say about the site as a whole: its line, whom to write to, and its menus.

Every page shows some of it, so it is kept in the cache for a minute. What staff leave empty comes from the environment
(`docs/operations.md`) or is the usual.
"""

from dataclasses import dataclass

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import StreamField

from design import near

KEY, SECONDS = "reports:site", 60
STRAPLINE = _("frontline workers telling, in their own words, what they saw change.")
MAIN_MENU = (
    (_("Stories"), "/stories/"),
    (_("Practices"), "/practices/"),
    (_("People"), "/people/"),
    (_("Reports"), "/reports/"),
)
FOOT_MENU = (
    (_("Stories"), "/stories/"),
    (_("Crossings"), "/crossings/"),
    (_("Boundary map"), "/insights/"),
    (_("Places"), "/places/"),
    (_("Practices"), "/practices/"),
    (_("Rule or habit?"), "/rule-or-habit/"),
    (_("People"), "/people/"),
    (_("Reports"), "/reports/"),
    (_("Questions from commissioners"), "/questions/"),
    (_("Search"), "/search/"),
    (_("Write a story"), "/stories/new/"),
    (_("Join our mailing list"), "/mailing-list/"),
)
# A second slash or a backslash would lead to another site while it looks like a page of this one.
leads_somewhere = RegexValidator(
    r"\A(/([^/\\\s][^\\\s]*)?|https://[^\\\s]+)\Z",
    _("Begin with / for a page of this site, or with https:// for another."),
)


class Link(blocks.StructBlock):
    """One line of a menu."""

    text = blocks.CharBlock(max_length=40)
    address = blocks.CharBlock(
        max_length=300,
        validators=[leads_somewhere],
        help_text=_("/stories/ for a page of this site, or https://example.org/ for another."),
    )

    class Meta:
        icon = "link"


class Menu(blocks.StreamBlock):
    """Links in their order."""

    link = Link()


def as_blocks(links):
    return [("link", {"text": text, "address": address}) for text, address in links]


def usual_main_menu():
    return as_blocks(MAIN_MENU)


def usual_foot_menu():
    return as_blocks(FOOT_MENU)


def menu(most, default, help_text):
    return StreamField(Menu(max_num=most, required=False), blank=True, default=default, help_text=help_text)


@register_setting(icon="cog")
class SiteSettings(BaseGenericSetting):
    """The words and links that stand on every page; one row at most, made when staff first open it."""

    strapline = models.CharField(
        _("what the site is, in half a sentence"),
        max_length=160,
        default=STRAPLINE,
        help_text=_("At the foot of every page, after the name and a colon."),
    )
    contact_email = models.EmailField(
        _("where people write to"),
        blank=True,
        help_text=_(
            "At the foot of every page. Somebody must read it. Empty: the address set by whoever runs the site."
        ),
    )
    safeguarding_lead = models.CharField(
        _("who answers for safeguarding"),
        max_length=120,
        blank=True,
        help_text=_(
            "A name or a role, for the page about safety. What whoever runs the site has set counts before this."
        ),
    )
    main_menu = menu(6, usual_main_menu, _("At the top of every page. Few are best: a phone shows four in one line."))
    foot_menu = menu(
        14,
        usual_foot_menu,
        _(
            "At the foot of every page. The links about safety, privacy and so on always follow. "
            "Take all of them out to have the usual ones back."
        ),
    )

    panels = [
        FieldPanel("strapline"),
        MultiFieldPanel([FieldPanel("contact_email"), FieldPanel("safeguarding_lead")], heading=_("Whom to write to")),
        FieldPanel("main_menu"),
        FieldPanel("foot_menu"),
    ]

    class Meta:
        verbose_name = verbose_name_plural = _("site settings")

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        near.delete(KEY)  # seen at once; at worst a minute later


@dataclass(frozen=True)
class SiteWords:
    """What the settings say, without the database behind it."""

    strapline: str = STRAPLINE
    contact_email: str = ""
    safeguarding_lead: str = ""
    main_menu: tuple = MAIN_MENU
    foot_menu: tuple = FOOT_MENU

    @classmethod
    def of(cls, saved):
        return cls(
            strapline=saved.strapline,
            contact_email=saved.contact_email,
            safeguarding_lead=saved.safeguarding_lead,
            main_menu=_links(saved.main_menu) or MAIN_MENU,
            foot_menu=_links(saved.foot_menu) or FOOT_MENU,
        )


def _links(stream):
    return tuple((block.value["text"], block.value["address"]) for block in stream)


def words():
    """As they are now, or were a minute ago at most."""
    return near.get_or_set(KEY, _read, SECONDS)


def _read():
    saved = SiteSettings.objects.first()
    return SiteWords.of(saved) if saved else SiteWords()
