"""Reports and the stories in them: each reader sees only what they may read."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from members.tests.factories import EditorFactory, MemberFactory, UserFactory, sign_in_staff
from reports.models import ReportIndexPage
from reports.tests.factories import ReportFactory
from stories import actions
from stories.models import Byline
from stories.tests.factories import StoryFactory

pytestmark = pytest.mark.django_db


def report_with(*stories, **fields):
    body = [("text", "<h2>What we heard</h2>"), *[("story", story.slug) for story in stories]]
    return ReportFactory(body=body, **fields)


def shown(client, report):
    parts = client.get(report.url).context["body"].parts
    return [part.more["story"].title for part in parts if part.kind == "story"]


def test_a_report_reads_from_top_to_bottom(client):
    story = StoryFactory(live=True, audience="public", title="The kettle rule")
    body = [
        ("text", "<p>Before the story.</p>"),
        ("story", story.slug),
        ("quote", {"words": "We rang them instead.", "who": "A housing officer"}),
    ]
    text = client.get(ReportFactory(title="What we heard", body=body).url).text.partition("<main")[2]
    order = [
        "What we heard</h1>",
        "It was rarely a bed",
        "Before the story.",
        "The kettle rule",
        "We rang them",
        "A housing",
    ]
    assert sorted(order, key=text.index) == order


def test_a_visitor_sees_no_trace_of_a_members_story(client):
    story = StoryFactory(live=True, title="Canary title", summary="Canary summary")
    report = report_with(story)
    before = client.get(ReportFactory(body=[("text", "<h2>What we heard</h2>")]).url).text
    response = client.get(report.url)
    assert shown(client, report) == []
    assert "Canary" not in response.text
    assert story.slug not in response.text
    assert response.text.count("<div") == before.count("<div")


@pytest.mark.parametrize(
    ("reader", "audience", "seen"),
    [
        (MemberFactory, "members", True),
        (MemberFactory, "public", True),
        (MemberFactory, "coalition", False),
        (UserFactory, "members", False),
        (UserFactory, "public", True),
    ],
)
def test_the_readers_rights_decide(client, reader, audience, seen):
    story = StoryFactory(live=True, audience=audience)
    client.force_login(reader())
    assert shown(client, report_with(story)) == ([story.title] if seen else [])


@pytest.mark.parametrize("verb", ["withdraw", "hide", "narrow"])
def test_a_story_leaves_the_report_at_once(client, verb):
    story = StoryFactory(live=True, audience="public")
    report = report_with(story)
    assert shown(client, report) == [story.title]
    who = {"by": story.author, "now": story.first_published_at}
    if verb == "narrow":
        actions.set_reach(story, byline=Byline.ROLE, audience="members", **who)
    else:
        getattr(actions, verb)(story, **who)
    assert shown(client, report) == []


def test_a_draft_in_a_report_is_shown_to_nobody_not_even_its_teller(client):
    story = StoryFactory()
    client.force_login(story.author)
    assert shown(client, report_with(story)) == []


def test_an_unnamed_tellers_name_is_not_in_the_report(client):
    story = StoryFactory(live=True, audience="public", author__first_name="Canary", author__last_name="Canaryson")
    assert "Canary" not in client.get(report_with(story).url).text


@pytest.mark.parametrize("story_count", [0, 1, 3])
def test_embeds_cost_one_query_whatever_their_number(client, django_assert_num_queries, story_count):
    stories = StoryFactory.create_batch(story_count, live=True, audience="public")
    report = report_with(*stories)
    client.get(report.url)
    with django_assert_num_queries(7 if story_count else 6):
        assert shown(client, report) == [story.title for story in stories]


def test_a_members_report_stays_within_its_budget(client, django_assert_max_num_queries):
    report = report_with(*StoryFactory.create_batch(3, live=True))
    client.force_login(MemberFactory())
    client.get(report.url)
    with django_assert_max_num_queries(18):
        client.get(report.url)


def test_the_index_lists_reports_newest_first_without_drafts(client):
    older, newer = ReportFactory(), ReportFactory()
    draft = ReportFactory(live=False)
    response = client.get("/reports/")
    assert response.context["reports"].items == [newer, older]
    assert client.get(draft.url).status_code == 404


def test_the_index_turns_pages(client):
    ReportFactory.create_batch(21)
    first = client.get("/reports/")
    assert len(first.context["reports"].items) == 20
    assert len(client.get("/reports/" + first.context["reports"].older).context["reports"].items) == 1
    assert client.get("/reports/?after=nonsense").status_code == 404


def test_an_empty_index_says_what_to_do_next(client):
    ReportIndexPage.objects.update(introduction="<p>Written by the programme team.</p>")
    text = client.get("/reports/").text
    assert "No reports yet" in text
    assert "Written by the programme team." in text


@pytest.mark.parametrize("report_count", [1, 3])
def test_the_index_takes_the_same_queries(client, django_assert_num_queries, report_count):
    ReportFactory.create_batch(report_count)
    client.get("/reports/")
    with django_assert_num_queries(4):
        client.get("/reports/")


def test_a_preview_shows_what_its_editor_may_read(client):
    sign_in_staff(client, EditorFactory())
    story = StoryFactory(live=True)
    report = report_with(story, live=False)
    data = nested_form_data(
        {
            "title": "Changed, not kept",
            "slug": report.slug,
            "introduction": "It was rarely a bed.",
            "body": streamfield([("story", story.slug)]),
            "notes": streamfield([]),
            "corrections": streamfield([]),
        }
    )
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[report.pk])
    assert client.post(preview, data).json()["is_valid"]
    response = client.get(preview)
    assert "Changed, not kept" in response.text
    assert story.title in response.text
    assert "frame-ancestors 'self'" in response.headers["Content-Security-Policy"]


def test_a_report_is_cited_at_the_address_that_the_settings_give(client, settings):
    settings.SITE_URL = "https://stories.example.org"
    report = ReportFactory(slug="a-habit")
    assert report.full_url == "https://stories.example.org/reports/a-habit/"
    assert "https://stories.example.org/reports/a-habit/" in client.get(report.url).content.decode()
    assert report.citation.endswith(report.full_url)
