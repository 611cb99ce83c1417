"""What people do, as locust plays it: four in five requests read, one writes.

`LOAD_WORLD` names a JSON file with sessions, addresses and drafts, `LOAD_MIX` says how many of each kind there are.
Into `LOAD_SAID` goes which words each editor was last told were saved, and which were last sent: whoever starts the
play judges from these whether a word was lost.
"""

import json
import os
import re
import secrets
from itertools import count
from pathlib import Path

from locust import FastHttpUser, constant_pacing, constant_throughput, events, task

WORLD = json.loads(Path(os.environ["LOAD_WORLD"]).read_text())
MIX = json.loads(os.environ["LOAD_MIX"])
EVERY = float(os.environ["LOAD_EDITORS_EVERY"])
FORM_KEY = re.compile(r'name="form_key" value="([^"]+)"')
EDIT_NUMBER, WORDS = re.compile(r'name="edit_number" value="(\d+)"'), re.compile(r"A call, then (\d+) more")
NUMBER = count()
SAID = {}


class Person(FastHttpUser):
    """Somebody with a browser: its cookies, and the token that Django asks for with each form."""

    abstract = True
    connection_timeout = network_timeout = 30.0
    session = ""

    def on_start(self):
        self.token = secrets.token_hex(16)
        cookies = f"csrftoken={self.token}" + (f"; sessionid={self.session}" if self.session else "")
        self.headers = {"Host": "testserver", "Cookie": cookies, "X-CSRFToken": self.token}

    def read(self, path, name):
        return self.client.get(path, headers=self.headers, name=name)

    def write(self, path, words, name):
        return self.client.post(path, data=words, headers=self.headers, name=name, allow_redirects=False)

    def one_of(self, what):
        return WORLD[what][next(NUMBER) % len(WORLD[what])]


class Visitor(Person):
    """Reads what is public."""

    fixed_count = MIX["Visitor"]
    wait_time = constant_throughput(0.5)

    @task(2)
    def home(self):
        self.read("/", "home")

    @task(2)
    def stories(self):
        self.read("/stories/", "list")

    @task(4)
    def story(self):
        self.read(self.one_of("stories"), "story")

    @task(1)
    def crossing(self):
        self.read("/crossings/housing--mental-health/", "crossing")

    @task(1)
    def report(self):
        self.read(WORLD["report"], "report")


class Member(Person):
    """Reads, looks for people and words, and now and then begins a story or thanks a teller."""

    fixed_count = MIX["Member"]
    wait_time = constant_throughput(0.5)

    def on_start(self):
        self.session = self.one_of("members")
        super().on_start()

    @task(3)
    def stories(self):
        self.read("/stories/", "list, signed in")

    @task(4)
    def story(self):
        self.read(self.one_of("stories"), "story, signed in")

    @task(2)
    def search(self):
        self.read(f"/stories/?q={self.one_of('words')}", "search, signed in")

    @task(2)
    def people(self):
        self.read("/people/", "directory, signed in")

    @task(3)
    def jot(self):
        found = FORM_KEY.search(self.read("/stories/new/", "page one").text or "")
        if found:
            words = {"form_key": found[1], "title": "Something that changed", "noticed": "A letter nobody read."}
            self.write("/stories/new/", words, "begin a story")

    @task(4)
    def thank(self):
        self.write(self.one_of("stories") + "thank/", {"kinds": "meeting", "named": "no"}, "thank")


class Editor(Person):
    """Types into a draft; the page saves it by itself."""

    fixed_count = MIX["Editor"]
    wait_time = constant_pacing(EVERY)

    def on_start(self):
        self.draft = WORLD["drafts"][next(NUMBER) % len(WORLD["drafts"])]
        self.session, self.edit_number = self.draft["session"], None
        super().on_start()

    @task
    def save(self):
        if self.edit_number is None and not self.open():
            return
        self.saves += 1
        said = SAID.setdefault(self.draft["slug"], {"saved": 0})
        said["sent"] = self.saves
        words = {"edit_number": self.edit_number, "tried": f"A call, then {self.saves} more."}
        answer = self.write(f"/stories/{self.draft['slug']}/autosave/tried/", words, "autosave")
        if answer.status_code == 200:
            self.edit_number = answer.json()["fields"]["edit_number"]
            said["saved"] = self.saves
        elif answer.status_code == 409:
            # Saved after all, and the answer was lost with its server: the page would show both texts.
            self.edit_number = None

    def open(self):
        """The page as it is now, with the number of its last save and what was written."""
        page = self.read(f"/stories/{self.draft['slug']}/write/tried/", "draft").text or ""
        number, words = EDIT_NUMBER.search(page), WORDS.search(page)
        self.edit_number, self.saves = number and int(number[1]), int(words[1]) if words else 0
        return bool(number)


@events.test_stop.add_listener
def tell(**_):
    Path(os.environ["LOAD_SAID"]).write_text(json.dumps(SAID))
