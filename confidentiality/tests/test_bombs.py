"""Files made to fill a memory or to keep a processor busy are refused, or taken, in little of both."""

import json
import subprocess
import sys

import pytest

from confidentiality import pictures
from confidentiality.tests.bombs import BOMBS, TAKEN, jpeg_of_scans, png
from confidentiality.tests.speed import allowed

SECONDS = 2  # of a processor
MEMORY = 150_000  # kB
# One process that has read nothing yet, and a copy of it for each file: what a copy grows by is that file's doing.
MEASURE = """
import io, json, os, resource, sys, time
from pathlib import Path
from types import SimpleNamespace
from django.conf import settings
from confidentiality import pictures

settings.configure(USE_I18N=False)  # the sentences wait for a language

def measured(path):
    file = io.BytesIO(path.read_bytes())
    size = len(file.getvalue())
    upload = SimpleNamespace(size=size, name=path.name, content_type="", read=file.read, seek=file.seek)
    before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    try:
        pictures.clean(upload)
        told = "taken"
    except pictures.Refused as refused:
        told = str(refused)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    return {"told": told, "seconds": time.process_time() - begun, "grown": grown}

for path in sys.argv[1:]:
    reading, writing = os.pipe()
    if os.fork() == 0:
        os.write(writing, json.dumps(measured(Path(path))).encode())
        os._exit(0)
    os.close(writing)
    print(os.fdopen(reading).read() or json.dumps({"told": "died", "seconds": 0, "grown": 0}))
    os.wait()
"""


def measured(tmp_path, files):
    """What becomes of each file, the seconds that it took and the kB that the process grew by."""
    paths = []
    for number, (name, data) in enumerate(files.values()):
        (tmp_path / str(number)).mkdir()
        paths.append(tmp_path / str(number) / name)
        paths[-1].write_bytes(data)
    command = [sys.executable, "-W", "ignore", "-c", MEASURE, *map(str, paths)]
    told = subprocess.run(command, capture_output=True, check=True, text=True).stdout.splitlines()
    return dict(zip(files, map(json.loads, told), strict=True))


def too_dear(found):
    most = allowed(SECONDS)
    return {what: one for what, one in found.items() if one["seconds"] > most or one["grown"] > MEMORY}


@pytest.mark.long
def test_each_bomb_is_answered_in_little_time_and_memory(tmp_path):
    files = {what: (name, make()) for what, (name, make) in BOMBS.items()}
    assert {what for what, (_, data) in files.items() if len(data) > 3_000_000} == set(), "no bomb: it is large itself"
    found = measured(tmp_path, files)
    assert too_dear(found) == {}
    assert {what for what, one in found.items() if one["told"] == "taken"} == TAKEN
    sentences = {one["told"] for what, one in found.items() if what not in TAKEN}
    assert sentences == {
        pictures.TOO_MANY_PIXELS,
        pictures.TOO_MANY_STEPS,
        pictures.NOT_A_PICTURE,
        pictures.BROKEN,
    }


def test_a_bomb_is_refused_before_it_opens(tmp_path):
    """An 81-megapixel PNG of 10 kB."""
    [found] = measured(tmp_path, {"bomb": ("a.png", png(9000, 9000))}).values()
    assert found["told"] == pictures.TOO_MANY_PIXELS
    assert found["seconds"] < allowed(SECONDS) / 4
    assert found["grown"] < 20_000


def test_a_picture_that_comes_into_focus_is_no_bomb(tmp_path):
    [found] = measured(tmp_path, {"progressive": ("a.jpg", jpeg_of_scans((1200, 900), 12))}).values()
    assert found["told"] == "taken"
