"""One stylesheet for visitors, one file a component for us: css/site.css is main.css with its imports put in place."""

import os
import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

SOURCES = Path(settings.BASE_DIR) / "static" / "css"
STYLESHEET = "css/site.css"
IMPORT = re.compile(r'@import url\("([\w-]+\.css)"\) layer\((\w+)\);')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SPACE = re.compile(r"\s*([{};,])\s*|\s+")
COMBINATOR = re.compile(r" ([>~]) ")
AFTER_NAME = re.compile(r"(?<=[{;])([\w-]+): ")  # of a declaration, never of a selector


def stylesheet():
    """The whole stylesheet as text, each file inside the layer that main.css names for it."""

    def inlined(match):
        name, layer = match.groups()
        return f"@layer {layer} {{\n{(SOURCES / name).read_text()}}}"

    text = IMPORT.sub(inlined, (SOURCES / "main.css").read_text())
    text = SPACE.sub(lambda space: space[1] or " ", COMMENT.sub("", text)).strip()
    return AFTER_NAME.sub(r"\1:", COMBINATOR.sub(r"\1", text)).replace(";}", "}")


class Stylesheet(BaseFinder):
    """Gives the joined stylesheet to WhiteNoise, runserver and collectstatic alike: no build step to forget."""

    def __init__(self, *args, **kwargs):
        self.storage = FileSystemStorage(location=Path(settings.STATE) / "design")

    def check(self, **kwargs):
        return []

    def find(self, path, find_all=False):
        if path != STYLESHEET:
            return []
        found = self.write()
        return [found] if find_all else found

    def list(self, ignore_patterns):
        self.write()
        yield STYLESHEET, self.storage

    def write(self):
        target = Path(self.storage.path(STYLESHEET))
        text = stylesheet()
        if not target.exists() or target.read_text() != text:
            target.parent.mkdir(parents=True, exist_ok=True)
            # Several web workers start at once: each writes its own file and moves it into place whole.
            draft = target.with_suffix(f".{os.getpid()}")
            draft.write_text(text)
            draft.replace(target)
        return str(target)
