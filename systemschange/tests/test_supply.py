"""What the site is made of: each part named, pinned, with its hashes and its licence."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from systemschange.tests.list_licences import named

ROOT = Path(settings.BASE_DIR)


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_part_is_pinned_with_its_hashes(name):
    parts = re.split(r"\n(?=[a-z])", (ROOT / name).read_text().strip(), flags=re.IGNORECASE)
    assert len(parts) > 80
    assert [part for part in parts if not re.match(r"[\w.\[\],-]+==\S+", part) or "--hash=sha256:" not in part] == []


def test_every_part_has_its_licence_listed():
    """Run python -m systemschange.tests.list_licences, and read the new line: may the site be given away with it?"""
    listed = re.findall(r"^\| ([\w-]+) \| ([^|]+) \|$", (ROOT / "docs" / "licences.md").read_text(), re.MULTILINE)
    assert [name for name, _ in listed] == ["part", *named()]
    assert [name for name, licence in listed if re.search(r"\bA?GPL|UNKNOWN|Proprietary", licence)] == []


def test_who_finds_a_hole_is_told_where_to_write():
    assert "/.well-known/security.txt" in (ROOT / "SECURITY.md").read_text()
