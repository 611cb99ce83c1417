"""The picture that other sites show when somebody shares a public story: its crossing, its title, and where it is from.

Drawn with the font that comes with Pillow, so that it looks the same on every machine. It holds nothing that the page
of the story does not show.
"""

import hashlib
import io
import json
import unicodedata

from django.conf import settings
from django.core.cache import cache
from PIL import Image, ImageDraw, ImageFont

from design.written import tame

SIZE = WIDTH, HEIGHT = 1200, 630
SCALE = 2  # drawn twice as large and made smaller: slanted edges come out smooth
DRAWING = 1  # counted up when the drawing changes, so that no old picture is taken for the new one
KEPT = 24 * 60 * 60  # seconds in the cache

PAGE, INK, SOFT, HIVIS = "#ffffff", "#0f1f38", "#48566b", "#e3f53b"
# The text and the tint of each family, as in tokens.css; a test compares them.
FAMILIES = {
    "health": ("#0b5a7a", "#dff1f8"),
    "care": ("#6b2f87", "#f4e6f9"),
    "home": ("#1f6b2e", "#e3f4e4"),
    "justice": ("#8a3212", "#fce9df"),
    "money": ("#6b5200", "#f9f0cc"),
    "community": ("#3d4f63", "#e6ebf1"),
}
EDGE, BAND, SLANT, SEAM = 72, 200, 50, 26
MOST_SYSTEMS = 4
NAME_SIZES = (42, 36, 30, 26, 22)
TITLE_SIZES = range(76, 39, -4)
TITLE_LINES = 4
SUBSTITUTES = str.maketrans({"–": "-", "—": "-", "\u2011": "-", "\xa0": " ", "ł": "l", "ø": "o", "ß": "ss", "æ": "ae"})


def fingerprint(story):
    """The same for the same picture, another one for any other."""
    shown = [DRAWING, settings.SITE_NAME, story.title, [(b.name, b.family) for b in story.boundary_list]]
    return hashlib.sha256(json.dumps(shown).encode()).hexdigest()[:32]


def png(story):
    """The bytes of the picture, drawn once for all that look at it."""
    return cache.get_or_set(f"share-picture:{fingerprint(story)}", lambda: draw(story), KEPT)


def draw(story):
    picture = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), PAGE)
    sheet = Sheet(picture)
    sheet.crossing(story.boundary_list[:MOST_SYSTEMS])
    sheet.title(drawable(tame(story.title)) or "A story of change")
    sheet.brand(settings.SITE_NAME)
    out = io.BytesIO()
    picture.resize(SIZE, Image.Resampling.LANCZOS).quantize(128).save(out, "PNG", optimize=True)
    return out.getvalue()


def font(size):
    return ImageFont.load_default(size * SCALE)


def drawable(text):
    """The text in letters that the font has, accents left out; nothing at all where it would become unreadable."""
    letters = unicodedata.normalize("NFD", text.translate(SUBSTITUTES))
    letters = "".join(letter for letter in letters if unicodedata.category(letter) != "Mn")
    missing = bytes(font(20).getmask("\uffff"))
    can = all(letter.isspace() or bytes(font(20).getmask(letter)) != missing for letter in set(letters))
    return letters if can else ""


class Sheet:
    """The ground that is drawn on; lengths are those of the finished picture."""

    def __init__(self, picture):
        self.pen = ImageDraw.Draw(picture)

    def shape(self, points, colour):
        self.pen.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=colour)

    def words(self, at, text, size, colour, bold=0):
        x, y = at
        self.pen.text(
            (x * SCALE, y * SCALE), text, fill=colour, font=font(size), stroke_width=bold * SCALE, stroke_fill=colour
        )

    def lines(self, text, size, width):
        """The text broken between words; a word that is too long for a line is cut off."""
        found = []
        for word in text.split():
            longer = f"{found[-1]} {word}" if found else ""
            if longer and self.length(longer, size) <= width:
                found[-1] = longer
            else:
                found.append(self.cut(word, size, width))
        return found

    def cut(self, word, size, width):
        short = word
        while self.length(short, size) > width:
            short = short[:-2].rstrip("…") + "…"
        return short

    @staticmethod
    def length(text, size):
        return font(size).getlength(text) / SCALE

    def crossing(self, boundaries):
        """Across the whole width: the systems in their families' tints, meeting at slanted hi-vis seams."""
        part = WIDTH / max(len(boundaries), 1)
        room = part - EDGE - SLANT - SEAM
        size = next(
            (size for size in NAME_SIZES if all(self.fits(b.name, size, room) for b in boundaries)), NAME_SIZES[-1]
        )
        for number, boundary in enumerate(boundaries):
            text, tint = FAMILIES[boundary.family]
            left = part * number
            over, under = (left + SLANT, left - SLANT) if number else (0, 0)
            self.shape([(over, 0), (WIDTH, 0), (WIDTH, BAND), (under, BAND)], tint)
            if number:
                self.shape([(over, 0), (over + SEAM, 0), (under + SEAM, BAND), (under, BAND)], HIVIS)
            self.system(boundary.name, (left + SLANT + SEAM + 16 if number else EDGE), size, room, text)

    def fits(self, name, size, room):
        lines = self.lines(name, size, room)
        return len(lines) <= 2 and not any("…" in line for line in lines)

    def system(self, name, left, size, room, colour):
        lines = self.lines(name, size, room)[:4]
        top = (BAND - len(lines) * size * 1.2) / 2
        for number, line in enumerate(lines):
            self.words((left, top + number * size * 1.2), line, size, colour, bold=0.75)

    def title(self, text):
        room = WIDTH - 2 * EDGE
        fitting = (size for size in TITLE_SIZES if len(self.lines(text, size, room)) <= 3)
        size = next(fitting, TITLE_SIZES[-1])
        for number, line in enumerate(self.lines(text, size, room)[:TITLE_LINES]):
            self.words((EDGE, BAND + 40 + number * size * 1.14), line, size, INK, bold=1.5)

    def brand(self, name):
        """The mark of the site, and its name."""
        x, y = EDGE, HEIGHT - 84
        self.shape([(x, y), (x + 33, y), (x + 21, y + 39), (x, y + 39)], INK)
        self.shape([(x + 33, y), (x + 43, y), (x + 31, y + 39), (x + 21, y + 39)], HIVIS)
        self.shape([(x + 43, y), (x + 60, y), (x + 60, y + 39), (x + 31, y + 39)], SOFT)
        self.words((x + 80, y + 1), name, 32, INK, bold=0.75)
