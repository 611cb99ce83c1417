"""What a report shows of which story: its teller hears, the story leads there, and what is frozen needs their yes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from members.models import Notice
from members.tests.factories import MemberFactory
from practices.models import Boundary, Practice
from reports import evidence, tasks
from reports.models import Evidence, ReportPage
from reports.tests.factories import ReportFactory
from reports.tests.whole import LIST, picked, quotable
from stories import actions, scrubbing
from stories.models import Quotation, Story
from stories.tests.factories import StoryFactory

pytestmark = pytest.mark.django_db
WORDS = "I sat at their desk for a morning."


def published(*body, **fields):
    report = ReportFactory(body=list(body), live=False, **fields)
    report.save_revision().publish()
    return ReportPage.objects.get(pk=report.pk)


def page(client, report):
    return client.get(report.get_url()).text


@pytest.fixture
def mails(db):
    return lambda: list(
        Notice.objects.filter(kind="stories.words_in_report").order_by("pk").values_list("to", flat=True)
    )


def test_quoted_and_embedded_tellers_are_told_once_where(mails):
    quoted, embedded, listed = quotable(), quotable(may_quote="ask"), quotable(title="In a list")
    report = published(
        ("words", picked(quoted).key),
        ("words", picked(quoted, field="happened").key),
        ("story", embedded.slug),
        ("stories", {**LIST, "count": 1}),
    )
    assert set(report.evidence.values_list("story", flat=True)) == {quoted.pk, embedded.pk, listed.pk}
    for _ in range(2):
        tasks.tell_tellers()
    assert sorted(mails()) == sorted([quoted.author.email, embedded.author.email])
    assert report.full_url in Notice.objects.filter(kind="stories.words_in_report").first().text
    report.save_revision().publish()
    tasks.tell_tellers()
    assert len(mails()) == 2


def test_whoever_says_yes_later_is_told_then(mails):
    story = quotable(may_quote="ask")
    quotation = picked(story)
    published(("words", quotation.key))
    tasks.tell_tellers()
    assert mails() == []
    actions.answer_quotation(quotation, yes=True, by=story.author, now=timezone.now())
    tasks.tell_tellers()
    assert mails() == [story.author.email]


def test_nobody_is_told_of_a_draft_or_of_a_story_that_went(mails):
    draft, gone = quotable(), quotable()
    published(("story", gone.slug))
    ReportFactory(body=[("story", draft.slug)], live=False).save_revision()
    actions.withdraw(gone, by=gone.author, now=timezone.now())
    assert evidence.tell(now=timezone.now()) == 0
    assert mails() == []


def test_what_a_new_version_leaves_out_is_forgotten():
    first, second = quotable(), quotable()
    report = published(("story", first.slug))
    report.body = [("story", second.slug)]
    report.save_revision().publish()
    assert [row.story for row in Evidence.objects.all()] == [second]


def test_a_story_leads_to_its_reports(client):
    story, asked = quotable(), quotable(may_quote="ask")
    published(("story", story.slug), title="Shown")
    published(("words", picked(asked).key), title="Waits for a yes")
    ReportFactory(body=[("story", story.slug)], title="A draft", live=False).save_revision()
    text = client.get(story.get_absolute_url()).text
    assert ("Shown" in text, "A draft" in text) == (True, False)
    assert "Waits for a yes" not in client.get(asked.get_absolute_url()).text
    ReportPage.objects.update(live=False)
    assert "Shown" not in client.get(story.get_absolute_url()).text


def test_a_practice_and_a_crossing_lead_to_theirs(client):
    StoryFactory(live=True, audience="public")
    both = Boundary.objects.filter(slug__in=["housing", "mental-health"])
    about = published(title="About both", boundaries=both, practices=Practice.objects.filter(slug="rule-or-habit"))
    published(title="About one", boundaries=both[:1])
    crossing = client.get("/crossings/housing--mental-health/").text
    assert (about.title in crossing, "About one" in crossing) == (True, False)
    assert about.title in client.get("/practices/rule-or-habit/").text


def change(story):
    Story.objects.filter(pk=story.pk).update(title="Told anew", tried="Something else.")


def test_a_frozen_report_stands_as_on_its_day(client):
    story = quotable(title="The kettle rule")
    report = published(("story", story.slug), ("words", picked(story).key), ("stories", LIST), freeze=True)
    change(story)
    quotable(title="Newer than the report")
    text = page(client, report)
    assert ("The kettle rule" in text, WORDS in text) == (True, True)
    assert "Newer than the report" not in text
    assert f"In its words of {timezone.localdate():%-d %B %Y}" in text
    assert story.get_absolute_url() in text


def test_what_is_not_frozen_follows_the_stories(client):
    story = quotable(title="The kettle rule")
    report = published(("story", story.slug), ("words", picked(story).key), ("stories", LIST))
    change(story)
    quotable(title="Newer than the report")
    text = page(client, report)
    assert ("The kettle rule" in text, WORDS in text, "Newer than the report" in text) == (False, False, True)


def test_a_card_is_copied_only_where_its_teller_lets_us_quote(client):
    story = quotable(title="The kettle rule", may_quote="ask")
    report = published(("story", story.slug), freeze=True)
    change(story)
    text = page(client, report)
    assert ("The kettle rule" in text, "Told anew" in text) == (False, True)


@pytest.mark.parametrize("how", ["withdraw", "hide", "narrow", "no to all", "no to these", "deleted"])
def test_a_no_empties_frozen_copies_too(client, how):
    story = quotable(title="The kettle rule")
    quotation = picked(story)
    report = published(("words", quotation.key), ("story", story.slug), ("stories", LIST), freeze=True)
    change(story)
    assert WORDS in page(client, report)
    now = {"by": story.author, "now": timezone.now()}
    if how == "narrow":
        actions.set_reach(story, byline=story.byline, audience="members", **now)
    elif how == "no to all":
        actions.set_may_quote(story, may_quote="no", **now)
    elif how == "no to these":
        actions.answer_quotation(quotation, yes=False, **now)
    elif how == "deleted":
        Story.objects.filter(pk=story.pk).delete()
    else:
        getattr(actions, how)(story, **now)
    text = page(client, report)
    assert WORDS not in text
    assert ("The kettle rule" in text) is (how == "no to these")


def test_a_name_that_goes_goes_from_frozen_copies(client):
    story = quotable(byline="name", author__first_name="Canary", author__last_name="Canaryson")
    report = published(("story", story.slug), freeze=True)
    assert "Canary" in page(client, report)
    actions.set_reach(story, byline="hidden", audience="public", by=story.author, now=timezone.now())
    assert "Canary" not in page(client, report)


def test_words_that_are_taken_out_are_taken_out_of_the_copies():
    story = quotable(title="The kettle rule of Mandy")
    published(("story", story.slug), ("words", picked(story, field="title").key), freeze=True)
    scrubbing.story(story, "Mandy")
    kept = [*Evidence.objects.values_list("title", flat=True), *Quotation.objects.values_list("words", flat=True)]
    assert [words for words in kept if "Mandy" in words] == []


def test_the_day_stays_and_thawing_forgets_it():
    story = quotable(title="The kettle rule")
    report = published(("story", story.slug), ("stories", LIST), freeze=True)
    Evidence.objects.update(frozen_at=timezone.now() - timedelta(days=30))
    before = set(Evidence.objects.values_list("block_key", "story", "frozen_at", "title"))
    change(story)
    report.save_revision().publish()
    assert set(Evidence.objects.values_list("block_key", "story", "frozen_at", "title")) == before
    report.freeze = False
    report.save_revision().publish()
    assert set(Evidence.objects.values_list("frozen_at", "title")) == {(None, "")}


def test_the_teller_reads_in_which_reports_their_words_stand(client):
    story = quotable()
    published(("words", picked(story).key), title="What we heard")
    client.force_login(story.author)
    assert "What we heard" in client.get(f"/stories/{story.slug}/quotes/").text


def test_a_member_reads_frozen_words_of_a_members_story(client):
    story = StoryFactory(live=True, may_quote="yes")
    report = published(("words", picked(story).key), freeze=True)
    assert WORDS not in page(client, report)
    client.force_login(MemberFactory())
    assert WORDS in page(client, report)
