"""Words that a moderator takes out stand in no table afterwards."""

import pytest
from django.db import connection
from django.urls import reverse
from psycopg2 import sql

from members.models import Concern, Notice
from members.tests.factories import EditorFactory, MemberFactory, sign_in_staff
from stories import actions
from stories.models import KeptText, Story
from stories.scrubbing import Scrub
from stories.tests.desk import fresh, now, page, review, send_edit, verb
from stories.tests.factories import StoryFactory, edit_of

pytestmark = pytest.mark.django_db
CANARY = "Quillfeather O’Zephyr"
ASK = sql.SQL("SELECT count(*) FROM {} AS row WHERE row::text ILIKE %s")
TEXTS = ["title", "summary", "noticed", "flex", "tried", "who_with", "happened", "evidence_note", "help_wanted"]
SENT = {"passage": CANARY, "kind": "A name", "reason": "It names somebody."}


def tables_that_hold(*words):
    """Every table of the database in which any column, of whatever kind, holds one of the words."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        found = set()
        for table in tables:
            for word in words:
                cursor.execute(ASK.format(sql.Identifier(table)).as_string(cursor.cursor), [f"%{word}%"])
                if cursor.fetchone()[0]:
                    found.add(table)
    return found


def told_everywhere(moderator):
    """A story with the words in every text of every version, in reasons, questions, answers, mails and a kept text."""
    story = StoryFactory(**dict.fromkeys(TEXTS, f"Then {CANARY} rang."))
    author = story.author
    actions.send(story, by=author, now=now())
    actions.ask(story, text=f"Who is {CANARY}?", by=moderator, now=now())
    actions.answer(story, text=f"{CANARY.upper()} is the manager.", by=author, now=now())
    actions.ask_for_changes(story, by=moderator, now=now(), comment=f"Leave out {CANARY}.")
    send_edit(story, tried=f"I asked {CANARY}\nagain.")
    actions.approve(story, by=moderator, now=now(), comment=f"With {CANARY}.")
    raised = {"kind": "wrong", "text": "It is wrong.", "contact": "", "sender": "y", "key": "other-key"}
    actions.raise_concern(fresh(story), **raised, now=now())
    actions.release_story(fresh(story), by=moderator, now=now(), reason=f"{CANARY} is nobody.")
    edit_of(fresh(story), happened=f"{CANARY.lower()} left.")
    address = reverse("stories:write", args=[story.slug, "tried"])
    KeptText.objects.create(address=address, typed=f"tried={CANARY.replace(' ', '+')}", created_at=now())
    concern = {"kind": "wrong", "text": f"{CANARY} is my boss.", "sender": "x", "key": "one-key", "raised_at": now()}
    Concern.objects.create(target=story, **concern)
    return fresh(story)


def test_no_table_holds_the_words_afterwards(moderator):
    story = told_everywhere(moderator)
    assert {"stories_story", "wagtailcore_revision", "members_notice"} <= tables_that_hold("quillfeather")
    actions.redact(story, passage=CANARY, kind="A name", reason="It names somebody.", by=moderator, now=now())
    assert tables_that_hold("quillfeather", "zephyr") == set()
    story = fresh(story)
    assert story.tried == "I asked [taken out] again.".replace("out] again", "out]\nagain")
    assert story.get_latest_revision_as_object().happened == "[taken out] left."
    assert story.live


def test_the_teller_is_told_the_kind_and_the_reason_and_not_the_words(moderator):
    story = StoryFactory(live=True, tried=f"I asked {CANARY}.")
    actions.redact(story, passage=CANARY, kind="A name", reason="It names somebody.", by=moderator, now=now())
    mail = Notice.objects.get(kind="stories.words_taken_out")
    assert (mail.to, mail.subject) == (story.author.email, "A moderator took words out")
    assert ["a name" in mail.text, "It names somebody." in mail.text, "Quillfeather" in mail.text] == [
        True,
        True,
        False,
    ]


def test_a_window_that_was_open_cannot_save_them_back_unseen(moderator):
    story = StoryFactory(live=True, tried=f"I asked {CANARY}.")
    opened = fresh(story).get_latest_revision_as_object()
    actions.redact(story, passage=CANARY, kind="A name", reason="It names somebody.", by=moderator, now=now())
    with pytest.raises(actions.SavedElsewhere):
        actions.save_draft(opened, by=story.author, now=now())


@pytest.mark.parametrize(
    ("passage", "text", "left"),
    [
        ("Ann", "Ann met Annette, ANN left.", "[taken out] met Annette, [taken out] left."),
        ("High  Street", "On high\nstreet.", "On [taken out]."),
        ("a.b", "a.b axb", "[taken out] axb"),
        ("(left)", "She (left) early", "She [taken out] early"),
    ],
)
def test_words_are_found_whole_in_any_case_and_across_lines(passage, text, left):
    assert Scrub(passage).of({"tried": [text], "live": True}) == {"tried": [left], "live": True}


def test_what_is_chosen_from_a_list_is_not_a_text(moderator):
    story = StoryFactory(live=True, outcome="going", tried="Still going strong.")
    actions.redact(story, passage="going", kind="A name", reason="So.", by=moderator, now=now())
    story = fresh(story)
    assert [story.outcome, story.tried] == ["going", "Still [taken out] strong."]


def test_a_moderator_finds_them_first_and_then_confirms(desk):
    story = StoryFactory(live=True, tried=f"I asked {CANARY} twice.")
    found = page(desk.post(verb("redact", story), SENT))
    assert ["Found in 1 place" in found, "It cannot be brought back." in found] == [True, True]
    assert CANARY in fresh(story).tried
    desk.post(verb("redact", story), {**SENT, "confirm": "yes"})
    assert fresh(story).tried == "I asked [taken out] twice."
    seen = page(desk.get(review(story)))
    assert ["Words taken out" in seen, "It names somebody." in seen, "Quillfeather" in seen] == [True, True, False]


def test_a_sentence_is_chosen_from_the_text(desk):
    story = StoryFactory(live=True, tried=f"I began. Then {CANARY} rang. We met.")
    chosen = {"sentence": f"Then {CANARY} rang.", "kind": "A name", "reason": "It names somebody."}
    assert f"Then {CANARY} rang." in page(desk.get(verb("redact", story)))
    assert f'value="Then {CANARY} rang."' in page(desk.post(verb("redact", story), chosen))


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"passage": ""}, "Choose a sentence or enter the words."),
        ({"passage": "..."}, "Choose a sentence or enter the words."),
        ({"reason": ""}, "Write why you take them out."),
        ({"reason": f"It names {CANARY}."}, "Say why without the words"),
        ({"kind": "nonsense"}, "Choose one of the kinds shown."),
        ({"sentence": "No such sentence."}, "Choose one of the sentences shown."),
        ({"passage": "a" * 2001}, "Keep it under 2000 characters"),
        ({"passage": "not there"}, "These words do not stand in the story."),
    ],
)
def test_what_cannot_be_done_is_told(desk, changed, told):
    story = StoryFactory(live=True, tried=f"I asked {CANARY}.")
    assert told in page(desk.post(verb("redact", story), {**SENT, "confirm": "yes", **changed}))
    assert CANARY in fresh(story).tried


def test_the_page_shows_no_unsent_edit(desk):
    story = StoryFactory(live=True)
    edit_of(story, tried="An unsent canary.")
    assert "canary" not in page(desk.get(verb("redact", story)))


def test_it_is_for_moderators_and_not_for_ones_own_story(desk, moderator, client):
    own = StoryFactory(live=True, author=moderator, tried=f"I asked {CANARY}.")
    assert "change it on its own page" in page(desk.post(verb("redact", own), {**SENT, "confirm": "yes"}))
    sign_in_staff(client, EditorFactory())
    assert client.get(verb("redact", own)).status_code == 404
    client.force_login(MemberFactory())
    assert client.get(verb("redact", own)).status_code == 403
    assert CANARY in Story.objects.get(pk=own.pk).tried
