"""What the demo's staff have written: one report with what its stories count, and three articles.

The texts are data: `report.toml` and `articles.toml` beside this file. Blocks name stories by their titles there; here
they become keys. What is counted is counted when the demo is loaded, and says so.
"""

import re
import tomllib
from collections import Counter
from datetime import timedelta
from pathlib import Path

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils import timezone
from django.utils.formats import date_format

from reports.models import ArticlePage, Evidence, ReportIndexPage, ReportPage
from stories import actions
from stories.models import Evidence as KnownHow
from stories.models import Outcome, Story
from stories.models.queries import WHERE_IT_IS_NOW

FOLDER = Path(__file__).parent
MOST_BARS = 8
HEADING = re.compile(r"(#+) (.*)")


def read(kind):
    return tomllib.loads((FOLDER / f"{kind}.toml").read_text("utf-8"))


def add_reading(*, people, words, now):
    index, writer = ReportIndexPage.objects.get(), Writer(by=people["editor@demo.example"], now=now)
    for told in read("articles")["article"]:
        article = {name: told[name] for name in ("title", "slug", "introduction")}
        article |= {"written_by": "Demo programme team", "body": writer.blocks(told["block"])}
        put_up(index, ArticlePage(**article), at=now - timedelta(days=told["days"]))
    told = read("report")
    report = {name: writer.filled(told[name]) for name in ("title", "slug", "introduction", "written_by", "series")}
    report |= {
        "summary": writer.html(told["summary"]),
        "body": writer.blocks(told["block"]),
        "notes": [("note", f"<p>{note}</p>") for note in told["notes"]],
    }
    report = ReportPage(**report)
    report.boundaries = [words.boundaries[slug] for slug in told["boundaries"]]
    report.practices = [words.practices[slug] for slug in told["practices"]]
    put_up(index, report, at=now - timedelta(hours=3))
    # The mails about it would reach people who do not exist.
    Evidence.objects.filter(report=report).update(told_at=now)


def put_up(index, page, *, at):
    page.first_published_at = at
    index.add_child(instance=page)
    page.save_revision().publish()


class Writer:
    """Turns the tables of the data files into the blocks of a page."""

    def __init__(self, *, by, now):
        self.by, self.now = by, now
        self.stories = {story.title: story for story in Story.objects.public().filter(demo=True)}
        self.counted = Counted(now)

    def filled(self, text):
        """With the numbers in it that the stories count."""
        return text.strip().format_map(self.counted.said)

    def html(self, text):
        return "".join(self._paragraph(part.strip()) for part in self.filled(text).split("\n\n"))

    def blocks(self, told):
        return [self._block(*block) for one in told for block in [self._kind(one)]]

    def _kind(self, one):
        """The first name in a table says what it is; what stands beside it belongs to it."""
        kind = next(iter(one))
        return kind, one[kind], one

    def _block(self, kind, value, one):
        make = getattr(self, f"_{kind}", None)
        return make(value, one) if make else (kind, value)

    def _chapter(self, title, one):
        return "chapter", {"title": title}

    def _text(self, text, one):
        return "text", self.html(text)

    def _story(self, title, one):
        return "story", self.stories[title].slug

    def _words(self, picked, one):
        story = self.stories[picked["story"]]
        told = {name: picked[name] for name in ("field", "words")}
        return "words", actions.quote(story, **told, by=self.by, now=self.now).key

    def _crossing(self, sides, one):
        return "crossing", dict(zip(("first", "second"), sides, strict=True))

    def _practice(self, slug, one):
        return "practice", {"practice": slug, "why": one["why"]}

    def _documents(self, documents, one):
        return "documents", {"heading": "To read on", "documents": documents}

    def _table(self, rows, one):
        return "table", {"cells_text": rows.strip(), "drawn": "", "title": one["title"], "source": one["source"]}

    def _count(self, name, one):
        """A chart of what the stories count."""
        rows = [f"{label}|{number}" for label, number in getattr(self.counted, name)]
        head = {"services": "Service", "practices": "Practice", "outcomes": "Where it is now", "evidence": "How"}[name]
        told = {"title": one["title"], "source": self.filled(one["source"]), "drawn": "bars", "unit": "stories"}
        return "table", {"cells_text": "\n".join([f"{head}|Stories", *rows]), **told}

    @staticmethod
    def _paragraph(part):
        if heading := HEADING.fullmatch(part):
            level = len(heading[1])
            return f"<h{level}>{heading[2]}</h{level}>"
        if part.startswith("- "):
            lines = "".join(f"<li>{line.removeprefix('- ')}</li>" for line in part.splitlines())
            return f"<ul>{lines}</ul>"
        return f"<p>{part}</p>"


class Counted:
    """What the public demo stories say together on the day of loading."""

    def __init__(self, now):
        told = Story.objects.public().filter(demo=True).annotate(now=WHERE_IT_IS_NOW)
        self.stories = list(told.prefetch_related("boundaries", "practices"))
        self.now = now

    @property
    def services(self):
        return most_named(word.name for story in self.stories for word in story.boundaries.all())

    @property
    def practices(self):
        return most_named(word.name for story in self.stories for word in story.practices.all())

    @property
    def outcomes(self):
        return in_order(Outcome, (story.now for story in self.stories))

    @property
    def evidence(self):
        return in_order(KnownHow, (story.evidence for story in self.stories))

    @property
    def said(self):
        """The numbers that a text names; up to nine as words."""
        now = Counter(story.now for story in self.stories)
        known = Counter(story.evidence for story in self.stories)
        numbers = {
            "stories": len(self.stories),
            "with_give": sum(bool(story.flex) for story in self.stories),
            "two_or_more": sum(len(story.boundaries.all()) > 1 for story in self.stories),
            "change_the_form": dict(self.practices)["Change the form"],
            "came_to_rest": now[Outcome.STALLED] + now[Outcome.STOPPED],
            "measured": known[KnownHow.MEASURED],
            "seen": known[KnownHow.SEEN],
            "hunch": known[KnownHow.HUNCH],
        }
        said = {name: apnumber(number) for name, number in numbers.items()}
        return said | {"day": date_format(timezone.localdate(self.now), "j F Y")}


def most_named(names):
    """The longest bars; names with the same count stand by the alphabet."""
    return sorted(Counter(names).items(), key=lambda one: (-one[1], one[0]))[:MOST_BARS]


def in_order(choices, values):
    """Each answer that can be given: that nobody gave it says something too."""
    found = Counter(values)
    return [(choice.label, found[choice.value]) for choice in choices]
