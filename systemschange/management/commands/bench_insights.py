import json
import resource
import time
from statistics import median
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.core.management.base import BaseCommand
from django.db import transaction
from django.test import Client, override_settings

from design.cost import costs
from insights import exporting, open_data, scale
from members.models import User

FILTERS = (
    "",
    "?since=year",
    "?place=england",
    "?place=north-west",
    "?practice=rule-or-habit",
    "?outcome=stopped",
    "?place=north-west&practice=rule-or-habit&outcome=stopped",
)
BOTH = "?service=housing&other=mental-health"
ASKED = {
    "/insights/": FILTERS,
    "/insights/about/": ("",),
    "/insights/changes/": (*FILTERS, BOTH),
    "/insights/practices/": (*(query for query in FILTERS if "practice=" not in query), BOTH),
    "/insights/places/": tuple(query for query in FILTERS if "place=" not in query),
    "/insights/crossings.csv": ("",),
    "/api/stories/": ("",),
    "/api/crossings/": ("",),
}
SIGNED_IN = ("/insights/", "/insights/changes/", "/insights/practices/", "/insights/places/")
FILE = "/api/stories.csv"
# What is counted from stories in a table that goes again must not be kept for the site's readers.
APART = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


class Command(BaseCommand):
    """How long what the stories show together takes among many: in tables made for it, beside the site's and then gone.

    Cold: nobody has asked for ten minutes, so it is counted. Warm: it is kept. In processor time of this process
    (`sql` are PostgreSQL's milliseconds); ratios are to the warm map of the same run.
    """

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--stories", type=int, default=100_000)
        parser.add_argument("--draws", type=int, default=5, help="each page is asked so often")
        parser.add_argument("--words", type=int, default=40, help="words in each story")

    def handle(self, *, stories, draws, words, **options):
        at = urlsplit(settings.SITE_URL)
        self.client = Client(SERVER_NAME=at.hostname)
        self.secure = at.scheme == "https"
        with override_settings(CACHES=APART), scale.scratch():
            self.stderr.write(f"writing {stories} stories")
            scale.fill(stories, words=words)
            rows = [self.measure(page + query, draws) for page, queries in ASKED.items() for query in queries]
            rows += self.signed_in(draws)
            file = {**self.stream(), **self.sign()}
        plain = rows[0]["warm"]
        self.stdout.write(f"{'page':76}{'cold':>9}{'warm':>9}{'ratio':>7}{'sql ms':>8}{'queries':>9}{'pages':>8}")
        for row in rows:
            row["cold_ratio"] = round(row["cold"] / plain, 1)
            self.stdout.write(
                f"{row['page']:76}{row['cold']:9.1f}{row['warm']:9.1f}{row['cold_ratio']:7.1f}"
                f"{row['sql']:8.1f}{row['queries']:9d}{row['pages']:8d}"
            )
        self.stdout.write(f"{FILE}: {file['rows']} rows, {file['seconds']} s, {file['grown_kb']} kB more after a tenth")
        self.stdout.write(f"its sign: {file['sign_ms']} ms, {file['sign_pages']} pages")
        self.stdout.write(json.dumps({"stories": stories, "draws": draws, "words": words, "pages": rows, "file": file}))

    def get(self, address):
        answer = self.client.get(address, secure=self.secure)
        if answer.status_code != 200:
            raise RuntimeError(f"{address}: {answer.status_code}")
        return answer

    def measure(self, address, draws):
        self.get("/insights/")  # the shared words are known
        cold = []
        for _ in range(draws):
            self.forget()
            cold.append(self.took(address))
        warm = median(self.took(address) for _ in range(draws))
        self.forget()
        with costs() as asked:
            self.get(address)
        return {
            "page": address,
            "cold": round(median(cold), 1),
            "warm": round(warm, 1),
            "sql": round(sum(cost.ms for cost in asked), 1),
            "queries": len(asked),
            "pages": sum(cost.buffers for cost in asked),
        }

    def signed_in(self, draws):
        """The same pages for somebody of this site, if there is anybody; their session goes again."""
        member = User.objects.people().filter(is_active=True, is_staff=False).order_by("pk").first()
        if member is None:
            self.stderr.write("nobody here to sign in: load_demo makes some")
            return []
        with transaction.atomic():
            self.client.force_login(member, backend=settings.AUTHENTICATION_BACKENDS[0])
            rows = [self.measure(page, draws) for page in SIGNED_IN]
            transaction.set_rollback(True)
        self.client.logout()
        return [{**row, "page": f"{row['page']} signed in"} for row in rows]

    @staticmethod
    def sign():
        """What each request for the one large file costs: a hash over what every open story says."""
        with costs() as asked:
            open_data.sign()
        return {
            "sign_ms": round(sum(cost.ms for cost in asked), 1),
            "sign_pages": sum(cost.buffers for cost in asked),
        }

    def forget(self):
        """Whatever was counted; not the shared words."""
        cache.clear()
        self.get("/practices/")

    def took(self, address):
        """This process's milliseconds of processor time: what else the machine does is not counted."""
        began = time.process_time()
        self.get(address)
        return (time.process_time() - began) * 1000

    def stream(self):
        """The whole file, as a worker writes it, and how much this process grew between its first tenth and its end."""
        began, rows, early = time.perf_counter(), 0, 0
        tenth = sum(1 for _ in exporting.parts("csv")) // 10
        for _ in exporting.parts("csv"):
            rows += 1
            if rows == tenth:
                early = resident_kb()
        seconds = round((time.perf_counter() - began) / 2, 1)
        return {"rows": rows, "seconds": seconds, "grown_kb": resident_kb() - early}


def resident_kb():
    """What this process holds now, where the system says so; else the most that it ever held."""
    try:
        with open("/proc/self/statm") as told:
            return int(told.read().split()[1]) * resource.getpagesize() // 1024
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
