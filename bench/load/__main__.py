"""The site under load: `make load` (PEOPLE=10000 STORIES=5000 SECONDS=120 SOAK=1800).

What is played stands in `scenarios.py`; each phase is a table of waiting by what was asked. First 30 requests a second,
then with a hundred open editors, then while a letter goes to everybody, then while each part of the site is killed and
comes back, and, where SOAK says for how many seconds, for a long time with an eye on memory (PHASE=soak for that
alone); last, at ten requests a second, while new versions go out (PHASE=deploy). No word that an editor was told was
saved may be lost. The last line is JSON; what the figures are held to stands in docs/performance.md.
"""

import argparse
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent.parent
RATE, EDITORS, EDITORS_EVERY = 30, 100, 15
EACH = 0.5  # requests a second of one reader
MOST_GROWTH = 0.05  # of memory, over the long phase


class Phase:
    """One run of locust, in a process of its own: who plays, for how long, and what they waited for."""

    def __init__(self, site, name, seconds, *, editors=0, every=EDITORS_EVERY, rate=RATE):
        self.site, self.name, self.seconds = site, name, seconds
        self.said = site.folder / f"said-{name}.json"
        readers = int(rate / EACH)
        mix = {"Visitor": readers // 2, "Member": readers - readers // 2, "Editor": editors}
        people = [f"--users={sum(mix.values())}", f"--spawn-rate={max(10, sum(mix.values()) // 5)}"]
        environment = {
            **os.environ,
            "LOAD_WORLD": str(site.folder / "world.json"),
            "LOAD_SAID": str(self.said),
            "LOAD_EDITORS_EVERY": str(every),
            "LOAD_MIX": json.dumps(mix),
        }
        command = ["-m", "locust", "-f", "bench/load/scenarios.py", "--headless", "--json", "--reset-stats", *people]
        command += [f"--run-time={seconds}s", f"--host=http://127.0.0.1:{site.port}", "--loglevel=ERROR"]
        # Into files: nobody reads while a deploy takes longer than the play, and a full pipe would hold its end back.
        self.out, self.errors = site.folder / "play.json", site.folder / "play.errors"
        with self.out.open("w") as out, self.errors.open("w") as errors:
            self.process = subprocess.Popen(
                [sys.executable, *command], cwd=ROOT, env=environment, stdout=out, stderr=errors
            )

    def end(self):
        """{what was asked: (count, failed, p50, p95)}, milliseconds; "all" is everything together."""
        self.process.wait()
        out, errors = self.out.read_text(), self.errors.read_text()
        found, all_times, all_failed = {}, {}, 0
        for row in json.loads(out):
            times = {int(took): count for took, count in row["response_times"].items()}
            found[row["name"]] = (
                row["num_requests"],
                row["num_failures"],
                percentile(times, 50),
                percentile(times, 95),
            )
            for took, count in times.items():
                all_times[took] = all_times.get(took, 0) + count
            all_failed += row["num_failures"]
        total = sum(all_times.values())
        self.rows = {**found, "all": (total, all_failed, percentile(all_times, 50), percentile(all_times, 95))}
        self.show()
        print(errors.rpartition("Error report")[2] if all_failed else "")
        return self.rows["all"]

    def show(self):
        print(f"\n{self.name}, {self.seconds} s: {self.rows['all'][0] / self.seconds:.1f} requests a second")
        print(f"{'asked':24}{'count':>8}{'failed':>8}{'p50 ms':>8}{'p95 ms':>8}")
        for name, (count, failed, half, most) in sorted(self.rows.items(), key=lambda row: row[0] == "all"):
            print(f"{name:24}{count:8}{failed:8}{half:8.0f}{most:8.0f}")


def percentile(times, percent):
    """Of {milliseconds: how often}."""
    left = sum(times.values()) * percent / 100
    for took in sorted(times):
        left -= times[took]
        if left <= 0:
            return took
    return 0


def lost_words(said):
    """Drafts in which a save that an editor was told of is no longer there, by name."""
    from django.db import connection

    from stories.models import Story

    connection.close()  # the server may have died meanwhile
    lost = {}
    for slug, numbers in json.loads(said.read_text()).items():
        words = Story.objects.get(slug=slug).tried
        kept = int(words.split()[3]) if words else 0
        if not numbers["saved"] <= kept <= numbers["sent"]:
            lost[slug] = {**numbers, "kept": kept}
    return lost


def mixed(site, seconds):
    return Phase(site, "mixed", seconds).end()


def with_editors(site, seconds):
    phase = Phase(site, "with open editors", seconds, editors=EDITORS)
    return phase.end(), lost_words(phase.said)


def with_a_letter(site, seconds, counts):
    """Sent to everybody while they read; how many mails went meanwhile."""
    from bench.world import letter

    before = counts[0]
    letter()
    phase = Phase(site, "with a letter", seconds)
    return phase.end(), counts[0] - before


def with_deaths(site, seconds):
    """Each part is killed once, with time to come back before the next."""
    phase = Phase(site, "with deaths", seconds, editors=EDITORS)
    deaths = {
        "web worker": site.kill_a_web_worker,
        "web": lambda: site.kill("web"),
        "celery": lambda: site.kill("worker"),
        "beat": lambda: site.kill("beat"),
        "valkey": lambda: site.kill("valkey"),
        "database": site.crash_the_database,
    }
    happened = {}
    for name, die in deaths.items():
        time.sleep(seconds / (len(deaths) + 2))
        happened[name] = bool(die())
    last = phase.end()
    site.wait()
    return last, happened, lost_words(phase.said)


def with_deploys(site, seconds):
    """So many versions go out, with time between them; how long each kept its readers waiting, in seconds."""
    from bench.load import deploy

    phase = Phase(site, "with deploys", seconds, editors=deploy.EDITORS, every=deploy.EVERY, rate=deploy.RATE)
    waits = []  # of those that were over before the players were
    while len(waits) < deploy.TIMES:
        time.sleep(seconds / (deploy.TIMES + 2))
        took = round(site.deploy(), 1)
        if phase.process.poll() is not None:
            break
        waits.append(took)
    last = phase.end()
    saved = sum(numbers["saved"] for numbers in json.loads(phase.said.read_text()).values())
    return last, waits, saved, lost_words(phase.said)


def soak(site, seconds):
    """How much the processes grew between the second sixth and the last, as a share."""
    sizes, over = [], threading.Event()

    def look():
        while not over.wait(5):
            sizes.append(site.memory())

    watcher = threading.Thread(target=look)
    watcher.start()
    last = Phase(site, "soak", seconds, editors=EDITORS).end()
    over.set()
    watcher.join()
    sixth = len(sizes) // 6
    parts = [median(sizes[part * sixth : (part + 1) * sixth]) for part in range(6)]
    print("MB of web and Celery, by sixths:", *map(round, parts))
    return last, round(parts[-1] / parts[1] - 1, 3)


def run(site, counts, asked):
    """(what is said in JSON, what is wrong)."""
    rows, wrong = {}, []
    rows["mixed"] = mixed(site, asked.seconds)
    rows["editors"], lost = with_editors(site, asked.seconds)
    wrong += [f"lost with open editors: {lost}"] * bool(lost)
    rows["letter"], mails = with_a_letter(site, asked.seconds, counts)
    rows["deaths"], happened, lost = with_deaths(site, asked.seconds)
    wrong += [f"lost with deaths: {lost}"] * bool(lost)
    wrong += [f"did not die: {name}" for name, died in happened.items() if not died]
    found = {f"{name}_p95_ms": row[3] for name, row in rows.items()}
    found |= {f"{name}_failed": row[1] for name, row in rows.items()}
    found |= {"letter_mails": mails, "letter_p95_ratio": round(rows["letter"][3] / max(rows["mixed"][3], 1), 2)}
    wrong += [f"failed in {name}" for name, row in rows.items() if name != "deaths" and row[1]]
    print(f"\nkilled: {happened}; mails sent meanwhile: {mails}")
    if asked.soak:
        said, missed = run_soak(site, asked)
        found, wrong = found | said, wrong + missed
    return found, wrong


def run_soak(site, asked):
    """The same of the long phase."""
    (count, failed, _, slow), growth = soak(site, asked.soak)
    found = {"soak_requests": count, "soak_failed": failed, "soak_p95_ms": slow, "soak_growth": growth}
    wrong = [f"failed in the long phase: {failed}"] * bool(failed)
    return found, wrong + [f"memory grew by {growth:.1%}"] * (growth > MOST_GROWTH)


def run_deploys(site, asked):
    """The same of the phase with deploys."""
    from bench.load import deploy

    (count, failed, _, slow), waits, saved, lost = with_deploys(site, asked.seconds)
    print(
        f"\ndeploys: {len(waits)}; seconds until the new version answered: {waits}; drafts that lost words: {len(lost)}"
    )
    wrong = [f"failed in deploys: {failed}"] * bool(failed) + [f"lost in deploys: {lost}"] * bool(lost)
    # Players who stand still are refused nothing and lose nothing.
    wrong += [f"only {count} requests in deploys"] * (count < asked.seconds * deploy.RATE / 2)
    wrong += ["nothing was saved in deploys"] * (not saved)
    wrong += ["no deploy was over before its players were: give more SECONDS"] * (not waits)
    found = {"deploy_requests": count, "deploy_failed": failed, "deploy_p95_ms": slow, "deploy_lost": len(lost)}
    whole, share = site.web_worker()
    print(f"largest web worker: {whole:.0f} MB, {share:.0f} where what it shares counts by its share")
    return {
        **found,
        "deploys": len(waits),
        "deploy_longest_s": max(waits, default=0),
        "web_worker_mb": round(whole),
    }, wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--stories", type=int, default=5_000)
    parser.add_argument("--seconds", type=int, default=120, help="of each phase")
    parser.add_argument("--phase", choices=["all", "soak", "deploy"], default="all")
    parser.add_argument("--soak", type=int, default=0, help="seconds of a long phase at the end")
    asked = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.pages.settings"
    import django

    django.setup()
    from django.core.management import call_command

    from bench import sink
    from bench.load import deploy, world
    from bench.load.site import Site

    call_command("collectstatic", interactive=False, verbosity=0)
    told = world.write(asked.stories, asked.people, drafts=EDITORS)
    found, wrong = {}, []
    with sink.listening() as (port, counts):
        plays = {
            "all": (Site, lambda site: run(site, counts, asked)),
            "soak": (Site, lambda site: run_soak(site, asked)),
            "deploy": (deploy.Deployed, lambda site: run_deploys(site, asked)),
        }
        for kind, play in [plays[name] for name in (["all", "deploy"] if asked.phase == "all" else [asked.phase])]:
            with kind(port) as site:
                (site.folder / "world.json").write_text(json.dumps(told))
                said, missed = play(site)
            found, wrong = found | said, wrong + missed
    print(f"wrong: {wrong or 'nothing'}")
    print(json.dumps(found))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
