"""The mails about questions and answers, as a person can read them beside this file."""

from pathlib import Path

import pytest

from members.models import Notice
from members.tests.factories import MemberFactory, ModeratorFactory, without_tokens
from networks.actions import rules as actions
from networks.emails import rules as emails
from networks.models import RuleQuestion
from networks.tests.factories import RuleAnswerFactory, RuleQuestionFactory
from networks.tests.test_rules import NOW

pytestmark = pytest.mark.django_db
SNAPSHOTS = Path(__file__).parent / "emails"
WORD = "zephyr"


def question(**more):
    return RuleQuestionFactory(author=MemberFactory(first_name="Sam", email="sam@example.org"), told=WORD, **more)


def shown():
    one = question()
    actions.approve(one, by=ModeratorFactory(), now=NOW)
    return one


def refused():
    one = question()
    actions.refuse(one, by=ModeratorFactory(), now=NOW, reason=f"It says {WORD}.")
    return one


def kept():
    one = question(live=True)
    emails.kept(one, now=NOW)
    return one


def answered():
    one = question(live=True)
    actions.approve(RuleAnswerFactory(question=one, text=WORD, key="the-answer"), by=ModeratorFactory(), now=NOW)
    return one


STEPS = {
    "rule_shown": (shown, "What you wrote is shown"),
    "rule_refused": (refused, "What you wrote is not shown"),
    "rule_kept": (kept, "What you wrote stays as it is"),
    "rule_answered": (answered, "Somebody knows something"),
}


@pytest.mark.parametrize("name", STEPS)
def test_each_step_is_told_in_these_words_and_every_link_opens(client, name):
    """To renew a snapshot delete the file and run the test twice; read what changed."""
    step, subject = STEPS[name]
    step()
    notice = Notice.objects.get(kind=f"networks.{name}", to="sam@example.org")
    assert (notice.subject, notice.caused_by) == (subject, None)
    assert WORD not in notice.subject + notice.text + notice.html
    for ending, words in {"txt": notice.text, "html": notice.html}.items():
        words = without_tokens(words).replace(RuleQuestion.objects.get().key, "the-key")
        snapshot = SNAPSHOTS / f"{name}.{ending}"
        if not snapshot.exists():
            snapshot.write_text(words)
            pytest.fail(f"There was no {snapshot.name}: it is written now. Read it.")
        assert words == snapshot.read_text()
    client.force_login(notice.member)
    links = [word for word in notice.text.split() if word.startswith("http://testserver/rule-or-habit/")]
    assert [client.get(link.removeprefix("http://testserver")).status_code for link in links] == [200]
