import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.tests.factories import AdminFactory, MemberFactory, ModeratorFactory
from stories.forms import SECTIONS
from stories.models import Story
from stories.tests.factories import StoryFactory, edit_of
from stories.tests.pages import SAFE, SENDING, TOLD, at, fresh, post, text

pytestmark = pytest.mark.django_db


# --- At any time ------------------------------------------------------------------------------------------------------


def test_looking_at_the_page_withdraws_nothing(client, live):
    assert "Letters already sent cannot be called back." in text(client.get(at("withdraw", live)))
    assert fresh(live).live


def test_withdrawing_takes_the_story_away_at_once(client, live):
    assert client.post(at("withdraw", live)).url == at("draft", live)
    assert (fresh(live).live, fresh(live).standing) == (False, "Withdrawn")
    client.logout()
    assert client.get(live.get_absolute_url()).status_code == 404


def test_whoever_was_signed_out_is_told_that_nothing_has_changed(client, live):
    client.logout()
    answer = client.post(at("withdraw", live), follow=True)
    assert "You were signed out, so nothing has changed yet." in text(answer)
    assert fresh(live).live


def test_a_draft_says_that_there_is_nothing_to_withdraw(teller, story):
    assert "There is nothing to withdraw" in text(teller.get(at("withdraw", story)))


def test_hiding_and_showing_act_at_once(client, live):
    client.post(at("hide", live))
    assert fresh(live).standing == "Hidden"
    client.post(at("show", live))
    assert fresh(live).standing == "Live"


def test_narrowing_acts_at_once_and_widening_waits(client, live):
    client.post(at("reach", live), {"byline": "hidden", "audience": "members"})
    assert (fresh(live).byline, fresh(live).audience) == ("hidden", "members")
    page = client.post(at("reach", live), {"byline": "role", "audience": "public"}, follow=True)
    assert "A moderator looks at it first. Until then everything stays as it was." in text(page)
    assert (fresh(live).byline, fresh(live).wanted_audience) == ("hidden", "public")


def test_widening_beside_an_edit_goes_with_it(client):
    story = StoryFactory(live=True)
    edit_of(story, tried="Again")
    client.force_login(story.author)
    page = client.post(at("reach", story), {"byline": "role", "audience": "public"}, follow=True)
    assert "together with your edit" in text(page)


def test_widening_what_a_moderator_reads_is_refused_in_words(client, sent):
    response = client.post(at("reach", sent), {"byline": "role", "audience": "public"})
    assert "Take it back before you open it to more people." in text(response)
    assert fresh(sent).audience == "members"


@pytest.mark.parametrize(
    ("answers", "errors"),
    [
        (
            {},
            {"byline": ["Choose how we should name you"], "audience": ["Choose who can read it"]},
        ),
        ({"byline": "role", "audience": "coalition"}, {"audience": ["Choose one of the answers shown"]}),
        ({"byline": "a\x00b", "audience": "public"}, {"byline": ["Choose one of the answers shown"]}),
    ],
)
def test_reach_refuses_what_it_does_not_offer(client, live, answers, errors):
    assert client.post(at("reach", live), answers).context["form"].errors == errors


def test_a_name_needs_the_employers_word(client):
    story = StoryFactory(employer="not_asked")
    client.force_login(story.author)
    response = client.post(at("reach", story), {"byline": "name", "audience": "members"})
    assert list(response.context["form"].errors) == ["byline"]


def test_ones_stories_are_listed_with_their_state_and_nobody_elses(client):
    author = MemberFactory()
    for trait in ("jot", "sent", "withdrawn"):
        StoryFactory(author=author, title=trait, **{trait: True})
    StoryFactory(live=True)
    client.force_login(author)
    page = client.get(reverse("stories:mine")).context["page"]
    assert [(story.title, story.standing) for story in page.items] == [
        ("withdrawn", "Withdrawn"),
        ("sent", "With a moderator"),
        ("jot", "Draft"),
    ]


def test_without_stories_the_list_says_what_to_do(client):
    client.force_login(MemberFactory())
    assert "You have not begun a story yet" in text(client.get(reverse("stories:mine")))


# --- Nobody else ------------------------------------------------------------------------------------------------------

PAGES = ["safety", "draft", "check", "preview", "send", "sent", "withdraw", "reach"]
ACTS = ["take_back", "hide", "show", "withdraw", "reach", "safety", "send"]


@pytest.mark.long
@pytest.mark.parametrize("who", ["member", "moderator", "admin"])
@pytest.mark.parametrize("trait", ["jot", "sent", "live"])
def test_another_ones_story_has_no_such_pages(client, who, trait):
    story = StoryFactory(**{trait: True})
    client.force_login({"member": MemberFactory, "moderator": ModeratorFactory, "admin": AdminFactory}[who]())
    before = Story.objects.filter(pk=story.pk).values().get()
    answers = [client.get(at(name, story)) for name in PAGES] + [client.get(at("write", story, "noticed"))]
    answers += [client.post(at(name, story), {**SAFE, **SENDING}) for name in ACTS]
    answers += [client.post(at("write", story, "noticed"), {"noticed": "Mine now", "edit_number": 1})]
    assert {answer.status_code for answer in answers} == {404}
    assert Story.objects.filter(pk=story.pk).values().get() == before


@pytest.mark.parametrize("slug", ["%00", "nothing", "x" * 300])
def test_a_slug_that_does_not_exist_is_missing(client, slug):
    client.force_login(MemberFactory())
    assert {client.get(f"/stories/{slug}/{name}/").status_code for name in ("draft", "safety", "check")} == {404}


def test_signed_out_the_pages_ask_to_sign_in(client, live):
    client.logout()
    for name in PAGES:
        assert client.get(at(name, live)).url == f"{reverse('account_login')}?next={at(name, live)}"
    assert client.post(at("withdraw", live)).url == f"{reverse('account_login')}?next={at('draft', live)}"
    assert fresh(live).live


@pytest.mark.parametrize("name", ["take_back", "hide", "show"])
def test_a_link_never_acts(client, live, name):
    assert client.get(at(name, live)).status_code == 405


# --- Queries ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def queries(django_assert_max_num_queries):
    return django_assert_max_num_queries


@pytest.mark.parametrize("name", ["draft", "safety", "check", "preview", "send", "reach", "withdraw"])
def test_a_page_of_ones_own_takes_eleven_queries_at_most(teller, queries, name):
    story = StoryFactory(author=Story.objects.get().author, practices=["borrow-a-view"], place="salford")
    with queries(11):
        teller.get(at(name, story))


def test_every_writing_page_takes_nine_queries_at_most(teller, story, queries):
    for section in SECTIONS:
        with queries(9):
            teller.get(at("write", story, section.slug))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_ones_stories_takes_the_same_queries(client, django_assert_num_queries, count):
    author = MemberFactory()
    for _ in range(count):
        StoryFactory(author=author, sent=True)
    client.force_login(author)
    client.get(reverse("stories:mine"))
    with django_assert_num_queries(5):
        client.get(reverse("stories:mine"))


@pytest.mark.parametrize("section", [section.slug for section in SECTIONS])
def test_a_save_takes_eleven_queries_at_most(teller, story, section):

    post(teller, at("write", story, section), TOLD[section], story)
    number = fresh(story).edit_number
    with CaptureQueriesContext(connection) as captured:
        teller.post(at("write", story, section), {**TOLD[section], "edit_number": number})
    # Savepoints exist only because a test is one transaction.
    real = [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]
    assert len(real) <= 11, "\n".join(sql[:150] for sql in real)
    assert fresh(story).edit_number == number + 1
