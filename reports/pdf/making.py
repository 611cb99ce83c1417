"""Sets a report's contents with Typst, which reads them as data: no text of anybody's is ever read as its commands."""

import hashlib
import json
from importlib import resources
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory

import typst
from django.core.serializers.json import DjangoJSONEncoder

from reports.sizes import PLAIN

LAYOUT = resources.files("reports.pdf").joinpath("report.typ")


def written(contents):
    """As Typst reads them; labels that wait for their reader's language become words."""
    return json.dumps(contents, sort_keys=True, cls=DjangoJSONEncoder)


def digest(contents):
    """The same for the same contents in the same layout: a new layout makes every PDF anew."""
    return hashlib.sha256(LAYOUT.read_bytes() + written(contents).encode()).hexdigest()


def make(contents, pictures=()):
    """The bytes of a PDF that conforms to PDF/UA-1, or typst.TypstError; it asks no network and no system font.

    `pictures`: those that the contents name."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        for image in pictures:
            with image.get_rendition(PLAIN).file.open() as file:
                (root / PurePath(image.file.name).name).write_bytes(file.read())
        (root / "contents.json").write_text(written(contents))
        (root / "report.typ").write_bytes(LAYOUT.read_bytes())
        return typst.compile(
            str(root / "report.typ"), root=folder, ignore_system_fonts=True, pdf_standards=["ua-1"], format="pdf"
        )


def pictures(report):
    found = [report.cover, *(block.value["image"] for block in report.body if block.block_type == "picture")]
    return [image for image in found if image]
