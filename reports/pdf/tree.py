"""Rich text as a tree of plain data, for a typesetter that knows no HTML."""

from html.parser import HTMLParser

from django.conf import settings

from reports.parts import NOTE

EMPTY = {"br", "hr", "img", "embed"}


class Tree(HTMLParser):
    """Elements are {tag, of, href}, texts are strings; [1] is {tag: note, number: 1} where there is such a note."""

    def __init__(self, notes):
        super().__init__()
        self.notes = notes
        self.root = {"tag": "root", "of": []}
        self.open = [self.root]

    def handle_starttag(self, tag, attrs):
        element = {"tag": tag, "of": []}
        if href := dict(attrs).get("href"):
            element["href"] = whole_address(href)
        self.open[-1]["of"].append(element)
        if tag not in EMPTY:
            self.open.append(element)

    def handle_endtag(self, tag):
        if tag in {element["tag"] for element in self.open[1:]}:
            while self.open.pop()["tag"] != tag:
                pass

    def handle_data(self, text):
        for place, piece in enumerate(NOTE.split(text)):
            if place % 2 and 1 <= int(piece) <= self.notes:
                self.open[-1]["of"].append({"tag": "note", "of": [], "number": int(piece)})
            elif piece:
                self.open[-1]["of"].append(f"[{piece}]" if place % 2 else piece)


def tree(html, notes=0):
    parser = Tree(notes)
    parser.feed(html)
    parser.close()
    return parser.root["of"]


def whole_address(href):
    """A paper has no site: what leads inside it gets the site's address in front."""
    return f"{settings.SITE_URL}{href}" if href.startswith("/") else href
