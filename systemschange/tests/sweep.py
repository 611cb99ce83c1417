"""Reads everything that the site answers: each address it knows, as each actor, body and headers, zips opened.

answers(client, fill)       pairs of an address and all that came back for it, as text
fill                        for each word in an address what to put there: {"slug": [...], "pk": [...]}; else "1"
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
    for _, path in sorted(set(patterns())):
        path = NAMED_GROUP.sub(r"<\1>", path.replace("\\.", ".").replace("\\", "").replace("^", "").replace("$", ""))
        gaps = GAP.findall(path)
        for values in islice(product(*(fill.get(gap, ["1"]) for gap in gaps)), MOST_A_PATTERN):
            values = iter(values)
            address = "/" + GAP.sub(lambda gap, values=values: str(next(values)), path)
            if address not in NOT_ASKED:
                yield address


def answers(client, asked):
    """Each address and all that it answers: where it leads, its headers, its bytes as text."""
    for address in asked:
        response = client.get(address)
        yield address, said(response)


def said(response):
    head = "\n".join(f"{name}: {value}" for name, value in response.items())
    return f"{head}\n{_text(_bytes(response))}"


def _bytes(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def _text(content):
    if not content.startswith(b"PK\x03\x04"):
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
