"""The editors' desk: what lies on the dashboard, a second reading, what to mend, and the guide."""

import pytest
from django.urls import reverse
from wagtail.models import TaskState
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from members.tests.factories import AdminFactory, EditorFactory, ModeratorFactory, sign_in_staff
from practices.models import Practice
from reports import mending
from reports.models import ReportIndexPage
from reports.site import SiteSettings, as_blocks
from reports.tests.factories import PictureFactory, ReportFactory
from stories.tests.factories import StoryFactory

pytestmark = pytest.mark.django_db
TO_MEND, GUIDE, HOME = "/admin/reports/to-mend/", "/admin/guide/", "/admin/"


@pytest.fixture
def editor(client):
    return sign_in_staff(client, EditorFactory())


# --- A second reading -------------------------------------------------------------------------------------------------


def edited(client, report, action, title="What we heard since"):
    words = {"title": title, "slug": report.slug, "introduction": report.introduction}
    body = streamfield([("text", rich_text("<p>Most of it was waiting.</p>"))])
    parts = {"summary": rich_text(""), "body": body, "notes": streamfield([]), "corrections": streamfield([])}
    data = nested_form_data({**words, **parts, action: "1"})
    return client.post(reverse("wagtailadmin_pages:edit", args=[report.pk]), data, follow=True)


def decide(client, state, action):
    address = reverse("wagtailadmin_pages:workflow_action", args=[state.workflow_state.object_id, action, state.pk])
    return client.post(address, {"comment": "Shorter, please."})


def sent(client):
    report = ReportFactory(live=False)
    edited(client, report, "action-submit")
    return report, TaskState.objects.get(status="in_progress")


def test_another_editor_than_the_one_who_sent_it_publishes_a_report(editor, client, mailbox):
    report, state = sent(editor)
    decide(editor, state, "approve")
    report.refresh_from_db()
    assert not report.live
    sign_in_staff(client, EditorFactory())
    assert "What we heard since" in client.get(HOME).text
    decide(client, state, "approve")
    report.refresh_from_db()
    assert (report.live, report.title) == (True, "What we heard since")
    assert mailbox.messages == []


@pytest.mark.parametrize("changed_by", ["whoever approves", "somebody else"])
def test_what_was_changed_since_is_approved_at_once_only_by_whoever_changed_it(editor, client, changed_by):
    report, state = sent(editor)
    other = EditorFactory()
    sign_in_staff(client, other if changed_by == "whoever approves" else EditorFactory())
    edited(client, report, "action-save", title="Changed since")
    sign_in_staff(client, other)
    decide(client, state, "approve")
    report.refresh_from_db()
    assert report.live is (changed_by == "whoever approves")


def test_another_editor_asks_for_changes(editor, client):
    report, state = sent(editor)
    sign_in_staff(client, EditorFactory())
    decide(client, state, "reject")
    report.refresh_from_db()
    assert (report.live, report.current_workflow_state.status) == (False, "needs_changes")


@pytest.mark.parametrize("reader", [ModeratorFactory, AdminFactory])
def test_who_else_reads_what_waits(editor, client, reader):
    report, state = sent(editor)
    sign_in_staff(client, reader())
    decide(client, state, "approve")
    report.refresh_from_db()
    assert report.live is (reader is AdminFactory)


def test_nobody_waits_for_a_second_editor_who_is_alone(editor):
    report = ReportFactory(live=False)
    edited(editor, report, "action-publish")
    report.refresh_from_db()
    assert report.live


# --- The dashboard ----------------------------------------------------------------------------------------------------


def test_the_dashboard_names_what_is_in_hand(editor):
    ReportFactory(title="Only begun", live=False)
    changed = ReportFactory(title="Published before")
    changed.title = "Changed since"
    changed.save_revision()
    sent(editor)
    text = editor.get(HOME).text
    assert "Only begun" in text
    assert "Changed since" in text
    assert "<strong>1</strong> page waits for a second reading" in text


def test_a_moderator_finds_no_pages_and_no_letter_on_theirs(client):
    ReportFactory(title="Only begun", live=False)
    sign_in_staff(client, ModeratorFactory())
    text = client.get(HOME).text
    assert "Only begun" not in text
    assert 'id="letter-state"' not in text
    assert client.get(TO_MEND).status_code == 404
    assert client.get(GUIDE).status_code == 200


@pytest.mark.parametrize("count", [1, 7])
def test_the_dashboard_lists_five_of_a_kind(editor, count):
    for number in range(count):
        ReportFactory(title=f"Begun {number}", live=False)
    assert editor.get(HOME).text.count(">Begun ") == min(count, 5)


# --- What to mend -----------------------------------------------------------------------------------------------------


def linked(*links):
    """A published report with these links: (attributes, text)."""
    html = "".join(f"<p><a {attributes}>{text}</a></p>" for attributes, text in links)
    return ReportFactory(title="With links", body=[("text", html)])


def wrong():
    return [(found.text, found.why) for found in mending.broken_links()]


def test_links_that_lead_somewhere_are_not_named(settings):
    story = StoryFactory(live=True, audience="public")
    other = ReportFactory(slug="another")
    linked(
        (f'linktype="page" id="{other.pk}"', "another report"),
        ('href="/reports/another/"', "the same by its address"),
        ('href="/reports/"', "all of them"),
        (f'href="{story.get_absolute_url()}"', "a story"),
        (f'href="{settings.SITE_URL}/practices/rule-or-habit/"', "a practice"),
        ('href="/places/salford/?after=x"', "a place"),
        ('href="/crossings/housing--mental-health/"', "a crossing"),
        ('href="https://example.org/gone"', "elsewhere, which nobody asks"),
        ('href="mailto:a@example.org"', "an address"),
        ('href="/search/?q=letter"', "a search"),
    )
    assert wrong() == []


def test_links_that_lead_nowhere_are_named_with_what_is_wrong(settings):
    story = StoryFactory(live=True)
    draft = ReportFactory(slug="a-draft", live=False)
    linked(
        (f'linktype="page" id="{draft.pk}"', "a draft"),
        ('linktype="page" id="999999"', "a page that went"),
        ('href="/reports/a-draft/"', "the same by its address"),
        (f'href="{story.get_absolute_url()}"', "for members"),
        (f'href="{settings.SITE_URL}/practices/no-such-thing/"', "no practice"),
        ('href="/crossings/housing--nothing/"', "no crossing"),
    )
    assert wrong() == [
        ("a draft", "That page is not published."),
        ("a page that went", "That page is not published."),
        ("the same by its address", "There is no published page at this address."),
        ("for members", "Not everybody can read that story."),
        ("no practice", "There is nothing at this address."),
        ("no crossing", "There is nothing at this address."),
    ]


def test_menus_and_introductions_are_looked_at_too():
    SiteSettings(main_menu=as_blocks([("Old", "/reports/gone/")])).save()
    ReportIndexPage.objects.update(introduction='<p><a href="/reports/gone/">the first one</a></p>')
    assert sorted(text for text, _ in wrong()) == ["Old", "the first one"]


def test_drafts_are_not_looked_at():
    ReportFactory(live=False, body=[("text", '<p><a href="/reports/gone/">x</a></p>')])
    assert wrong() == []


@pytest.mark.parametrize("count", [1, 3])
def test_it_asks_as_often_for_many_links_as_for_one(count, django_assert_max_num_queries):
    stories = StoryFactory.create_batch(count, live=True)
    linked(*((f'href="{story.get_absolute_url()}"', "a story") for story in stories))
    Practice.objects.first()
    mending.broken_links()
    with django_assert_max_num_queries(7):
        assert len(mending.broken_links()) == count


@pytest.mark.parametrize(
    ("words", "is_thin"),
    [
        ("IMG_2034.jpg", True),
        ("Image of a wall", True),
        ("A photo", True),
        ("Wall", True),
        ("Two words", True),
        ("Nine notes on a wall", False),
        ("Imagery is everywhere on this wall", False),
    ],
)
def test_pictures_whose_words_say_little_are_named(editor, words, is_thin):
    PictureFactory(description=words)
    assert [picture.description for picture in mending.pictures_to_describe()] == [words] * is_thin
    assert (words in editor.get(TO_MEND).text) is is_thin


def test_the_page_leads_to_where_it_is_mended(editor):
    page = linked(('href="/reports/gone/"', "the first one"))
    text = editor.get(TO_MEND).text
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in text
    assert "There is no published page at this address." in text


def test_the_guide_leads_to_pages_that_answer(editor):
    text = editor.get(GUIDE).text
    for address in [TO_MEND, reverse("stories_staff:featured"), reverse("letters_staff:letters")]:
        assert f'href="{address}"' in text
        assert editor.get(address).status_code == 200
