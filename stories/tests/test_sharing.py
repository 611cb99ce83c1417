"""How a story travels: citation, address, mail, the picture, and what search engines may find."""

import io
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.utils import timezone
from PIL import Image

from design.tests.test_tokens import colours
from members.tests.factories import MemberFactory
from stories import actions, share_picture
from stories.models import SearchEngines, Story
from stories.sharing import Sharing
from stories.tests.factories import StoryFactory, edit_of
from stories.tests.pages import at, text

pytestmark = pytest.mark.django_db
PUBLIC = {"live": True, "audience": "public"}
LIGHT = colours()["light"]


def page(client, story):
    return text(client.get(story.get_absolute_url()))


def test_a_citation_names_the_teller_as_readers_see_them(client):
    author = MemberFactory(first_name="Canary", last_name="Authorcanary")
    story = StoryFactory(
        author=author, byline_role="housing-officer", place="salford", title="They ring. We answer.", **PUBLIC
    )
    cited = (
        f"Housing officer, North West ({timezone.localdate().year}). They ring. We answer. Systems Change. "
        f"http://testserver/stories/{story.slug}/"
    )
    assert Sharing(story).citation == cited
    assert cited in page(client, story)
    assert "canary" not in page(client, story)


def test_a_mail_holds_the_title_of_a_public_story_only():
    for audience, title in [("public", "They ring"), ("members", "A story of change")]:
        story = StoryFactory(live=True, audience=audience, title="They ring")
        mail = parse_qs(urlsplit(Sharing(story).mail).query)
        assert mail == {"subject": [title], "body": [f"{title}\nhttp://testserver{story.get_absolute_url()}\n"]}


def test_no_title_can_add_a_header_to_the_mail():
    story = StoryFactory(title="Hello&bcc=canary@example.org\u2028?cc=", **PUBLIC)
    assert set(parse_qs(urlsplit(Sharing(story).mail).query)) == {"subject", "body"}


@pytest.mark.parametrize("traits", [{"sent": True}, {"hidden": True}, {"withdrawn": True}, {"jot": True}])
def test_what_nobody_else_can_read_is_not_offered_for_sharing(client, traits):
    story = StoryFactory(**traits)
    client.force_login(story.author)
    assert client.get(story.get_absolute_url()).context["sharing"] is None
    assert 'id="cite"' not in page(client, story)


@pytest.mark.parametrize(("traits", "told"), [(PUBLIC, True), ({"live": True, "audience": "members"}, False)])
def test_other_sites_are_told_of_public_stories_only(client, traits, told):
    story = StoryFactory(title="They ring", **traits)
    client.force_login(MemberFactory())
    shown = page(client, story)
    assert ('property="og:title" content="They ring"' in shown) == told
    assert ("og:" in shown) == told
    assert ("twitter:" in shown) == told


def test_a_preview_tells_other_sites_nothing(client):
    story = StoryFactory(**PUBLIC)
    client.force_login(story.author)
    assert "og:" not in text(client.get(at("preview", story)))


def picture(client, story, **headers):
    return client.get(at("picture", story), headers=headers)


def test_the_picture_is_a_png_of_the_size_that_others_show(client):
    answer = picture(client, StoryFactory(**PUBLIC))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    shown = Image.open(io.BytesIO(answer.content))
    assert (shown.format, shown.size, shown.info) == ("PNG", (1200, 630), shown.info)
    assert len(answer.content) < 100_000
    assert answer.cookies == {}


def test_the_picture_holds_both_colours_of_the_crossing_and_the_seam(client):
    story = StoryFactory(boundaries=["housing", "mental-health"], **PUBLIC)
    shown = Image.open(io.BytesIO(picture(client, story).content)).convert("RGB")
    near = [shown.getpixel(at) for at in [(5, 190), (1190, 10), (615, 100)]]
    wanted = [LIGHT["home-tint"], LIGHT["care-tint"], LIGHT["hivis"]]
    for got, colour in zip(near, wanted, strict=True):
        assert max(abs(int(colour[i : i + 2], 16) - value) for i, value in zip((1, 3, 5), got, strict=True)) < 8


def test_the_picture_has_the_colours_of_the_house():
    tokens = {family: (LIGHT[family], LIGHT[f"{family}-tint"]) for family in share_picture.FAMILIES}
    assert tokens == share_picture.FAMILIES
    assert (LIGHT["ink"], LIGHT["soft"], LIGHT["hivis"]) == (share_picture.INK, share_picture.SOFT, share_picture.HIVIS)


def test_the_same_story_gives_the_same_picture_and_a_changed_one_another(client):
    story = StoryFactory(title="They ring", **PUBLIC)
    first = picture(client, story)
    cache.clear()
    assert picture(client, story).content == first.content
    actions.send(edit_of(story, title="They ring first"), by=story.author, now=timezone.now())
    actions.approve(story, by=MemberFactory(is_superuser=True, is_staff=True), now=timezone.now())
    changed = picture(client, story, if_none_match=first["ETag"])
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_a_copy_that_is_still_right_is_not_sent_again(client):
    story = StoryFactory(**PUBLIC)
    first = picture(client, story)
    again = picture(client, story, if_none_match=first["ETag"])
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert "no-cache" in first["Cache-Control"]


@pytest.mark.parametrize(
    "traits",
    [{"live": True, "audience": "members"}, {"sent": True}, {"hidden": True}, {"live": True, "audience": "coalition"}],
)
def test_there_is_a_picture_of_public_stories_only_whoever_asks(client, traits):
    story = StoryFactory(**traits)
    client.force_login(story.author)
    assert picture(client, story).status_code == 404


def test_a_withdrawn_story_loses_its_picture_at_once(client):
    story = StoryFactory(**PUBLIC)
    etag = picture(client, story)["ETag"]
    actions.withdraw(story, by=story.author, now=timezone.now())
    assert picture(client, story, if_none_match=etag).status_code == 404


@pytest.mark.parametrize(
    "title", ["", "a" * 100, "Gŵyl – yr ŷd: £5 “café”", "שלום", "漢字", "\u202e\u0301" * 20, "a " * 50, "👩🏽‍⚕️"]
)
def test_any_title_can_be_drawn(title):
    story = StoryFactory(boundaries=["housing"], **PUBLIC)
    story.title = title
    assert share_picture.draw(story).startswith(b"\x89PNG")


# --- Search engines ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("chosen", SearchEngines.values)
@pytest.mark.parametrize(
    ("fields", "usual"),
    [
        ({"byline": "name"}, True),
        ({"byline": "role"}, False),
        ({"byline": "hidden"}, False),
        ({"byline": "name", "boundaries": ["domestic-abuse"]}, False),
    ],
)
def test_search_engines_find_what_its_teller_lets_them(client, fields, usual, chosen):
    story = StoryFactory(search_engines=chosen, **PUBLIC, **fields)
    found = {"usual": usual, "yes": True, "no": False}[chosen]
    assert story.is_for_the_open_web == found
    assert Story.objects.for_the_open_web().exists() == found
    assert ('content="noindex"' not in page(client, story)) == found


@pytest.mark.parametrize(
    "traits",
    [
        {"live": True, "audience": "members"},
        {"hidden": True, "audience": "public"},
        {"sent": True, "audience": "public"},
    ],
)
def test_no_choice_makes_more_than_a_public_story_found(traits):
    story = StoryFactory(byline="name", search_engines="yes", **traits)
    assert not story.is_for_the_open_web
    assert not Story.objects.for_the_open_web().exists()


def test_the_teller_chooses_it_where_they_choose_their_readers_and_it_counts_at_once(client, live):
    answers = {"byline": "role", "audience": "public", "search_engines": "yes"}
    client.post(at("reach", live), answers)
    assert Story.objects.for_the_open_web().get() == live
    client.post(at("reach", live), {**answers, "search_engines": "no"})
    assert not Story.objects.for_the_open_web().exists()


@pytest.mark.parametrize("chosen", ["maybe", "\x00"])
def test_a_choice_that_is_none_is_asked_again(client, live, chosen):
    answer = client.post(at("reach", live), {"byline": "role", "audience": "public", "search_engines": chosen})
    assert answer.status_code == 200
    assert answer.context["form"].errors
