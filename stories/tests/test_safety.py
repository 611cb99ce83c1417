from datetime import timedelta

import pytest
from django.utils import timezone

from members.tests.factories import MemberFactory
from practices.models import Role
from stories.tests.factories import StoryFactory
from stories.tests.pages import SAFE, at, fresh, post, text

pytestmark = pytest.mark.django_db


def test_safety_is_prefilled_and_continue_accepts(client):
    author = MemberFactory()
    story = StoryFactory(jot=True, author=author)
    client.force_login(author)
    page = client.get(at("safety", story))
    form = page.context["form"]
    assert {name: form[name].value() for name in ("whose_story", "byline", "audience", "may_quote", "employer")} == {
        "whose_story": "mine",
        "byline": "role",
        "audience": "members",
        "may_quote": "ask",
        "employer": "not_asked",
    }
    assert form["review_date"].value() == timezone.localdate() + timedelta(days=365)
    answers = {name: form[name].value() for name in form.fields if form[name].value()}
    assert client.post(at("safety", story), answers).url == at("write", story, "noticed")
    assert fresh(story).review_date == timezone.localdate() + timedelta(days=365)


def test_the_role_of_the_profile_is_suggested(client):
    nurse = Role.objects.get(slug="community-nurse")
    author = MemberFactory(profile__role=nurse)
    story = StoryFactory(jot=True, author=author)
    client.force_login(author)
    assert '<option value="community-nurse" selected>' in text(client.get(at("safety", story)))


def test_safety_sets_who_can_read_it_before_anybody_could(teller, story):
    post(teller, at("safety", story), {**SAFE, "byline": "hidden", "audience": "public"}, story)
    assert (fresh(story).byline, fresh(story).audience) == ("hidden", "public")
    assert fresh(story).byline_role.slug == "housing-officer"


@pytest.mark.parametrize(
    ("answers", "field", "sentence"),
    [
        ({"consent": "in_person"}, "consent_date", "Enter the day they agreed"),
        (
            {"consent": "in_person", "consent_date": "2999-01-01"},
            "consent_date",
            "Enter the day they agreed: it cannot lie ahead",
        ),
        ({"consent_date": "yesterday"}, "consent_date", "Enter a day, such as 27 3 2025"),
        ({"review_date": "2020-01-01"}, "review_date", "Enter a day that is still to come"),
        ({"audience": "coalition"}, "audience", "Choose one of the answers shown"),
        ({"audience": "everyone"}, "audience", "Choose one of the answers shown"),
        ({"whose_story": "a\x00b"}, "whose_story", "Choose one of the answers shown"),
        ({"byline_role": "queen"}, "byline_role", "Choose one of the answers shown"),
        ({"byline_role": "a\x00b"}, "byline_role", "Choose one of the answers shown"),
        (
            {"content_note": "x" * 201},
            "content_note",
            "Keep this to 200 characters or fewer. It has 201 now.",
        ),
        ({"byline": "name", "employer": "not_asked"}, "byline", "Without your employer’s word we do not show"),
    ],
)
def test_safety_refuses_in_plain_words(teller, story, answers, field, sentence):
    before = fresh(story).edit_number
    response = post(teller, at("safety", story), {**SAFE, **answers}, story)
    assert [error[: len(sentence)] for error in response.context["form"].errors[field]] == [sentence]
    assert fresh(story).edit_number == before


def test_safety_without_answers_about_reach_leaves_it(teller, story):
    post(teller, at("safety", story), {**SAFE, "byline": "", "audience": ""}, story)
    assert (fresh(story).byline, fresh(story).audience) == ("role", "members")


def test_safety_of_a_live_story_cannot_widen_it(client):
    story = StoryFactory(live=True)
    client.force_login(story.author)
    response = post(client, at("safety", story), {**SAFE, "byline": "name", "audience": "public"}, story)
    assert response.status_code == 302
    assert (fresh(story).byline, fresh(story).audience, fresh(story).wanted_audience) == ("role", "members", "")
