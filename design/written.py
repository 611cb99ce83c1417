"""Members' words as they are shown: paragraphs, simple lists and links to the web. Any markup in them is shown as text.

tame(text)      one line of text without the signs that could turn or cover what stands beside it
written(text)   safe HTML of a long text; nh3 is the last gate behind our own building
"""

import re
import unicodedata
from urllib.parse import urlsplit

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString

MOST_SIGNS = 40_000  # what a page shows of one text: four times what a form takes
MOST_LINKS = 50  # in one text; what comes after them stays text
LONGEST_LINK = 2000  # signs; browsers and mail programs cut longer ones themselves
MOST_MARKS = 4  # on one letter: as many as careful Hebrew needs, too few to climb over the next line

# Signs that turn the reading direction of what follows, and controls that show nothing.
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\x00-\x08\x0b-\x1f\x7f-\x9f]")
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_MARKS = "".join(chr(code) for code in range(0x1F000) if unicodedata.category(chr(code)) in {"Mn", "Me"})
_PILED = re.compile(f"([{_MARKS}]{{{MOST_MARKS}}})[{_MARKS}]+")
_ANY_MARK = frozenset(_MARKS)
_BLOCK = re.compile(r"\n\s*\n")
_BULLET = re.compile(r"^\s*[-•]\s+(?=\S)")
_LINK = re.compile(r"\bhttps?://[^\s<>\"]+", re.IGNORECASE)
# No port, no name before an @: an address says where it leads, and nothing else. Letters of one script only.
_HOST = re.compile(r"(?!.*\.\.)[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z][a-z0-9-]*[a-z0-9]", re.IGNORECASE | re.ASCII)
_CLOSING = {")": "(", "]": "["}


def tame(text):
    """One line of it. Nothing that turns the reading direction, and no letter taller than its line."""
    text = str(text or "")
    if text.isascii() and text.isprintable():
        return text
    return _unpiled(_TURNING.sub("", " ".join(text.splitlines())))


def _unpiled(text):
    """Few texts have any mark: looking for one first takes a thirtieth of looking for piles."""
    return text if _ANY_MARK.isdisjoint(text) else _PILED.sub(r"\1", text)


def written(text):
    """Paragraphs, lists of lines that begin with "- ", and links. Each turns to its own reading direction."""
    text = _BREAKS.sub("\n", str(text or "")).strip()
    if len(text) > MOST_SIGNS:
        text = text[:MOST_SIGNS].rsplit(None, 1)[0] + " …"
    text = _unpiled(_TURNING.sub("", text)).strip()
    links = Links()
    html = "".join(part for block in _BLOCK.split(text) for part in _parts(block, links)) if text else ""
    return SafeString(
        nh3.clean(
            html,
            tags={"p", "br", "ul", "li", "a"},
            attributes={"a": {"href"}, "p": {"dir"}, "ul": {"dir"}, "li": {"dir"}},
            url_schemes={"http", "https"},
            link_rel="noopener nofollow ugc",
        )
    )


def _parts(block, links):
    """The paragraphs and lists of one block, in their order."""
    lines, bulleted = [], False
    for line in block.strip("\n").split("\n"):
        bullet = bool(_BULLET.match(line))
        if bullet != bulleted and lines:
            yield _part(lines, bulleted, links)
            lines = []
        bulleted = bullet
        lines.append(_BULLET.sub("", line).strip())
    yield _part(lines, bulleted, links)


def _part(lines, bulleted, links):
    lines = [links.linked(line) for line in lines]
    if not bulleted:
        return f'<p dir="auto">{"<br>".join(lines)}</p>'
    items = "".join(f'<li dir="auto">{line}</li>' for line in lines)
    return f'<ul dir="auto">{items}</ul>'


class Links:
    """Makes links of the addresses in one text, as many as a page can bear."""

    def __init__(self):
        self.left = MOST_LINKS

    def linked(self, line):
        """The line as HTML: everything escaped, addresses of the web as links that show where they lead."""
        if not self.left or "://" not in line:
            return escape(line)
        parts, done = [], 0
        for found in _LINK.finditer(line):
            if not self.left or len(found[0]) > LONGEST_LINK:
                continue
            address = _without_full_stop(found[0])
            if not _leads_to_the_web(address):
                continue
            self.left -= 1
            end = found.start() + len(address)
            parts += [escape(line[done : found.start()]), f'<a href="{escape(address)}">{escape(address)}</a>']
            done = end
        return "".join([*parts, escape(line[done:])])


def _without_full_stop(address):
    """A sentence's own stop, or a bracket that was opened before the address, does not belong to it."""
    while address and (address[-1] in ".,;:!?*_~…’”»" or _closes_nothing(address)):
        address = address[:-1]
    return address


def _closes_nothing(address):
    opening = _CLOSING.get(address[-1])
    return opening is not None and address.count(address[-1]) > address.count(opening)


def _leads_to_the_web(address):
    try:
        return "\\" not in address and bool(_HOST.fullmatch(urlsplit(address).netloc))
    except ValueError:
        return False
