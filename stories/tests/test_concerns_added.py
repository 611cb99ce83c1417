"""Concerns about one thing that was added to a story: which one is named, and the story stays."""

import pytest
from django.urls import reverse
from django.utils import timezone

from members.models import Concern, Notice
from members.tests.factories import MemberFactory, ModeratorFactory
from stories import actions, added
from stories.models import Experiment, FollowUp, OrganisationResponse, Response, Thanks
from stories.tests.contributing import fresh, heard_by_organisations, live
from stories.tests.desk import page as shown
from stories.tests.pages import at, text

pytestmark = pytest.mark.django_db
KINDS = [FollowUp, Experiment, Response, OrganisationResponse]
SAID = {"kind": "about_me", "text": "That is my sister. Concerncanary."}
SENSITIVE = {"boundaries": ["domestic-abuse", "housing"]}
LIST = "/admin/moderation/concerns/"


def now():
    return timezone.now()


def thanks(story, **member):
    member = MemberFactory(first_name="Quillon", **member)
    return Thanks.objects.create(
        story=story, member=member, kind="ask", named=True, audience=story.audience, created_at=now()
    )


def address(one):
    return reverse("stories:concern_added", args=[one.kind, one.slug])


def raised(one, *, sender="one", **said):
    key = f"key {Concern.objects.count()}"
    said = {**SAID, "contact": "", "key": key, **said}
    return actions.raise_concern_added(one, **said, sender=sender, now=now())


def page_of(client, one):
    return text(client.get(one.get_absolute_url().split("#")[0]))


def desk_address(one):
    return reverse("stories_staff:concern_added", args=[getattr(one, "kind", None), one.pk])


@pytest.mark.parametrize("model", KINDS)
def test_a_link_beside_each_names_what_is_meant(client, model):
    one = live(model, heard_by_organisations())
    assert f'href="{address(one)}"' in page_of(client, one)
    asked = text(client.get(address(one)))
    assert one.kind_name.lower() in asked
    assert one.gist in asked
    key = client.get(address(one)).context["form"]["form_key"].value()
    assert "The moderators have it" in text(client.post(address(one), {**SAID, "form_key": key}))
    concern = Concern.objects.get()
    assert (concern.target, concern.text) == (one, SAID["text"])
    assert fresh(one).is_live


def test_thanks_are_meant_by_the_name_that_stands_there(client):
    story = heard_by_organisations()
    one = thanks(story)
    place = at("concern_thanks", story)
    assert f'href="{place}"' in page_of(client, story)
    assert "Quillon: It helped me ask" in text(client.get(place))
    assert "Choose which of the thanks" in text(client.post(place, SAID))
    client.post(place, {**SAID, "which": one.pk})
    assert Concern.objects.get().target == one


def test_where_no_name_stands_nobody_is_asked_which(client):
    story = heard_by_organisations()
    Thanks.objects.filter(pk=thanks(story).pk).update(named=False)
    assert at("concern_thanks", story) not in page_of(client, story)
    assert client.get(at("concern_thanks", story)).status_code == 404


@pytest.mark.parametrize("change", ["waits", "members"])
def test_nobody_raises_one_about_what_they_cannot_read(client, change):
    one = live(Response, heard_by_organisations())
    Response.objects.update(**({"state": "waiting"} if change == "waits" else {"audience": "members"}))
    assert client.get(address(one)).status_code == 404
    assert client.post(address(one), SAID).status_code == 404


@pytest.mark.long
@pytest.mark.parametrize("model", KINDS)
def test_beside_a_sensitive_story_it_is_hidden_until_read_and_the_story_stays(client, model):
    story = heard_by_organisations(**SENSITIVE)
    one = live(model, story)
    assert one.gist in page_of(client, one)
    assert raised(one).hid_at
    assert one.gist not in page_of(client, one)
    assert fresh(story).is_published
    assert added.waiting().count() == 0
    with pytest.raises(actions.CannotDecide):
        actions.approve_contribution(one, by=ModeratorFactory(), now=now())
    actions.release_added(one, by=ModeratorFactory(), now=now(), reason="Nobody can be recognised.")
    assert one.gist in page_of(client, one)
    assert raised(one).hid_at is None


def test_beside_a_sensitive_story_thanks_are_hidden_until_read(client):
    story = heard_by_organisations(**SENSITIVE)
    one = thanks(story)
    raised(one)
    assert "Quillon" not in page_of(client, story)
    actions.release_added(one, by=ModeratorFactory(), now=now(), reason="No.")
    assert "Quillon" in page_of(client, story)


def test_a_held_follow_up_no_longer_says_where_the_story_is():
    story = heard_by_organisations(**SENSITIVE)
    one = live(FollowUp, story)
    assert fresh(story).latest_outcome == "stalled"
    raised(one)
    assert fresh(story).latest_outcome == ""
    actions.release_added(one, by=ModeratorFactory(), now=now(), reason="No.")
    assert fresh(story).latest_outcome == "stalled"


def test_its_writer_is_told_the_outcome_and_never_who():
    one = live(Response, heard_by_organisations(**SENSITIVE))
    Notice.objects.all().delete()
    raised(one, contact="reporter@example.org")
    actions.release_added(one, by=ModeratorFactory(), now=now(), reason="Nobody can be recognised.")
    raised(one, sender="two")
    actions.uphold_added(one, by=ModeratorFactory(), now=now(), reason="It names a street.")
    own = Notice.objects.filter(member=one.author).order_by("pk")
    assert [notice.kind for notice in own] == ["stories.contribution_released", "stories.contribution_taken_down"]
    assert "reporter" not in "".join(notice.text for notice in own)
    assert Notice.objects.get(to="reporter@example.org").kind == "moderation.concern_read"
    assert Concern.objects.exclude(contact="").count() == 0
    assert not fresh(one).can_be_withdrawn


def test_taken_away_by_its_writer_there_is_nothing_left_to_decide():
    one = live(Response, heard_by_organisations(**SENSITIVE))
    raised(one)
    actions.withdraw_contribution(one, by=one.author, now=now())
    assert Concern.objects.get().state == "gone"


@pytest.mark.long
@pytest.mark.parametrize("decision", ["uphold", "release"])
@pytest.mark.parametrize("model", KINDS)
def test_a_moderator_sees_which_it_is_and_decides(desk, model, decision):
    one = live(model, heard_by_organisations())
    raised(one)
    assert desk_address(one) in shown(desk.get(LIST))
    assert "somebody has raised a concern" in shown(desk.get("/admin/"))
    read = shown(desk.get(desk_address(one)))
    assert "Concerncanary" in read
    assert one.gist in read
    assert "Write why." in shown(desk.post(desk_address(one), {"decision": decision}))
    desk.post(desk_address(one), {"decision": decision, "reason": "So."})
    assert fresh(one).is_live == (decision == "release")
    assert desk.get(desk_address(one)).status_code == 404
    assert desk_address(one) not in shown(desk.get(LIST))


def test_a_moderator_takes_thanks_down(desk):
    one = thanks(heard_by_organisations())
    raised(one)
    place = reverse("stories_staff:concern_added", args=["thanks", one.pk])
    assert "Quillon" in shown(desk.get(place))
    desk.post(place, {"decision": "uphold", "reason": "So."})
    assert not Thanks.objects.exists()
    assert Concern.objects.get().state == "upheld"


def test_no_moderator_reads_or_decides_what_was_raised_about_their_own(desk, moderator):
    own = [
        live(Response, heard_by_organisations(), by=moderator),
        live(FollowUp, heard_by_organisations(author=moderator)),
    ]
    for one in own:
        raised(one)
        assert desk.get(desk_address(one)).status_code == 404
        with pytest.raises(actions.CannotDecide):
            actions.release_added(one, by=moderator, now=now(), reason="Mine.")
    assert "Waiting" not in shown(desk.get(LIST))
