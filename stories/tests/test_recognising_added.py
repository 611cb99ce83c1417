"""What members add is checked as stories are: words that lead straight to a person go, or have an answer."""

import pytest
from django.urls import reverse

from practices.models import Practice
from stories.models import Experiment, FollowUp, OrganisationResponse, Response
from stories.tests.contributing import WORDS, heard_by_organisations, known_member
from stories.tests.desk import page

pytestmark = pytest.mark.django_db
SAID = "Ring Maya <b>Osei</b> on 07700 900123."
ASKED = "Take these words out, or say why they can stay"
PAGES = {Response: "respond", FollowUp: "follow_up", Experiment: "try", OrganisationResponse: "organisation"}


def answers_to(model, said):
    text = "changed" if model is Experiment else "text"
    return {**WORDS[model], "byline": "role", "byline_role": "", text: said}


@pytest.mark.parametrize("model", PAGES)
def test_a_number_in_it_is_asked_about_and_the_words_are_kept(client, model):
    story = heard_by_organisations()
    writer = story.author if model is FollowUp else known_member()
    client.force_login(writer)
    address = reverse(f"stories:{PAGES[model]}", args=[story.slug])
    assert "may_stay" not in page(client.get(address))
    refused = client.post(address, answers_to(model, SAID))
    assert not model.objects.filter(author=writer, story=story).exists()
    assert ASKED in page(refused)
    assert "<mark>07700 900123</mark>" in page(refused)
    assert "Maya <b>Osei" not in refused.content.decode()
    assert SAID in str(refused.context["form"]["changed" if model is Experiment else "text"].value())
    sent = client.post(address, {**answers_to(model, SAID), "may_stay": "A public line."})
    assert sent.status_code == 302
    added = model.objects.get(may_stay="A public line.")
    assert (added.gist, added.is_live) == (SAID, False)


def test_words_without_a_number_are_sent_as_ever_and_keep_no_answer(client):
    story, writer = heard_by_organisations(), known_member()
    client.force_login(writer)
    client.post(reverse("stories:respond", args=[story.slug]), {**answers_to(Response, "Well told."), "may_stay": "x"})
    added = Response.objects.get(text="Well told.")
    assert (added.may_stay, added.is_live) == ("", True)


def test_an_experiment_on_a_practice_is_checked_too(client):
    client.force_login(known_member())
    practice = Practice.objects.first()
    answers = {**answers_to(Experiment, SAID), "audience": "members"}
    assert ASKED in page(client.post(reverse("stories:try_practice", args=[practice.slug]), answers))
    assert Experiment.objects.count() == 0


def test_the_moderator_reads_the_answer(desk, client):
    story = heard_by_organisations()
    Response.objects.create(
        story=story, author=known_member(), text=SAID, may_stay="A public line.", created_at=story.created_at
    )
    shown = page(desk.get(reverse("stories_staff:contributions")))
    assert "A public line." in shown
    assert "<mark>07700 900123</mark>" in shown
    assert "Nobody has answered for it." not in shown
