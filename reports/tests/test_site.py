"""What staff say about the whole site, its menus, and where pages have moved to."""

import pytest
from django.core.cache import cache
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.test.utils.form_data import nested_form_data, streamfield

from members.tests.factories import EditorFactory, MemberFactory, ModeratorFactory, sign_in_staff
from reports import site
from reports.models import HomePage
from reports.site import FOOT_MENU, MAIN_MENU, SiteSettings
from reports.tests.factories import ReportFactory
from stories.tests.factories import StoryFactory

pytestmark = pytest.mark.django_db
SETTINGS = "/admin/settings/reports/sitesettings/"


@pytest.fixture
def editor(client):
    return sign_in_staff(client, EditorFactory())


def save(client, main=MAIN_MENU, foot=FOOT_MENU, **fields):
    client.get(SETTINGS)  # which makes the row and leads to it
    menus = {
        "main_menu": streamfield([("link", {"text": str(text), "address": address}) for text, address in main]),
        "foot_menu": streamfield([("link", {"text": str(text), "address": address}) for text, address in foot]),
    }
    fields = {"strapline": "seen from the frontline.", "contact_email": "", "safeguarding_lead": "", **fields}
    address = f"{SETTINGS}{SiteSettings.objects.get().pk}/"
    return client.post(address, nested_form_data({**fields, **menus}))


def test_an_editor_changes_what_stands_on_every_page(editor, client):
    fields = {"strapline": "seen from here.", "contact_email": "people@example.org"}
    answer = save(editor, main=[("Read", "/stories/"), ("Elsewhere", "https://example.org/")], **fields)
    assert answer.status_code == 302
    client.logout()
    for address in ["/", "/stories/", "/nothing/here/"]:
        text = client.get(address).text
        assert "Systems Change: seen from here." in text
        assert 'href="mailto:people@example.org"' in text
        assert '<a href="https://example.org/">Elsewhere</a>' in text
        assert ">Read</a>" in text
        assert ">Reports</a>" in text  # at the foot, which nobody changed


def test_a_menu_without_links_is_the_usual_one(editor):
    save(editor, main=[], foot=[])
    assert (site.words().main_menu, site.words().foot_menu) == (MAIN_MENU, FOOT_MENU)


def test_the_settings_begin_with_the_usual_menus(editor):
    editor.get(SETTINGS)
    saved = SiteSettings.objects.get()
    assert [block.value["address"] for block in saved.foot_menu] == [address for _, address in FOOT_MENU]


@pytest.mark.parametrize(
    ("address", "is_right"),
    [
        ("/", True),
        ("/stories/?q=a", True),
        ("https://example.org/a", True),
        ("stories/", False),
        ("//example.org/", False),
        ("/\\example.org/", False),
        ("http://example.org/", False),
        ("javascript:alert(1)", False),
        ("/stories/ x", False),
        ("/stories/\n", True),  # trimmed as it is typed
    ],
)
def test_a_link_leads_to_a_page_of_ours_or_plainly_elsewhere(editor, address, is_right):
    answer = save(editor, main=[("Here", address)])
    assert (answer.status_code == 302) is is_right
    assert is_right or "Begin with / for a page of this site" in answer.text


@pytest.mark.parametrize(
    ("in_environment", "entered", "said"),
    [("", "Ada Quill", "Ada Quill"), ("The lead", "Ada Quill", "The lead"), ("The lead", "", "The lead")],
)
def test_the_environments_safeguarding_lead_counts_before_the_entered_one(
    client, settings, in_environment, entered, said
):
    settings.SAFEGUARDING_LEAD = in_environment
    SiteSettings(safeguarding_lead=entered).save()
    assert f"{said} answers for safeguarding here." in client.get(reverse("about:safety")).text


def test_members_and_moderators_change_nothing(client):
    client.force_login(MemberFactory())
    assert client.get(SETTINGS).status_code == 403
    sign_in_staff(client, ModeratorFactory())
    assert client.get(SETTINGS, follow=True).request["PATH_INFO"] == "/admin/"


def test_without_the_cache_the_words_cost_one_query(client, django_assert_num_queries):
    cache.clear()
    with django_assert_num_queries(1):
        client.get(reverse("about:safety"))
    with django_assert_num_queries(0):
        client.get(reverse("about:safety"))


# --- Where a page has moved to ----------------------------------------------------------------------------------------


def move(old, to):
    return Redirect.objects.create(old_path=Redirect.normalise_path(old), redirect_link=to)


def test_an_editor_says_where_a_page_has_moved(editor, client):
    report = ReportFactory()
    data = {"old_path": "/spring/", "site": "", "is_permanent": "on", "redirect_page": report.pk, "redirect_link": ""}
    assert editor.post(reverse("wagtailredirects:add"), data).status_code == 302
    client.logout()
    assert client.get("/spring/", follow=False)["Location"].endswith(report.url)


LURES = [
    "/old/?next=https://evil.example/",
    "/old//evil.example/",
    "//evil.example/old/",
    "/old/https://evil.example/",
    "/old/..//evil.example/",
    "/%5Cevil.example/old/",
]


@pytest.mark.parametrize("lure", LURES)
def test_nothing_in_an_address_changes_where_a_redirect_leads(client, lure):
    """The target is what staff wrote down, whole; what somebody adds to the address goes nowhere."""
    move("/old/", "/reports/")
    answer = client.get(lure)
    assert (answer.status_code, answer.get("Location")) in {(301, "/reports/"), (302, "/reports/"), (404, None)}
    assert client.get("/old/")["Location"] == "/reports/"


@pytest.mark.parametrize("target", ["javascript:alert(1)", "data:text/html,x"])
def test_a_target_that_is_no_page_leads_nowhere(client, target):
    move("/old/", target)
    answer = client.get("/old/")
    assert (answer.status_code, answer.get("Location")) == (400, None)


def test_a_page_that_answers_is_not_moved(client):
    story = StoryFactory(live=True, audience="public")
    move(story.get_absolute_url(), "/reports/")
    move("/", "/reports/")
    assert client.get(story.get_absolute_url()).status_code == 200
    assert client.get("/").status_code == 200
    assert HomePage.objects.live().exists()
