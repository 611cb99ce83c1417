"""Requests a second, CPU and waiting of whole pages: `make bench` (PAGES=2000 for as many stories and members).

Against a bare Django view and a plain page of 20 cards, both served by the same server in the same run. CPU is that of
the web workers and of PostgreSQL; the client's is not counted. The last line is JSON: each page's CPU as a ratio to the
plain page's, and beside it what the last saved run had.
"""

import argparse
import json
import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).resolve().parent.parent.parent
SAVED = ROOT / ".local" / "bench-pages.json"
WAYS = ("no page kept", "signed out", "repeated", "signed in")
# What docs/performance.md holds them to: CPU, signed out, asked for again, signed in.
LISTS, THINGS = (0.6, 0.1, 1.0), (0.8, 0.1, 1.2)
AUTOSAVE = 0.6
# Seconds of the first round, which does not count: each of eight threads has a connection of its own, on which
# PostgreSQL plans a question five times before it keeps a plan. A server does so once after each start.
WARM = 1.5


def addresses(world):
    from django.urls import reverse

    return {
        "home": ("/", LISTS),
        "list": (reverse("stories:list"), LISTS),
        "search": (reverse("reports:search") + "?q=sb", LISTS),
        "crossing": (reverse("crossings:crossing", args=["housing", "mental-health"]), LISTS),
        "directory": (reverse("networks:people"), LISTS),
        "story": (world["story"].get_absolute_url(), THINGS),
        "practice": (world["practice"].get_absolute_url(), THINGS),
        "profile": (world["person"].get_absolute_url(), THINGS),
        "report": (world["report"].get_url(), (1.5, 0.1, 1.5)),
    }


class Client:
    def __init__(self):
        command = [sys.executable, "-m", "bench.pages.client"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)

    def ask(self, **question):
        self.process.stdin.write(json.dumps({"host": "testserver", **question}) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


class Measure:
    """One address asked in one way, again and again; what is told is the median of the rounds."""

    def __init__(self, client, server, path, headers=None, expected=200, **more):
        self.client, self.server, self.expected = client, server, expected
        self.question = {"port": server.port, "path": path, "headers": headers or {}, **more}
        self.rounds, self.took, self.size = [], [], 0

    def run(self, seconds):
        before = self.server.cpu()
        answer = self.client.ask(**self.question, seconds=seconds)
        web, database = (after - then for after, then in zip(self.server.cpu(), before, strict=True))
        if set(answer["statuses"]) != {str(self.expected)}:
            sys.exit(f"{self.question['path']} answered {answer['statuses']}, not {self.expected}")
        count = len(answer["took"])
        self.rounds.append(((web + database) / count, web / count, count / answer["seconds"]))
        self.took += answer["took"]
        self.size = answer["size"]

    @property
    def row(self):
        cpu, web, rate = (median(found) for found in zip(*self.rounds, strict=True))
        cuts = quantiles(self.took, n=100)
        return {"cpu": cpu, "web": web, "rate": rate, "p50": cuts[49], "p99": cuts[98], "bytes": self.size}


def measures(client, servers, world, cookie):
    """What is asked, in the order in which it is asked: every round of one follows the other."""
    plain, site, unkept = servers
    signed_in = {"Cookie": f"sessionid={cookie}"}
    found = {
        ("bare view", "signed out"): Measure(client, plain, "/bare/"),
        ("plain cards", "signed out"): Measure(client, plain, "/cards/"),
        ("plain cards", "signed in"): Measure(client, plain, "/cards/", signed_in),
    }
    for name, (path, _) in addresses(world).items():
        if name not in {"directory", "profile"}:  # for members
            found[name, "no page kept"] = Measure(client, unkept, path)
            found[name, "signed out"] = Measure(client, site, path)
            etag = client.ask(port=site.port, path=path)["headers"].get("etag")
            if etag:
                found[name, "repeated"] = Measure(client, site, path, {"If-None-Match": etag}, 304)
        found[name, "signed in"] = Measure(client, site, path, signed_in)
    found["autosave", "signed in"] = Measure(client, site, "autosave", drafts=world["drafts"])
    return found


def show(rows, world, memory):
    bare, plain = rows["bare view", "signed out"], rows["plain cards", "signed out"]
    print(
        f"{'page':14}{'asked':14}{'req/s':>8}{'of bare':>9}{'CPU ms':>8}{'web':>7}{'CPU ratio':>11}{'to hold':>9}",
        end="",
    )
    print(f"{'p50 ms':>8}{'p99 ms':>8}{'bytes':>8}")
    held = {
        name: dict(zip(("no page kept", "repeated", "signed in"), most, strict=True))
        for name, (_, most) in addresses(world).items()
    }
    held["autosave"] = {"signed in": AUTOSAVE}
    ratios = {}
    for (name, way), row in rows.items():
        ratio = row["cpu"] / plain["cpu"]
        most = held.get(name, {}).get(way, "")
        mark = " !" if most and ratio > most else ""
        print(
            f"{name:14}{way:14}{row['rate']:8.0f}{row['rate'] / bare['rate']:9.3f}{1000 * row['cpu']:8.2f}"
            f"{1000 * row['web']:7.2f}{ratio:11.3f}{most:>9}{1000 * row['p50']:8.1f}{1000 * row['p99']:8.1f}"
            f"{row['bytes']:8}{mark}"
        )
        ratios[f"{name}, {way}"] = round(ratio, 3)
    print("largest web worker: {:.0f} MB, {:.0f} where what it shares counts by its share".format(*memory))
    return ratios


def compare(ratios):
    """With the last run that was saved here."""
    if SAVED.exists():
        before = json.loads(SAVED.read_text())
        print("CPU ratio now and in the run before:")
        for name, ratio in ratios.items():
            if name in before:
                print(f"  {name:28}{ratio:8.3f}{before[name]:8.3f}")
    SAVED.parent.mkdir(exist_ok=True)
    SAVED.write_text(json.dumps(ratios, indent=1))


def run(world, cookie, rounds, seconds):
    from bench.pages.server import Server

    with ExitStack() as stack:
        servers = [
            Server("bench.pages.plain_settings"),
            Server("bench.pages.settings"),
            Server("bench.pages.settings", KEPT_PAGES="0"),
        ]
        for server in servers:
            stack.callback(server.close)
        for server in servers:
            server.wait("/bare/")
        found = measures(Client(), servers, world, cookie)
        for number in range(rounds + 1):
            for measure in found.values():
                measure.run(seconds if number else WARM)
                if not number:
                    measure.rounds, measure.took = [], []
            print(f"round {number} of {rounds}", file=sys.stderr)
        return show({key: measure.row for key, measure in found.items()}, world, servers[1].memory())


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=2000)
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=0.6, help="for each page and round")
    asked = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.pages.settings"
    import django

    django.setup()
    from django.core.management import call_command

    from bench.pages import community

    call_command("collectstatic", interactive=False, verbosity=0)
    world = community.write(asked.stories, asked.people)
    ratios = run(world, community.session_of(world["member"]), asked.rounds, asked.seconds)
    compare(ratios)
    print(json.dumps(ratios))


if __name__ == "__main__":
    main()
