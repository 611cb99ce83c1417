"""Writes docs/licences.md, what everything in production allows: python -m systemschange.tests.list_licences"""

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
HEAD = """# Licences of what the site is made of

Everything that `requirements.txt` names, with the licence that it states. A test says what is missing;
`python -m systemschange.tests.list_licences` writes this anew. The site: BSD 3-Clause (`LICENSE`). All of them let
the site be run, changed and given away; psycopg2 (LGPL), certifi and a list in fido2 (MPL 2.0) are used as they are.

| part | licence |
|---|---|
"""
# Where the package's own words say nothing, or something else than its licence file.
READ = {"pyrage": "MIT", "qrcode": "BSD License", "numpy": "BSD-3-Clause", "colorama": "BSD-3-Clause"}
READ |= {"async-timeout": "Apache-2.0"}  # for other systems and Pythons than this one


def named() -> list[str]:
    """What requirements.txt names, in the spelling of the index."""
    found = re.findall(r"^([\w.-]+)==", (ROOT / "requirements.txt").read_text(), re.MULTILINE)
    return [re.sub(r"[-_.]+", "-", name).lower() for name in found]


def table() -> str:
    words = [Path(sys.executable).parent / "pip-licenses", "--format=json", "--with-system"]
    told = json.loads(subprocess.run(words, capture_output=True, text=True, check=True).stdout)
    licences = {re.sub(r"[-_.]+", "-", one["Name"]).lower(): one["License"] for one in told} | READ
    return HEAD + "".join(f"| {name} | {licences[name]} |\n" for name in named())


if __name__ == "__main__":
    (ROOT / "docs" / "licences.md").write_text(table())
