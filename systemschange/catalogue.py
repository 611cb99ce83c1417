"""Every message that the code gives to be translated, read from templates and modules without any tool of gettext's.

`manage.py catalogue --write` brings the catalogues below `locale/` into step with it; a test asks whether they are.
"""

import ast
import re
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.utils.translation.template import templatize

FOLDER = Path(settings.BASE_DIR) / "locale"
ROOMS = (
    *("design", "confidentiality", "practices", "members", "networks"),
    *("stories", "insights", "reports", "digests", "systemschange"),
)
APART = {"tests", "migrations", "demo", "embedded", "settings", "management", "data"}
# Which of the arguments are what: c a context, 1 the message, n its plural.
CALLS = {
    **dict.fromkeys(("gettext", "gettext_lazy", "gettext_noop", "_"), "1"),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), "1n"),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), "c1"),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), "c1n"),
}
TEXT = r"""(?:u?"(?:[^"\\]|\\.)*"|u?'(?:[^'\\]|\\.)*')"""
IN_TEMPLATE = re.compile(rf"(?<![\w.])(_|gettext|ngettext|pgettext|npgettext)\(\s*({TEXT}(?:\s*,\s*{TEXT})*)")


class NotLiteral(ValueError):
    """A message that is put together while the site runs: no catalogue can hold it."""


@dataclass
class Message:
    text: str
    plural: str = ""
    context: str = ""
    places: set = field(default_factory=set)

    @property
    def key(self):
        return self.context, self.text


def messages():
    """{(context, text): Message}, sorted; where it stands by file, without lines that move."""
    found = {}
    for path in modules():
        for message in in_module(path.read_text(), str(path.relative_to(settings.BASE_DIR))):
            add(found, message)
    for path in templates():
        for message in in_template(path.read_text(), str(path.relative_to(settings.BASE_DIR))):
            add(found, message)
    return dict(sorted(found.items()))


def add(found, message):
    same = found.setdefault(message.key, message)
    same.places |= message.places
    same.plural = same.plural or message.plural


def modules():
    for room in ROOMS:
        for path in sorted((Path(settings.BASE_DIR) / room).rglob("*.py")):
            if not APART.intersection(path.relative_to(settings.BASE_DIR).parts):
                yield path


def templates():
    for path in sorted((Path(settings.BASE_DIR) / "templates").rglob("*")):
        if path.suffix in {".html", ".txt", ".xml", ".js"}:
            yield path


def in_module(source, place):
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
            order = CALLS[node.func.id]
            texts = [argument.value if isinstance(argument, ast.Constant) else None for argument in node.args]
            if not all(isinstance(text, str) for text in texts[: len(order)]):
                raise NotLiteral(f"{place}:{node.lineno}: {ast.unparse(node)}")
            yield made(order, texts, place)


def in_template(source, place):
    """As Django's own makemessages reads a template: as a program that calls gettext."""
    for name, texts in IN_TEMPLATE.findall(templatize(source, origin=place)):
        # Its per cent signs are doubled where it is a block: so they stand in the message too.
        yield made(CALLS[name], [ast.literal_eval(text) for text in re.findall(TEXT, texts)], place)


def made(order, texts, place):
    told = dict(zip(order, texts, strict=False))
    return Message(told["1"], told.get("n", ""), told.get("c", ""), {place})


def files():
    return sorted(FOLDER.glob("*/LC_MESSAGES/django.po"))
