"""How fast the weekly letter goes: `make bench-digest MEMBERS=20000`.

Mails per second of CPU, of the sender and its PostgreSQL backend; the relay that takes them is not counted. The last
line is JSON. What the ratios are held to stands in docs/performance.md.
"""

import argparse
import json
import os
import sys
from pathlib import Path

SAMPLE_PLAIN, SAMPLE_PREBUILT = 300, 5000
STORIES = 240
MEMORY_EVERY = 10_000


def resident_kb():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


def run(members, story_count):
    from django.conf import settings

    from bench import letters, sink, ways, world
    from members.models import User

    world.make_stories(story_count)
    world.make_readers(members)
    issue = world.letter()
    keys = list(User.objects.filter(pk__gt=100_000).order_by("pk").values_list("pk", flat=True))
    readers = letters.readers_of(keys)
    with sink.listening() as (port, counts):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        found, chosen_in, selection = letters.choose_all(issue, readers, now=issue.hurried_at)
        rows = {"plain": ways.plain(issue, keys[:SAMPLE_PLAIN])}
        plain_size = counts[1] // counts[0]
        rows["prebuilt"] = ways.prebuilt(issue, readers[:SAMPLE_PREBUILT], "127.0.0.1", port)
        taken, size = counts[0], counts[1]
        rows["engine"] = ways.engine(min(members // 2, MEMORY_EVERY), resident_kb)
        if not counts[0] - taken == rows["engine"][0] == members:
            sys.exit(f"{members} letters were due, {rows['engine'][0]} were sent, {counts[0] - taken} arrived")
    return rows, selection, {"plain": plain_size, "engine": (counts[1] - size) // members}


def report(rows, selection, sizes, memory):
    print(f"{'way':10}{'mails':>8}{'CPU s':>9}{'own':>9}{'database':>10}{'mails/CPU s':>13}")
    rates = {}
    for name in ("plain", "engine", "prebuilt"):
        count, spent = rows[name][:2]
        rates[name] = round(count / spent.seconds, 1)
        print(f"{name:10}{count:8}{spent.seconds:9.2f}{spent.own:9.2f}{spent.backend:10.2f}{rates[name]:13.0f}")
    print(f"engine / plain {rates['engine'] / rates['plain']:.1f} (12 or more), ", end="")
    print(f"engine / prebuilt {rates['engine'] / rates['prebuilt']:.2f} (0.5 or more)")
    print(f"bytes a mail: {sizes}; memory of the engine, kB, half way or every {MEMORY_EVERY} mails: {memory}")
    print(json.dumps({**rates, "selection_s_per_100k": round(selection, 2)}))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=20_000)
    parser.add_argument("--stories", type=int, default=STORIES)
    asked = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "systemschange.tests.settings"
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    import django

    django.setup()
    rows, selection, sizes = run(asked.members, asked.stories)
    report(rows, selection, sizes, rows["engine"][2])


if __name__ == "__main__":
    main()
