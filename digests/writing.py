"""The letter as bytes, ready for DATA: each card is rendered, its CSS inlined and the whole encoded once an issue.

`letter.html` and `letter.txt` are rendered once with marks in place of what differs from reader to reader, and cut
apart at these; what stands between the marks is joined anew for each. Nothing here asks the database for one member.
"""

import html
import secrets
import time
from email.utils import formatdate
from functools import lru_cache

from django.conf import settings
from django.core.mail.message import forbid_multi_line_headers, sanitize_address
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from design import languages
from digests import cards, kept
from digests.encoding import quoted
from digests.names import Names, host
from members.outbox import one_line
from reports.models import QUESTION, question_of_the_week

NAME_LENGTH = 80
NOTHING = cards.Piece((b"", b""), (b"", b""))
SECTIONS = {
    "waiting": _("Waiting for you"),
    "introduction": _("Waiting for you"),
    "gathering": _("Coming up in your groups"),
    "follow_up": _("News of stories you follow"),
    "story": _("What people saw change between services"),
    "rule": _("A rule, or a habit?"),
    "report": _("New reports"),
}


class Press:
    """Writes the letters of one issue in one language. Cards are kept while the stories on them stay as they were
    (`kept.Kept`). The language is switched where something is made, never for a letter that is only joined."""

    def __init__(self, issue, language=""):
        self.issue, self.cards, self.names = issue, kept.Kept(language), Names()
        self.language = language
        self.mark = secrets.token_hex(8)
        self.boundary = f"=_{self.mark}"
        self._pieces, self._headers = {}, {}
        # Once: a sentence that waits for its language is looked up each time.
        with languages.spoken(language):
            self._sections = {kind: str(words) for kind, words in SECTIONS.items()}
        self._subjects = {}

    # --- The whole ----------------------------------------------------------------------------------------------------

    def load(self, letters, *, now=None):
        """Make ready what these lists of items name, in a fixed number of questions; none for what is ready."""
        self.cards.forget_changed(now)
        self.cards.load([item for items in letters for item in items])

    def fit(self, items):
        """These without what cannot be shown (it was taken away, or it cannot be rendered)."""
        self.cards.load(items)
        return [item for item in items if item["kind"] not in cards.READ or self.cards.get(item)]

    def shows_names(self, items):
        """Keys of the stories among these that the letter shows with their teller's name."""
        return [item["id"] for item in items if item["kind"] == "story" and self.cards.is_named(item["id"])]

    def subject(self, reader, items):
        """Never a word of what is in it."""
        kinds = [item["kind"] for item in items]
        about = (bool(reader.content_free), len(kinds), kinds.count("story"), frozenset(kinds))
        if about not in self._subjects:
            with languages.spoken(self.language):
                self._subjects[about] = subject_of(*about)
        return self._subjects[about]

    def letter(self, reader, items, *, message_id, date=None):
        """All of the mail to one reader, in lines that end as SMTP wants them; none begins with a dot.

        `reader`: pk, email, first_name, public_id and content_free. `date`: seconds since 1970.
        """
        token, (hello, escaped_hello) = self.names.leave_token(reader.public_id), greeted(reader.first_name)
        pieces = self._without_words(items) if reader.content_free else self._pieces_of(items)
        text, page = self._frame_without_words if reader.content_free else self._frame
        mail = [
            self._head,
            b"To: %s\r\nSubject: %s\r\n" % (address(reader.email), self._header(self.subject(reader, items))),
            b"Date: %s\r\nMessage-ID: %s\r\n" % (dated(date), message_id.encode()),
            b"List-Unsubscribe: <%s%s/>\r\n\r\n" % (self.leave_address.encode(), token.encode()),
        ]
        token = quoted(token, joined=True)
        mail += (self._text_head, text[0], hello, text[1])
        mail += [words for words, _ in pieces]
        mail += (text[2], token, text[3], self._page_head, page[0], escaped_hello, page[1])
        mail += [words for _, words in pieces]
        mail += (page[2], token, page[3], self._end)
        return b"".join(mail)

    # --- What is the same for everybody -------------------------------------------------------------------------------

    @cached_property
    def leave_address(self):
        with languages.spoken(self.language):
            return settings.SITE_URL + reverse("digests:leave", args=["x"]).removesuffix("x/")

    @cached_property
    def _head(self):
        lines = {
            "From": sanitize_address(settings.DEFAULT_FROM_EMAIL, "utf-8"),
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "List-Id": f"{settings.SITE_NAME} weekly letter <weekly-letter.{host()}>",
            "Auto-Submitted": "auto-generated",
            "MIME-Version": "1.0",
            "Content-Type": f'multipart/alternative; boundary="{self.boundary}"',
        }
        return "".join(f"{name}: {value}\r\n" for name, value in lines.items()).encode()

    def _part(self, kind):
        head = f'--{self.boundary}\r\nContent-Type: text/{kind}; charset="utf-8"\r\n'
        return f"{head}Content-Transfer-Encoding: quoted-printable\r\n\r\n".encode()

    @cached_property
    def _text_head(self):
        return self._part("plain")

    @cached_property
    def _page_head(self):
        return b"\r\n" + self._part("html")

    @cached_property
    def _end(self):
        return f"\r\n--{self.boundary}--\r\n".encode()

    @cached_property
    def _frame(self):
        with languages.spoken(self.language):
            return self._framed(note=self.issue.note, question=self.issue.question or question_of_the_week())

    @cached_property
    def _frame_without_words(self):
        """Without what staff wrote either: that may tell of a story."""
        with languages.spoken(self.language):
            return self._framed(note="", question=QUESTION)

    def _framed(self, **words):
        """Both bodies, cut apart at the greeting, the items and the way out."""
        marks = {name: f"{name}{self.mark}" for name in ("hello", "items", "token")}
        context = {
            "site_url": settings.SITE_URL,
            "site_name": settings.SITE_NAME,
            "usual": QUESTION,
            "start_url": settings.SITE_URL + reverse("stories:new"),
            "letter_url": settings.SITE_URL + reverse("digests:letter"),
            "leave_url": f"{self.leave_address}{marks['token']}/",
            **words,
            **marks,
        }
        text = cards.plain("digests/email/letter.txt", context)
        return cut(text, marks.values()), cut(cards.page("digests/email/letter.html", context), marks.values())

    def _header(self, value):
        """Encoded where it is not plain; the few subjects of an issue are kept."""
        if value not in self._headers:
            self._headers[value] = forbid_multi_line_headers("Subject", value, "utf-8")[1].encode()
        return self._headers[value]

    # --- What a reader's items look like ------------------------------------------------------------------------------

    def _pieces_of(self, items):
        """(text, page) pairs, with a heading where another sort of thing begins."""
        try:
            return self._loaded_pieces_of(items)
        except KeyError:
            self.cards.load(items)
            return self._loaded_pieces_of(items)

    def _loaded_pieces_of(self, items):
        pieces, section = [], ""
        introductions = sum(item["kind"] == "introduction" for item in items)
        for item in items:
            kind, why = item["kind"], item["why"]
            piece = self._piece_of(item, introductions)
            if piece is None:
                continue
            if kind == "introduction":
                introductions = 0
            if self._sections[kind] != section:
                section = self._sections[kind]
                pieces.append(self._kept("heading", section).joined_with("", NOTHING))
            pieces.append(piece.joined.get(why) or piece.joined_with(why, self._kept("why", why) if why else NOTHING))
        return pieces

    def _piece_of(self, item, introductions):
        if item["kind"] == "waiting":
            return self._kept("waiting", tuple(map(tuple, item["lines"])))
        if item["kind"] == "introduction":
            return self._kept("introduction", introductions) if introductions else None
        return self.cards.get(item)

    def _without_words(self, items):
        return [self._kept("content_free", (len(items), self.issue.week)).joined_with("", NOTHING)]

    def _kept(self, template, about):
        """A piece that many readers' letters share, made when first wanted."""
        if (template, about) not in self._pieces:
            with languages.spoken(self.language):
                self._pieces[template, about] = cards.piece(template, cards.OWN[template](about))
        return self._pieces[template, about]


def subject_of(content_free, count, story_count, kinds):
    if content_free:
        said = ngettext("Your weekly letter: %(count)s thing", "Your weekly letter: %(count)s things", count)
        return said % {"count": count}
    if story_count:
        said = ngettext(
            "Your weekly letter: %(count)s story you have not read",
            "Your weekly letter: %(count)s stories you have not read",
            story_count,
        )
        return said % {"count": story_count}
    if not kinds.isdisjoint({"waiting", "introduction", "gathering"}):
        return gettext("Your weekly letter: what waits for you")
    if "follow_up" in kinds:
        return gettext("Your weekly letter: news of a story you follow")
    return gettext("Your weekly letter: what is new")


def cut(text, marks):
    """The encoded text around the marks, which stand in this order: greeting, items, way out."""
    pieces = []
    for mark in marks:
        piece, _, text = text.partition(mark)
        pieces.append(piece)
    hello, items, rest, end = *pieces, text
    return quoted(hello, joined=True), quoted(items), quoted(rest, joined=True), quoted(end)


def dated(moment):
    return _dated(int(time.time() if moment is None else moment))


@lru_cache(maxsize=4)
def _dated(second):
    return formatdate(second).encode()


@lru_cache(maxsize=2048)
def greeted(first_name):
    """Encoded, as text and as HTML: many are called the same."""
    name = shortened(one_line(first_name))
    return quoted(name, joined=True), quoted(html.escape(name), joined=True)


def shortened(name):
    return name if len(name) <= NAME_LENGTH else f"{name[: NAME_LENGTH - 1]}…"


def address(email):
    """As a header takes it; raises ValueError where it can be no address."""
    plain = one_line(email)
    return plain.encode() if plain.isascii() else sanitize_address(plain, "utf-8").encode()
