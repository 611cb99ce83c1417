"""Who told an unnamed story: one page, a reason, a log, shown once, and nowhere else."""

import pytest
from django.urls import reverse
from django.utils import timezone

from members.models import Notice
from members.tests.factories import AdminFactory, EditorFactory, MemberFactory, ModeratorFactory, sign_in_staff
from stories.models import LookUp
from stories.staff.home import LookUpsMenuItem
from stories.tests.desk import QUEUE, page, verb
from stories.tests.factories import StoryFactory
from stories.tests.walk import addresses_of, addresses_of_all, shown

pytestmark = pytest.mark.django_db
LOG = QUEUE + "look-ups/"
KEY = "a-key-of-one-form-0001"


@pytest.fixture
def unnamed():
    teller = MemberFactory(first_name="Zephyrine", last_name="Quillfeather", email="zephyrine@example.org")
    return StoryFactory(live=True, author=teller, byline="hidden")


def ask(client, story, **changed):
    return client.post(verb("look_up", story), {"reason": "Somebody is in danger.", "key": KEY, **changed})


def named(answer):
    return "zephyrine" in shown(answer).lower() or "quillfeather" in shown(answer).lower()


def test_with_a_reason_the_name_is_shown_and_logged_and_not_kept(desk, moderator, unnamed):
    answer = ask(desk, unnamed)
    assert "Zephyrine Quillfeather" in page(answer)
    assert "no-store" in answer.headers["Cache-Control"]
    entry = LookUp.objects.get()
    assert (entry.asked_by, entry.reason, entry.slug) == (moderator, "Somebody is in danger.", unnamed.slug)
    kept = " ".join(str(value) for value in LookUp.objects.values_list()[0]).lower()
    assert ["zephyrine" in kept, str(unnamed.author_id) in kept.split()] == [False, False]


def test_asking_shows_nothing_yet(desk, unnamed):
    answer = desk.get(verb("look_up", unnamed))
    assert [named(answer), "no-store" in answer.headers["Cache-Control"]] == [False, True]


@pytest.mark.parametrize(
    "changed", [{"reason": ""}, {"reason": "  "}, {"reason": "a" * 1001}, {"reason": "a\x00"}, {"key": ""}]
)
def test_without_a_reason_nothing_is_shown_or_logged(desk, unnamed, changed):
    answer = ask(desk, unnamed, **changed)
    assert [answer.status_code, named(answer), LookUp.objects.count()] == [200, False, 0]


def test_the_same_form_again_shows_nothing_more(desk, unnamed):
    ask(desk, unnamed)
    again = ask(desk, unnamed)
    assert ["This was shown once." in page(again), named(again), LookUp.objects.count()] == [True, False, 1]


def test_the_administrators_are_told_without_a_name(desk, unnamed):
    admin = AdminFactory()
    ask(desk, unnamed)
    [mail] = Notice.objects.filter(kind="moderation.looked_up")
    said = (mail.subject + mail.text + mail.html).lower()
    assert mail.to == admin.email
    assert [word for word in ["zephyrine", "maya", "danger", unnamed.slug.lower()] if word in said] == []


def test_administrators_read_the_log_which_names_no_teller(client, desk, unnamed):
    ask(desk, unnamed)
    answer = sign_in_staff(client, AdminFactory()).get(LOG)
    assert ["Maya Osei" in page(answer), "Somebody is in danger." in page(answer), named(answer)] == [True, True, False]


def test_nobody_else_looks_up_or_reads_the_log(client, unnamed):
    sign_in_staff(client, EditorFactory())
    assert [client.get(LOG).status_code, ask(client, unnamed).status_code] == [404, 404]
    sign_in_staff(client, ModeratorFactory())
    assert client.get(LOG).status_code == 404
    client.force_login(MemberFactory())
    assert [client.get(LOG).status_code, ask(client, unnamed).status_code] == [403, 403]
    client.force_login(ModeratorFactory())
    assert ask(client, unnamed).status_code == 302
    assert not LookUp.objects.exists()


@pytest.mark.parametrize("state", [{"live": True, "byline": "name"}, {"hidden": True}, {"withdrawn": True}, {}])
def test_there_is_nothing_to_look_up_about_a_named_story_or_one_off_the_desk(desk, state):
    story = StoryFactory(**state)
    assert ask(desk, story).status_code == 404
    assert not LookUp.objects.exists()


def test_an_erased_account_is_nobody(desk, unnamed):
    unnamed.author.delete()
    assert "No account stands behind it" in page(ask(desk, unnamed))


def test_the_entry_in_the_menu_is_for_administrators(rf):
    asked = {}
    for factory in [AdminFactory, ModeratorFactory, EditorFactory]:
        request = rf.get("/")
        request.user = factory()
        asked[factory] = LookUpsMenuItem().is_shown(request)
    assert list(asked.values()) == [True, False, False]


@pytest.mark.long
@pytest.mark.parametrize("staff", [ModeratorFactory, AdminFactory, EditorFactory])
def test_after_a_look_up_no_other_page_of_the_admin_names_the_teller(client, unnamed, staff):
    """All addresses of the story, every list, report and download; not the accounts themselves, which name no story."""
    sent = StoryFactory(sent=True, author=unnamed.author, byline="role")
    moderator = ModeratorFactory()
    sign_in_staff(client, moderator)
    ask(client, unnamed)
    sign_in_staff(client, staff())
    accounts = reverse("wagtailusers_users:index")
    addresses = [*addresses_of(unnamed), *addresses_of(sent), *addresses_of_all(), LOG]
    assert [address for address in addresses if not address.startswith(accounts) and named(client.get(address))] == []


def test_whoever_tells_it_together_is_shown_too(desk, unnamed):
    other = MemberFactory(first_name="Ottoline", last_name="Marsh")
    unnamed.coauthors.create(member=other, joined_at=timezone.now())
    shown_names = page(ask(desk, unnamed))
    assert ["Zephyrine Quillfeather" in shown_names, "Ottoline Marsh" in shown_names] == [True, True]


# --- A draft ----------------------------------------------------------------------------------------------------------


def read_draft(client, address, **changed):
    answers = {"address": address, "reason": "A court asks for it.", "key": KEY, **changed}
    return client.post(LOG + "draft/", answers)


def test_an_administrator_reads_a_draft_once_with_a_reason_that_is_logged(client):
    draft = StoryFactory(title="Zqdraft", author__first_name="Zephyrine", noticed="Zqwords in it.")
    other = AdminFactory()
    admin = sign_in_staff(client, AdminFactory())
    assert "Zqdraft" not in shown(admin.get(LOG + "draft/"))
    for wrong in ({"reason": ""}, {"address": "nothing"}, {"address": ""}, {"key": "short"}):
        answer = read_draft(admin, **{"address": draft.slug, **wrong})
        assert [answer.status_code, "Zqdraft" in shown(answer), LookUp.objects.count()] == [200, False, 0], wrong
    answer = read_draft(admin, f"https://example.org/stories/{draft.slug}/draft/")
    assert ["Zqdraft" in page(answer), "Zqwords in it." in page(answer), named(answer)] == [True, True, False]
    assert "no-store" in answer.headers["Cache-Control"]
    entry = LookUp.objects.get()
    assert (entry.what, entry.reason, entry.slug) == ("draft", "A court asks for it.", draft.slug)
    [mail] = Notice.objects.filter(kind="moderation.looked_up")
    assert mail.member == other
    assert "An administrator read a draft." in mail.text
    again = read_draft(admin, draft.slug)
    assert ["This was shown once." in page(again), "Zqwords" in page(again), LookUp.objects.count()] == [True, False, 1]
    log = page(admin.get(LOG))
    assert ["the words of the draft" in log, "A court asks for it." in log] == [True, True]


def test_only_drafts_are_read_so_and_only_by_administrators(client):
    author = MemberFactory()
    kept = [StoryFactory(author=author, title="Zqkept", **{state: True}) for state in ("sent", "live", "withdrawn")]
    hidden, draft = StoryFactory(hidden=True, title="Zqkept"), StoryFactory(author=author, title="Zqkept")
    admin = sign_in_staff(client, AdminFactory())
    for story in (*kept, hidden):
        assert "No draft has this address" in page(read_draft(admin, story.slug))
    for staff in (ModeratorFactory(), EditorFactory()):
        sign_in_staff(client, staff)
        assert client.get(LOG + "draft/").status_code == read_draft(client, draft.slug).status_code == 404
    assert not LookUp.objects.exists()
