"""A block between two members: what each no longer meets of the other, and what it never changes or tells."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.actions import block, unblock
from members.models import Block, Notice, Profile
from members.tests.factories import ListedMemberFactory, MemberFactory, ModeratorFactory, send_mail
from stories import actions
from stories.models import Experiment, FollowUp, Listing, Response, Story
from stories.reminding import tell_tellers
from stories.search.slips import corrected
from stories.tests.contributing import add, fresh, live
from stories.tests.factories import CoAuthorFactory, StoryFactory

pytestmark = pytest.mark.django_db
PLACES = {"boundaries": ["housing", "police"], "practices": ["rule-or-habit"], "place": "salford"}


def now():
    return timezone.now()


def part(one, other):
    return block(other, known_as=str(other), by=one, now=now())


class Two:
    """Two members: `one` blocks `other`. Each has told in every way; `third` looks on."""

    BYLINES, AUDIENCES = ("name", "role", "hidden"), ("public", "members")

    def __init__(self):
        self.one = ListedMemberFactory(first_name="Oneperson", last_name="Aaa")
        self.other = ListedMemberFactory(first_name="Otherperson", last_name="Bbb")
        self.third = MemberFactory(first_name="Third")
        self.stories = {}
        for who, author in (("one", self.one), ("other", self.other)):
            for byline in self.BYLINES:
                for audience in self.AUDIENCES:
                    words = {"title": f"{who} {byline} {audience}", "noticed": f"Saw a {who}word{byline}{audience}."}
                    told = {"byline": byline, "audience": audience, "help_wanted": "Somebody.", **words, **PLACES}
                    self.stories[words["title"]] = StoryFactory(author=author, live=True, **told)
        self.common = StoryFactory(live=True, audience="public", title="by a third", byline="role", **PLACES)
        for who, writer in (("one", self.one), ("other", self.other)):
            self._add(who, writer)

    def _add(self, who, writer):
        for byline in ("name", "hidden"):
            live(Response, self.common, by=writer, text=f"{who} {byline} responds", byline=byline)
            live(Experiment, self.common, by=writer, changed=f"{who} {byline} tried", byline=byline)
        actions.thank(fresh(self.common), kinds=["ask"], named=True, by=writer, now=now())

    def surfaces(self):
        story = self.common
        yield "/stories/"
        yield "/stories/?boundary=housing&boundary=police&practice=rule-or-habit&place=salford"
        yield "/stories/?q=changed"
        yield "/stories/wants-help/"
        yield reverse("crossings:crossing", args=["housing", "police"])
        yield reverse("practices:practice", args=["rule-or-habit"])
        yield reverse("places:place", args=["salford"])
        yield "/people/"
        yield "/"
        yield story.get_absolute_url()
        yield reverse("stories:responses", args=[story.slug])
        yield reverse("stories:tried", args=[story.slug])


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield Two()
        transaction.set_rollback(True)


@pytest.fixture
def two(built, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield built
        transaction.set_rollback(True)


def met(reader, two, who):
    """What of one of the two their reader meets: titles, names and words, over every list and page."""
    client = client_of(reader)
    said = "\n".join(client.get(address).content.decode() for address in two.surfaces())
    titles = {title for title in two.stories if title.startswith(who) and title in said}
    words = {f"{who} {byline} {verb}" for byline in ("name", "hidden") for verb in ("responds", "tried")}
    person = {"one": "Oneperson", "other": "Otherperson"}[who]
    named = {"a name in public"} if person in said else set()
    return titles | {word for word in words if word in said} | named


NAMED = {"name members", "name responds", "name tried"}
UNNAMED = {f"{byline} {audience}" for byline in ("role", "hidden") for audience in Two.AUDIENCES}
STAYS = UNNAMED | {"name public", "hidden responds", "hidden tried"}


def all_of(who, kept):
    return {f"{who} {what}" for what in kept} | {"a name in public"}


@pytest.mark.long
def test_both_lose_what_the_other_signed_for_members_and_nothing_else(two):
    sides = ((two.one, "other"), (two.other, "one"))
    for reader, who in sides:
        assert met(reader, two, who) == all_of(who, STAYS | NAMED)
    mine = part(two.one, two.other)
    for reader, who in sides:
        assert met(reader, two, who) == all_of(who, STAYS), f"what {reader} meets of the other"
    assert met(two.third, two, "one") == all_of("one", STAYS | NAMED)
    unblock(mine.key, by=two.one)
    for reader, who in sides:
        assert met(reader, two, who) == all_of(who, STAYS | NAMED)


def test_what_is_behind_a_block_answers_as_what_is_not_there(two):
    part(two.one, two.other)
    for reader, who, person in ((two.one, "other", two.other), (two.other, "one", two.one)):
        client, story = client_of(reader), two.stories[f"{who} name members"]
        for name in ("story", "keep", "follow", "respond", "thank", "concern", "block", "picture", "responses"):
            address = reverse(f"stories:{name}", args=[story.slug])
            assert client.get(address).status_code == 404, address
        assert client.get(person.profile.get_absolute_url()).status_code == 404
        assert client.get(reverse("networks:block", args=[person.profile.public_id])).status_code == 404
        response = Response.objects.get(text=f"{who} name responds")
        for name in ("concern_added", "block_added"):
            assert client.get(reverse(f"stories:{name}", args=["response", response.slug])).status_code == 404
        assert client.get(two.stories[f"{who} name public"].get_absolute_url()).status_code == 200
        assert client.get(two.stories[f"{who} role members"].get_absolute_url()).status_code == 200


def test_counts_agree_with_lists_and_no_word_of_a_hidden_story_is_suggested(two):
    assert corrected(["otherwordnamemembera"], two.one) == ("otherwordnamemembers",)
    part(two.one, two.other)
    for reader, word in ((two.one, "otherwordnamemembera"), (two.other, "onewordnamemembera")):
        listed = client_of(reader).get("/stories/")
        assert f"{len(listed.context['page'].items)} stories" == str(listed.context["count"])
        assert corrected([word], reader) is None
        people = client_of(reader).get("/people/")
        assert people.context["results"].count == "1 person"
    assert corrected(["otherwordrolemembera"], two.one) == ("otherwordrolemembers",)


def test_a_named_coauthor_is_parted_as_the_author_is_and_an_unnamed_one_is_not(two):
    told = StoryFactory(live=True, byline="name", audience="members")
    beside = CoAuthorFactory(story=told, member=two.other, named=True)
    part(two.one, two.other)
    assert not Story.objects.visible_to(two.one).filter(pk=told.pk).exists()
    assert not Story.objects.readable_by(two.one).filter(pk=told.pk).exists()
    assert told.pk not in set(Story.objects.filter(listing__in=listings(two.one)).values_list("pk", flat=True))
    beside.named = False
    beside.save()
    assert Story.objects.visible_to(two.one).filter(pk=told.pk).exists()
    assert told.pk in set(Story.objects.filter(listing__in=listings(two.one)).values_list("pk", flat=True))


def listings(user):
    return Listing.objects.readable_by(user)


def test_staff_see_what_they_saw_whoever_blocks_them(two):
    moderator = ModeratorFactory()
    story = two.stories["other name members"]
    part(two.other, moderator)
    part(moderator, two.one)
    assert Story.objects.readable_by(moderator).filter(pk=story.pk).exists()
    follow_up = add(FollowUp, story, by=two.other)
    assert FollowUp.objects.visible_to(moderator).filter(pk=follow_up.pk).exists()
    actions.raise_concern(story, kind="about_me", text="Me.", contact="", sender="x", key="k", now=now())
    assert Story.objects.reported().visible_to(moderator).filter(pk=story.pk).exists()
    # And whoever blocked them is rid of them.
    assert not Profile.objects.visible_to(two.other).filter(user=moderator).exists()


# --- Where a name leads -----------------------------------------------------------------------------------------------


def test_a_block_begins_beside_a_name_and_ends_in_ones_own_list(two):
    client = client_of(two.one)
    address = reverse("stories:block", args=[two.stories["other name members"].slug])
    assert address in client.get(two.stories["other name members"].get_absolute_url()).text
    form = client.get(address).context["form"]
    assert [label for _, label in form.fields["who"].choices] == ["Otherperson Bbb, who told the story"]
    ((key, _),) = form.fields["who"].choices
    assert client.post(address, {"who": "elsewhere"}).context["form"].errors
    assert client.post(address, {"who": key}).url == reverse("members:blocked")
    made = Block.objects.get()
    assert (made.blocker, made.blocked, made.known_as) == (two.one, two.other, "Otherperson Bbb")
    two.other.first_name = "Renamed"
    two.other.save()
    page = client.get(reverse("members:blocked")).text
    assert "Otherperson Bbb" in page
    assert "Renamed" not in page
    # Nobody ends another's.
    client_of(two.other).post(reverse("members:blocked"), {"key": made.key})
    assert Block.objects.exists()
    client.post(reverse("members:blocked"), {"key": made.key})
    assert not Block.objects.exists()


def test_nobody_is_offered_whose_name_does_not_stand_there(two):
    client = client_of(two.one)
    for byline in ("role", "hidden"):
        story = two.stories[f"other {byline} public"]
        address = reverse("stories:block", args=[story.slug])
        assert address not in client.get(story.get_absolute_url()).text
        assert not client.get(address).context["form"].people
        assert client.post(address, {"who": "x"}).status_code == 200
    unnamed = Response.objects.get(text="other hidden responds")
    assert not client.get(reverse("stories:block_added", args=["response", unnamed.slug])).context["form"].people
    assert not Block.objects.exists()


def test_a_signature_and_named_thanks_lead_to_a_block(two):
    client = client_of(two.one)
    signed = Experiment.objects.get(changed="other name tried")
    form = client.get(reverse("stories:block_added", args=["experiment", signed.slug])).context["form"]
    assert [label for _, label in form.fields["who"].choices] == ["Otherperson Bbb, who wrote this experiment"]
    thanks = client.get(reverse("stories:block", args=[two.common.slug])).context["form"]
    assert [label for _, label in thanks.fields["who"].choices] == ["Otherperson, who said thanks"]


# --- Mails ------------------------------------------------------------------------------------------------------------


def test_a_mail_queued_before_a_block_is_not_sent_and_leaves_no_trace(two, mailbox):
    draft = StoryFactory(author=two.other)
    asked = {"what": "write", "by": two.other, "now": now()}
    kept = [actions.invite(draft, email=who.email, **asked) for who in (two.one, two.third)]
    part(two.one, two.other)
    send_mail()
    said = "".join(message.get_body(("plain",)).get_content() for message in mailbox.messages)
    sent = [asking for asking in kept if asking.token in said]
    assert sent == kept[1:]
    kind = Notice.objects.filter(kind="stories.invitation")
    assert [(notice.to, notice.caused_by) for notice in kind] == [(two.third.email, None)]


def test_an_invitation_across_a_block_is_asked_like_any_other_and_opens_nothing(two, mailbox):
    part(two.one, two.other)
    draft = StoryFactory(author=two.other)
    asking = actions.invite(draft, email=two.one.email, what="write", by=two.other, now=now())
    address = reverse("stories:invited", args=[asking.token])
    client = client_of(two.one)
    assert client.get(address).status_code == client.post(address).status_code == 404
    with pytest.raises(actions.NotThere):
        actions.accept(asking, by=two.one, now=now())
    # Whoever asked sees what they always see.
    assert two.one.email in client_of(two.other).get(reverse("stories:together", args=[draft.slug])).text
    assert client_of(two.third).get(address).status_code == 200


def test_a_teller_hears_of_no_signed_response_from_behind_a_block(two):
    story = two.stories["one role members"]
    part(two.one, two.other)
    live(Response, story, by=two.other, byline="name")
    actions.thank(fresh(story), kinds=["meeting"], named=True, by=two.other, now=now())
    tell_tellers(now=now())
    told = Notice.objects.filter(kind="stories.new_responses", member=two.one)
    assert not told.exists()


@pytest.mark.parametrize("blocks", [0, 3])
def test_a_block_costs_no_query(two, blocks, django_assert_num_queries):
    client = client_of(two.one)
    client.get("/stories/")
    for _ in range(blocks):
        part(two.one, MemberFactory())
    with django_assert_num_queries(4):
        client.get("/stories/")
