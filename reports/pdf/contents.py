"""What stands in a report's PDF: the page as everybody reads it, as plain data."""

from pathlib import PurePath

from django.conf import settings
from django.utils.formats import date_format

from design.written import tame
from reports.pdf.tree import tree, whole_address
from reports.shown import EVERYBODY

HEADINGS = {"h2": 2, "h3": 3, "h4": 4}


def contents(report):
    return Contents(report).data


class Contents:
    """Heading levels are evened out: a reader that jumps from heading to heading must not miss a step."""

    def __init__(self, report):
        self.report, self.level = report, 0
        body = report.body_for(EVERYBODY)
        self.notes = len(body.sources)
        parts = [{"kind": part.kind, **getattr(self, f"_{part.kind}")(part)} for part in body.parts]
        self.data = {
            "title": report.title,
            "introduction": report.introduction,
            "author": report.author_line,
            "series": report.series,
            "day": date_format(report.first_published_at, "j F Y") if report.first_published_at else "",
            "citation": report.citation,
            "site": settings.SITE_NAME,
            "cover": picture(report.cover),
            "summary": tree(body.summary),
            "parts": parts,
            "notes": [tree(note["html"]) for note in body.sources],
            "corrections": [
                {"day": date_format(block.value["day"], "j F Y"), "what": block.value["what"]}
                for block in report.corrections
            ],
        }

    def _heading(self, wanted):
        self.level = min(wanted, self.level + 1)
        return self.level

    def _levelled(self, nodes):
        for node in nodes:
            if isinstance(node, dict) and node["tag"] in HEADINGS:
                node["level"] = self._heading(HEADINGS[node["tag"]])
                node["tag"] = "heading"
        return nodes

    def _chapter(self, part):
        return {"title": part.value["title"], "level": self._heading(1)}

    def _text(self, part):
        return {"of": self._levelled(tree(part.more["html"], self.notes))}

    def _picture(self, part):
        return {"picture": picture(part.value["image"]), "caption": part.value["caption"]}

    def _figure(self, part):
        return {"number": part.value["number"], "what": part.value["what"], "source": source(part.value)}

    def _table(self, part):
        table = part.value
        bars = [[bar["width"] for bar in row["bars"]] for row in table.chart.bars] if table["drawn"] == "bars" else []
        said = {"title": table["title"], "unit": table["unit"] or "", "head": table.head, "rows": table.rows}
        return {**said, "bars": bars, "source": source(table)}

    def _person(self, part):
        return {name: part.value[name] or "" for name in ("name", "role", "words")}

    def _quote(self, part):
        return {"words": part.value["words"], "who": part.value["who"] or ""}

    def _words(self, part):
        quotation = part.more["quotation"]
        return {"words": tame(quotation.words), **story(quotation.story)}

    def _story(self, part):
        return story(part.more["story"])

    def _stories(self, part):
        shown = [story(one) for one in part.more["stories"]]
        return {"heading": part.value["heading"], "stories": shown, "level": self._heading(2) if shown else 0}

    def _crossing(self, part):
        crossing = part.more["crossing"]
        return {"words": str(crossing), "address": whole_address(crossing.get_absolute_url())}

    def _practice(self, part):
        practice = part.more["practice"]
        address = whole_address(practice.get_absolute_url())
        return {"name": practice.name, "why": part.value["why"] or practice.one_line, "address": address}

    def _action(self, part):
        value = part.value
        address = whole_address(value["address"])
        return {"heading": value["heading"], "text": value["text"] or "", "label": value["label"], "address": address}

    def _documents(self, part):
        documents = [dict(document) for document in part.value["documents"]]
        return {"heading": part.value["heading"], "documents": documents, "level": self._heading(2)}


def source(value):
    return {"words": value["source"], "address": value["address"] or ""}


def picture(image):
    return {"file": PurePath(image.file.name).name, "alt": image.description} if image else None


def story(told):
    return {
        "title": tame(told.title),
        "summary": tame(told.summary),
        "by": " · ".join(str(part) for part in told.byline_parts if part),
        "address": whole_address(told.get_absolute_url()),
    }
