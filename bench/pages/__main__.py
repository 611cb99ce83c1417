"""Requests a second, CPU and waiting of whole pages: `make bench` (PAGES=2000 for as many stories and members).

Against a bare Django view and a plain page of 20 cards in the same run. Each page is asked twice: in a process of its
own, of which the CPU is taken alone, as the budgets were measured (docs/decisions/0088); and behind gunicorn, with the
CPU of its workers and of PostgreSQL together. The client's is not counted. The last line is JSON: the CPU of each page
as a ratio to the plain page's, and beside it what the last saved run had.
"""

import argparse
import json
import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from statistics import median, quantiles

from bench.pages.client import TOKEN

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


class Process:
    """A module of this package that answers JSON with JSON, a line each."""

    def __init__(self, module, **environment):
        command = [sys.executable, "-m", f"bench.pages.{module}"]
        given = {**os.environ, **environment}
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=ROOT, env=given)

    def ask(self, **question):
        self.process.stdin.write(json.dumps({"host": "testserver", **question}) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        self.process.wait(20)


class Site:
    """The same pages twice: behind gunicorn, and in a process that is asked without a server."""

    def __init__(self, settings, **environment):
        from bench.pages.server import Server

        self.server = Server(settings, **environment)
        self.inside = Process("inside", DJANGO_SETTINGS_MODULE=settings, **environment)

    def close(self):
        self.inside.close()
        self.server.close()


class Measure:
    """One address asked in one way, again and again; what is told is the median of the rounds."""

    def __init__(self, client, site, path, headers=None, expected=200, drafts=None):
        self.client, self.site, self.path, self.expected = client, site, path, expected
        self.question = {"path": path, "headers": headers or {}}
        # Behind gunicorn others save themselves than inside: each must know its last number.
        half = len(drafts or ()) // 2
        self.drafts = {"behind": drafts[:half], "inside": drafts[half:]} if drafts else {}
        self.rounds, self.took, self.size = [], [], 0

    def ask(self, process, where, **more):
        if self.drafts:
            more["drafts"] = self.drafts[where]
        answer = process.ask(**self.question, **more)
        if set(answer["statuses"]) != {str(self.expected)}:
            sys.exit(f"{self.path} answered {answer['statuses']}, not {self.expected}")
        return answer

    def run(self, seconds):
        server = self.site.server
        before = server.cpu()
        answer = self.ask(self.client, "behind", seconds=seconds, port=server.port)
        web, database = (after - then for after, then in zip(server.cpu(), before, strict=True))
        inside = self.ask(self.site.inside, "inside", seconds=seconds / 2)["cpu"]
        count = len(answer["took"])
        self.rounds.append((inside, (web + database) / count, web / count, count / answer["seconds"]))
        self.took += answer["took"]
        self.size = answer["size"]

    @property
    def row(self):
        inside, cpu, web, rate = (median(found) for found in zip(*self.rounds, strict=True))
        cuts = quantiles(self.took, n=100)
        return {
            **{"inside": inside, "cpu": cpu, "web": web, "rate": rate},
            **{"p50": cuts[49], "p99": cuts[98], "bytes": self.size},
        }


def measures(client, sites, world, cookie):
    """What is asked, in the order in which it is asked: every round of one follows the other."""
    plain, site, unkept = sites
    # As a browser says that has been here before.
    signed_in = {"Cookie": f"sessionid={cookie}; csrftoken={TOKEN}"}
    found = {
        ("bare view", "signed out"): Measure(client, plain, "/bare/"),
        ("plain cards", "signed out"): Measure(client, plain, "/cards/"),
        ("plain cards", "signed in"): Measure(client, plain, "/cards/", signed_in),
        ("its query", "signed out"): Measure(client, plain, "/query/"),
        ("its template", "signed out"): Measure(client, plain, "/template/"),
        ("20 kB of text", "signed out"): Measure(client, plain, "/text/"),
    }
    for name, (path, _) in addresses(world).items():
        if name not in {"directory", "profile"}:  # for members
            found[name, "no page kept"] = Measure(client, unkept, path)
            found[name, "signed out"] = Measure(client, site, path)
            etag = client.ask(port=site.server.port, path=path)["headers"].get("etag")
            if etag:
                found[name, "repeated"] = Measure(client, site, path, {"If-None-Match": etag}, 304)
        found[name, "signed in"] = Measure(client, site, path, signed_in)
    found["autosave", "signed in"] = Measure(client, site, "autosave", drafts=world["drafts"])
    return found


HEAD = f"{'':28}{'in process':^25}{'with server, database':^23}"
NAMES = (("page", 14), ("asked", 14), ("CPU ms", -8), ("ratio", -8), ("to hold", -9), ("CPU ms", -9), ("web", -7))
NAMES += (("ratio", -8), ("req/s", -8), ("of bare", -9), ("p50 ms", -8), ("p99 ms", -8), ("bytes", -8))


def show(rows, world, memory):
    """The table; answers the ratios: in process, as `to hold` is meant, and with everything."""
    bare, plain = rows["bare view", "signed out"], rows["plain cards", "signed out"]
    print(HEAD)
    print("".join(f"{name:<{width}}" if width > 0 else f"{name:>{-width}}" for name, width in NAMES))
    held = {
        name: dict(zip(("no page kept", "repeated", "signed in"), most, strict=True))
        for name, (_, most) in addresses(world).items()
    }
    held["autosave"] = {"signed in": AUTOSAVE}
    ratios = {}
    for (name, way), row in rows.items():
        inside, whole = row["inside"] / plain["inside"], row["cpu"] / plain["cpu"]
        most = held.get(name, {}).get(way, "")
        print(
            f"{name:14}{way:14}{1000 * row['inside']:8.2f}{inside:8.3f}{most:>9}{1000 * row['cpu']:9.2f}"
            f"{1000 * row['web']:7.2f}{whole:8.3f}{row['rate']:8.0f}{row['rate'] / bare['rate']:9.3f}"
            f"{1000 * row['p50']:8.1f}{1000 * row['p99']:8.1f}{row['bytes']:8}{' !' * bool(most and inside > most)}"
        )
        ratios[f"{name}, {way}"] = round(inside, 3)
        ratios[f"{name}, {way}, with server and database"] = round(whole, 3)
    print("largest web worker: {:.0f} MB, {:.0f} where what it shares counts by its share".format(*memory))
    return ratios


def compare(ratios):
    """With the last run that was saved here."""
    if SAVED.exists():
        before = json.loads(SAVED.read_text())
        print("CPU ratio now and in the run before:")
        for name, ratio in ratios.items():
            if name in before:
                print(f"  {name:54}{ratio:8.3f}{before[name]:8.3f}")
    SAVED.parent.mkdir(exist_ok=True)
    SAVED.write_text(json.dumps(ratios, indent=1))


def run(world, cookie, rounds, seconds):
    with ExitStack() as stack:
        client = Process("client")
        stack.callback(client.close)
        sites = [
            Site("bench.pages.plain_settings"),
            Site("bench.pages.settings"),
            Site("bench.pages.settings", KEPT_PAGES="0"),
        ]
        for site in sites:
            stack.callback(site.close)
        for site in sites:
            site.server.wait("/bare/")
        found = measures(client, sites, world, cookie)
        for number in range(rounds + 1):
            for measure in found.values():
                measure.run(seconds if number else WARM)
                if not number:
                    measure.rounds, measure.took = [], []
            print(f"round {number} of {rounds}", file=sys.stderr)
        return show({key: measure.row for key, measure in found.items()}, world, sites[1].server.memory())


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
