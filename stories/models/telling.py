"""How a story reads: its sections, its shifts, and what stands for its teller, place and time."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from practices import words
from practices.models import Boundary, Crossing
from stories import crowd
from stories.models.choices import Audience, Byline, Lens, SearchEngines

# A field, its heading in the teller's mouth, and its heading where somebody else's story is retold.
SECTIONS = (
    ("noticed", _("What I noticed"), _("What was not working")),
    ("flex", _("Where I found some give"), _("Where there was some give")),
    ("tried", _("What I tried"), _("What was tried")),
    ("who_with", _("Who was in the room"), _("Who was in the room")),
    ("happened", _("What happened, including what went badly"), _("What happened, including what went badly")),
    ("surprise", _("What surprised me"), _("What surprised people")),
    ("advice", _("If you tried this tomorrow"), _("If you tried this tomorrow")),
)
BEYOND_SHORT = ("flex", "who_with", "surprise", "advice", "help_wanted")
SHIFTS = (
    ("shift_thinking", _("How people thought")),
    ("shift_behaviour", _("How people acted")),
    ("shift_ground", _("On the ground")),
)
RETOLD_LENS = {
    Lens.ME: _("For those who tried it"),
    Lens.ORGANISATION: _("For their organisation"),
    Lens.SYSTEM: _("For the wider system"),
}


def by_name(boundaries):
    return sorted(boundaries, key=lambda boundary: boundary.name)


def boundaries_of(marked):
    """Of their keys, below zero for a sensitive one. They are shared words, so nobody may change them; where one was
    made, or became sensitive, within the minute, they are read anew, once for all stories of a page."""
    for _turn in range(2):
        if (found := among(words.by_key(words.every_boundary()), marked)) is not None:
            return found
        words.forget_boundaries()
    return Boundary.objects.filter(pk__in=map(abs, marked))


def among(known, marked):
    """The boundaries with these keys, of those known by key; None where one of them is not as it is marked."""
    found = [known.get(abs(key)) for key in marked]
    is_so = all(one and one.sensitive == (key < 0) for one, key in zip(found, marked, strict=True))
    return found if is_so else None


def shown_period(told, *, sensitive):
    """ "early 2025", or "2025" where a boundary is sensitive."""
    if not told.period_year:
        return ""
    if not told.period_part or sensitive:
        return str(told.period_year)
    return f"{told.get_period_part_display().lower()} {told.period_year}"


class Telling:
    """What readers are shown of a story; the one place where a teller's name can come from."""

    @property
    def boundary_list(self):
        """Its boundaries by name; costs no query after `for_listing()`."""
        if "marked_boundaries" not in self.__dict__:
            return by_name([tagged.tag for tagged in self.tagged_boundaries.all()])
        # A card asks for them four times; other keys are other boundaries.
        marked, found = self.__dict__.get("_named", (None, ()))
        if marked is not self.marked_boundaries:
            found = self.name_boundaries(boundaries_of(self.marked_boundaries))
        return list(found)

    def name_boundaries(self, found):
        """Keeps these as the boundaries of what it is marked with now; answers them by name."""
        found = by_name(found)
        self.__dict__["_named"] = self.marked_boundaries, found
        return found

    @property
    def practice_list(self):
        """Its practices, each with a name and a slug; costs no query after `for_page()`."""
        return self.practice_rows if "practice_rows" in self.__dict__ else list(self.practices.all())

    @property
    def crossings(self):
        return Crossing.among(self.boundary_list)

    @property
    def crossing_address(self):
        """Where its one crossing has a page; empty where it has none, or several."""
        crossings = self.crossings
        return crossings[0].get_absolute_url() if len(crossings) == 1 else ""

    @property
    def is_sensitive(self):
        """It touches something sensitive, or its edit does (docs/decisions/0036)."""
        return self.sensitive_in_edit or self.names_something_sensitive

    @property
    def names_something_sensitive(self):
        return any(boundary.sensitive for boundary in self.boundary_list)

    @property
    def is_retold(self):
        """A public case from elsewhere, retold by the programme team with its source."""
        return bool(self.source_url)

    @property
    def is_unnamed(self):
        """Told without the teller's name."""
        return self.byline != Byline.NAME and not self.is_retold

    @property
    def is_published(self):
        """Somebody else may read it: live, and not hidden."""
        return self.live and self.hidden_at is None

    @property
    def is_public(self):
        """Published, and anyone may read it."""
        return self.is_published and self.audience == Audience.PUBLIC

    @property
    def is_for_the_open_web(self):
        """One of `Story.objects.for_the_open_web()`."""
        if self.search_engines == SearchEngines.USUAL:
            return self.is_public and not (self.is_unnamed or self.is_sensitive)
        return self.is_public and self.search_engines == SearchEngines.YES

    @property
    def teller(self):
        """Who told it, as readers may know them."""
        if self.is_retold:
            return gettext("Retold by the programme team")
        if self.byline == Byline.NAME and self.author:
            *others, last = [self.author.get_full_name(), *self.coauthor_names]
            return gettext("%(others)s and %(last)s") % {"others": ", ".join(others), "last": last} if others else last
        if self.byline == Byline.ROLE and self.byline_role and not self.blurred:
            return self.byline_role.name
        return gettext("A frontline worker")

    @property
    def would_be_blurred(self):
        """Too few in the directory could have told it as it stands here. Nobody told what is invented."""
        return self.is_unnamed and not self.demo and not crowd.hides_teller(self)

    @property
    def shown_place(self):
        """The region where a boundary is sensitive or the teller is unnamed, the nation where they could still be
        found, else the place as told."""
        if self.place and self.blurred and self.is_unnamed:
            return self.place.nation
        if self.place and (self.is_sensitive or self.is_unnamed):
            return self.place.region
        return self.place

    @property
    def shown_period(self):
        """When it happened, as coarse as it must be."""
        return shown_period(self, sensitive=self.is_sensitive)

    @property
    def shown_part(self):
        """The third of the year, where it may be told."""
        return "" if self.is_sensitive or not self.period_year else self.period_part

    @property
    def byline_parts(self):
        """ "Housing officer, North West" and "early 2025", for one quiet line."""
        # The team that retells a case does not sit where it happened.
        between = " · " if self.is_retold else ", "
        who = between.join(str(part) for part in [self.teller, self.shown_place] if part)
        return [who, self.shown_period, gettext("Demo") if self.demo else ""]

    @property
    def sections(self):
        """The answered questions in the teller's words; the unanswered ones are simply absent."""
        return [
            (retold if self.is_retold else told, getattr(self, name))
            for name, told, retold in SECTIONS
            if getattr(self, name)
        ]

    @property
    def why_is_a_quote(self):
        """Short enough to stand large by itself, and one paragraph of words."""
        return len(self.why_it_matters) < 260 and "\n" not in self.why_it_matters and "://" not in self.why_it_matters

    @property
    def left_open(self):
        """Names of the questions that a short story leaves open: sent without them, it is whole."""
        return [name for name in BEYOND_SHORT if not getattr(self, name)]

    @property
    def outcome_now(self):
        """By the newest follow-up, where there is one."""
        return self.latest_outcome or self.outcome

    @property
    def where_it_is_now(self):
        """By the newest follow-up, where there is one."""
        return gettext("Where is it now? %(value)s") % {
            "value": self.get_latest_outcome_display() or self.get_outcome_display()
        }

    @property
    def where_it_mattered(self):
        """ "For my organisation", or "For the organisation" where somebody else's story is retold."""
        return RETOLD_LENS[self.lens] if self.is_retold else self.get_lens_display()

    @property
    def shifts(self):
        """What is different now, as rows of the shifts component."""
        return [{"label": label, "text": getattr(self, name)} for name, label in SHIFTS if getattr(self, name)]
