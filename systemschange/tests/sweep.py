"""Reads everything that the site answers: each address it knows, as each actor, body and headers, zips opened.

addresses(fill)             every address of the site; `fill`: for each word in an address what to put there,
                            {"slug": [...], "pk": [...]}, else "1"; or a function that gives rows of values for a path
answers(client, asked)      pairs of an address and all that came back for it, as text
said_by_mail(message)       a mail as text
"""

import io
import re
import zipfile
from itertools import islice, product

from django.urls import get_resolver

GAP = re.compile(r"<(?:[\w.]+:)?(\w+)>")
NAMED_GROUP = re.compile(r"\(\?P<(\w+)>[^)]*\)")
# Two end the session that asks, one is Wagtail's own way to fail on purpose.
NOT_ASKED = {"/account/logout/", "/admin/logout/", "/admin/failwhale/"}
MOST_A_PATTERN = 40


def patterns(of=None, prefix="", namespace=""):
    """Every (name, path with its gaps) that the resolver knows."""
    for pattern in get_resolver().url_patterns if of is None else of:
        path = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from patterns(pattern.url_patterns, path, inner)
        else:
            yield f"{namespace}{pattern.name}", path


def addresses(fill):
    """Every address of the site, with every combination of what may stand in its gaps, up to a limit a pattern."""
    for _, address in named_addresses(fill):
        yield address


def named_addresses(fill):
    """The same, each with the path that it was made from."""
    for _, path in sorted(set(patterns())):
        path = NAMED_GROUP.sub(r"<\1>", path.replace("\\.", ".").replace("\\", "").replace("^", "").replace("$", ""))
        gaps = GAP.findall(path)
        rows = fill(path, gaps) if callable(fill) else product(*(fill.get(gap, ["1"]) for gap in gaps))
        for values in islice(rows, MOST_A_PATTERN):
            values = iter(values)
            address = "/" + GAP.sub(lambda gap, values=values: str(next(values)), path)
            if address not in NOT_ASKED:
                yield path, address


def answers(client, asked):
    """Each address and all that it answers: where it leads, its headers, its bytes as text."""
    for address in asked:
        response = client.get(address)
        yield address, said(response)


def said(response):
    # The number of a request is made by chance, anew for each.
    head = "\n".join(f"{name}: {value}" for name, value in response.items() if name != "X-Request-ID")
    return f"{head}\n{response.cookies.output()}\n{_text(_bytes(response))}"


def said_by_mail(message):
    """All that a mail says: its headers and its texts."""
    parts = [part.get_content() for part in message.walk() if part.get_content_maintype() == "text"]
    return "\n".join([*(f"{name}: {value}" for name, value in message.items()), *parts])


def _bytes(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def _text(content):
    if not content.startswith(b"PK\x03\x04"):
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
