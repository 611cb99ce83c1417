"""Every form of the site as a browser would send it: read from the pages, so that a new field is there by itself.

forms_of(world)         each form of each page once, as the first actor is shown it
form.send(client)       as it stands; `form.send(client, title="...")` with other words in some fields
"""

from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve

from systemschange.tests import sweep
from systemschange.tests.canary_addresses import Fill

TYPED = {"text", "search", "email", "url", "tel", "password", "number", "date", "textarea"}
ANYWHERE = (
    "account",
    "attempts",
    "coalitions",
    "cohorts",
    "conversations",
    "crossings",
    "design",
    "introductions",
    "letter",
    "mailing-list",
    "people",
    "places",
    "practices",
    "questions",
    "rule-or-habit",
    "search",
    "stories",
    "subscribe",
    "tell-us",
)
BUSINESS = {
    "visitor": ANYWHERE,
    "member": ANYWHERE,
    "author": ("stories/", "coalitions/", "attempts/"),
    "co-author": ("stories/", "coalitions/", "cohorts/"),
    "moderator": ("admin/",),
    "editor": ("admin/",),
    "admin": ("admin/",),
}
MOST_OF_OURS, MOST_OF_OTHERS = 40, 2
MACHINERY = {"csrfmiddlewaretoken"}
# What a browser sends that nobody types: signed, counted or chosen for it.
HIDDEN = {"hidden"}


@dataclass
class Form:
    """One form: where it goes, what a browser would send, and which of its fields hold words."""

    actor: str
    page: str
    action: str
    method: str
    enctype: str
    sent: list = field(default_factory=list)
    typed: list = field(default_factory=list)
    hidden: list = field(default_factory=list)
    files: list = field(default_factory=list)

    @property
    def route(self):
        """The pattern that it is sent to; without one, nothing of ours answers."""
        try:
            return resolve(urlsplit(self.action).path).route
        except Resolver404:
            return None

    @property
    def key(self):
        return self.method, self.route, frozenset(self.typed) or frozenset(self.hidden), bool(self.files)

    def __str__(self):
        return f"{self.method} {self.route}"

    def data(self, **words):
        data = {}
        for name, value in self.sent:
            data.setdefault(name, []).append(value)
        return data | words

    def send(self, client, **words):
        return getattr(client, self.method)(self.action, self.data(**words))


class Page(HTMLParser):
    """The forms of one page; a control may stand outside its form and name it."""

    def __init__(self, actor, address, html):
        super().__init__()
        self.actor, self.address = actor, address
        self.forms, self.named, self.open, self.area, self.select = [], {}, None, None, None
        self.outside = []
        self.feed(html)
        for name, control in self.outside:
            if name in self.named:
                self._add(self.named[name], *control)

    def handle_starttag(self, tag, attrs):
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open = Form(
                self.actor,
                self.address,
                urljoin(self.address, told.get("action") or self.address),
                told.get("method", "get").lower(),
                told.get("enctype", ""),
            )
            self.forms.append(self.open)
            self.named[told.get("id")] = self.open
        elif tag == "input":
            self._input(told)
        elif tag == "textarea":
            self.area = [told, []]
        elif tag == "select":
            self.select = [told, []]
        elif tag == "option" and self.select:
            self.select[1].append((told.get("value", ""), "selected" in told))

    def handle_data(self, data):
        if self.area:
            self.area[1].append(data)

    def handle_endtag(self, tag):
        if tag == "form":
            self.open = None
        elif tag == "textarea" and self.area:
            told, words = self.area
            self.area = None
            self._control(told, "textarea", "".join(words).removeprefix("\n"))
        elif tag == "select" and self.select:
            told, options = self.select
            self.select = None
            chosen = [value for value, selected in options if selected]
            if not chosen and "multiple" not in told:
                chosen = [value for value, _ in options[:1]]
            for value in chosen:
                self._control(told, "select", value)

    def _input(self, told):
        kind = told.get("type", "text").lower()
        if kind in {"submit", "button", "image", "reset"} or kind in {"checkbox", "radio"} and "checked" not in told:
            return
        self._control(told, kind, told.get("value", "on" if kind == "checkbox" else ""))

    def _control(self, told, kind, value):
        name = told.get("name")
        if not name or name in MACHINERY or "disabled" in told:
            return
        if "form" in told:
            self.outside.append((told["form"], (name, kind, value)))
        elif self.open:
            self._add(self.open, name, kind, value)

    @staticmethod
    def _add(form, name, kind, value):
        if kind == "file":
            form.files.append(name)
            return
        form.sent.append((name, value))
        if kind in TYPED and name not in form.typed:
            form.typed.append(name)
        if kind in HIDDEN and name not in form.hidden:
            form.hidden.append(name)


def forms_of(world):
    """Each form once: the same fields to type in, sent to the same pattern, are the same form."""
    found = {}
    for actor in BUSINESS:
        for address in pages_of(world, actor):
            response = world.clients[actor].get(address)
            if response.streaming:
                list(response.streaming_content)
            elif response.get("Content-Type", "").startswith("text/html"):
                for form in Page(actor, address, response.content.decode()).forms:
                    if form.route is not None:
                        found.setdefault(form.key, form)
    return list(found.values())


def pages_of(world, actor):
    """The pages that are this actor's business; of Wagtail's own a few of each pattern, of ours every one."""
    told = Counter()
    for path, address in sweep.named_addresses(Fill(world)):
        told[path] += 1
        ours = path.startswith(("admin/moderation/", "stories/")) and "<" in path
        if path.startswith(BUSINESS[actor]) and told[path] <= (MOST_OF_OURS if ours else MOST_OF_OTHERS):
            yield address
