"""The mails about what members add to stories, as a person can read them beside this file."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from members.models import Notice
from members.tests.factories import MemberFactory, ModeratorFactory, without_tokens
from stories import actions, reminding
from stories.models import Response
from stories.tests.contributing import add, live, published

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
SNAPSHOTS = Path(__file__).parent / "emails"
WORD = "zephyr"


def sam():
    return MemberFactory(first_name="Sam", email="sam@example.org")


def approved():
    return actions.approve_contribution(add(Response, published(), by=sam(), text=WORD), by=ModeratorFactory(), now=NOW)


def refused():
    added = add(Response, published(), by=sam(), text=WORD)
    return actions.refuse_contribution(added, by=ModeratorFactory(), now=NOW, reason="It names a <small> service.")


def taken_down():
    return actions.take_down_contribution(approved(), by=ModeratorFactory(), now=NOW, reason="It names a person.")


def left_as_it_is():
    added = approved()
    said = {"kind": "about_me", "text": WORD, "contact": "", "sender": "x", "key": "y"}
    actions.raise_concern_added(added, **said, now=NOW)
    actions.release_added(added, by=ModeratorFactory(), now=NOW, reason="Nobody can be recognised.")
    return added


def six_months_on():
    story = published(author=sam(), title=WORD, at=datetime(2025, 9, 1, 12, tzinfo=UTC))
    reminding.ask_what_happened_since(now=NOW)
    return story


def answered():
    story = published(author=sam(), title=WORD)
    live(Response, story, text=WORD)
    reminding.tell_tellers(now=NOW)
    return story


STEPS = {
    "contribution_live": (approved, "What you added is shown"),
    "contribution_refused": (refused, "What you added is not shown"),
    "contribution_taken_down": (taken_down, "What you added was taken down"),
    "contribution_released": (left_as_it_is, "What you added stays as it is"),
    "follow_up_asked": (six_months_on, "What has happened since?"),
    "new_responses": (answered, "Somebody has answered you"),
}


@pytest.mark.parametrize("kind", STEPS)
def test_each_step_is_told_in_these_words(client, kind):
    """To renew a snapshot delete the file and run the test twice; read what changed."""
    step, subject = STEPS[kind]
    done = step()
    notice = Notice.objects.filter(kind=f"stories.{kind}").latest("pk")
    assert (notice.to, notice.subject) == ("sam@example.org", subject)
    assert WORD not in notice.subject + notice.text + notice.html
    for ending, words in {"txt": notice.text, "html": notice.html}.items():
        words = without_tokens(words).replace(done.slug, "the-slug")
        snapshot = SNAPSHOTS / f"{kind}.{ending}"
        if not snapshot.exists():
            snapshot.write_text(words)
            pytest.fail(f"There was no {snapshot.name}: it is written now. Read it.")
        assert words == snapshot.read_text()
    client.force_login(notice.member)
    links = [word for word in notice.text.split() if word.startswith("http://testserver/stories/")]
    assert links
    assert {client.get(link.removeprefix("http://testserver")).status_code for link in links} == {200}
