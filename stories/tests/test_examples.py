import pytest
from django.urls import reverse

from stories.forms import SECTIONS
from stories.forms.examples import EXAMPLES
from stories.models import Story
from stories.tests.factories import StoryFactory
from stories.tests.pages import at, text

pytestmark = pytest.mark.django_db


def test_every_example_belongs_to_a_question_and_fits_its_box():
    for name, example in EXAMPLES.items():
        field = Story._meta.get_field(name)
        assert len(example) <= (field.max_length or 10_000), name


def test_every_question_that_is_answered_in_words_has_an_example(teller, story):
    for section in SECTIONS:
        page = text(teller.get(at("write", story, section.slug)))
        asked = [name for name in section.names if f'<textarea name="{name}"' in page]
        assert page.count("An example<span") == sum(name in EXAMPLES for name in section.names)
        assert set(asked) <= set(EXAMPLES)


def test_the_two_boxes_have_an_example_and_an_error_keeps_it(client):
    for page in (client.get(reverse("stories:new")), client.post(reverse("stories:new"))):
        assert str(EXAMPLES["noticed"]) in text(page)


def test_a_draft_says_how_many_pages_it_still_needs(client):
    story = StoryFactory(jot=True)
    client.force_login(story.author)
    page = client.get(at("draft", story))
    assert (page.context["done_count"], page.context["page_count"], page.context["enough"]) == (1, 6, False)
    assert "This is enough to send" not in text(page)


@pytest.mark.parametrize("name", ["draft", "check"])
def test_a_short_story_is_enough_and_the_rest_can_come_after(teller, story, name):
    page = text(teller.get(at(name, story)))
    assert "This is enough to send" in page
    for slug in ("noticed", "tried", "more", "where"):
        assert f"{at('write', story, slug)}?then=check#id_" in page


def test_what_is_answered_is_not_asked_for_again(client):
    rest = {"flex": "A.", "who_with": "B.", "surprise": "C.", "advice": "D.", "help_wanted": "E."}
    story = StoryFactory(**rest, practices=["borrow-a-view"])
    client.force_login(story.author)
    page = client.get(at("draft", story))
    assert page.context["left_open"] == []
    assert "A short story is a whole story." in text(page)


def test_once_it_is_sent_and_once_it_is_live_the_rest_is_invited(client):
    sent, live = StoryFactory(sent=True), StoryFactory(live=True)
    client.force_login(sent.author)
    assert "Once it is live you can add what people ask about most" in text(client.get(at("sent", sent)))
    client.force_login(live.author)
    assert "What people ask about most" in text(client.get(at("draft", live)))
