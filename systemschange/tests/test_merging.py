"""Two accounts of one person become one: nothing of theirs is lost, nothing unnamed told, nobody meets themselves."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members import actions as accounts
from members.models import Agreement, Block, Connection, DataCopy, Notice, User
from members.privacy import ledger
from members.tests.factories import (
    AdminFactory,
    ListedMemberFactory,
    MemberFactory,
    ModeratorFactory,
    UserFactory,
    sign_in_staff,
)
from networks.actions import coalitions, conversations, introductions
from networks.models import BoardNotice, Conversation, Introduction, Membership, Message, RuleQuestion, Seat
from networks.tests.factories import RuleQuestionFactory
from networks.tests.gathered import coalition_of
from practices.models import Place, Role
from stories.actions import letters
from stories.models import CoAuthor, Follow, Kept, Reading, Story, TellerConversation, Thanks
from stories.tests.factories import CoAuthorFactory, StoryFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()
REASON = "They rang from the number that we know."


class World:
    """Sam has two accounts; Xavier knows both, and does not know it."""

    def __init__(self):
        shown = {"profile__role": Role.objects.get(slug="community-nurse")}
        shown["profile__place"] = Place.objects.get(slug="salford")
        self.kept = ListedMemberFactory(first_name="Sam", last_name="Kept", email="sam@kept.example", **shown)
        self.gone = ListedMemberFactory(first_name="Sam", last_name="Gone", email="sam@gone.example", **shown)
        self.xavier, self.yana = ListedMemberFactory(first_name="Xavier"), ListedMemberFactory(first_name="Yana")
        self.admin = AdminFactory()

    @property
    def both(self):
        return [self.kept, self.gone]

    def merge(self, *, kept=None, gone=None, by=None):
        kept, gone = kept or self.kept, gone or self.gone
        accounts.merge(kept, gone, by=by or self.admin, reason=REASON, now=NOW)


@pytest.fixture
def world():
    return World()


def read(client, address):
    page = client.get(address).content.decode()
    return re.sub(r'(csrfmiddlewaretoken" value|nonce|name="form_key" value|name="key" value)="[^"]*"', "", page)


def test_what_both_have_told_added_and_kept_is_the_kept_accounts(world):
    kept, gone = world.both
    named = StoryFactory(author=gone, live=True, byline="name", audience="public", title="Zqnamed")
    draft, others = StoryFactory(author=gone, title="Zqdraft"), StoryFactory(live=True, title="Zqothers")
    together, twice = StoryFactory(author=gone, title="Zqtogether"), StoryFactory(title="Zqtwice")
    for story, member in [(together, kept), (together, world.yana), (twice, kept), (twice, gone)]:
        CoAuthorFactory(story=story, member=member, lived_experience=member == gone)
    for member in world.both:
        Reading.objects.create(member=member, story=others, read_at=NOW)
        Kept.objects.create(member=member, story=others, kept_at=NOW)
        Agreement.objects.create(member=member, version=7, agreed_at=NOW)
        Thanks.objects.create(member=member, story=others, kind="ask", created_at=NOW, audience="members")
    Follow.objects.create(member=gone, story=others, followed_at=NOW, looked_at=NOW)
    User.objects.filter(pk=gone.pk).update(agreed_version=7)
    asked = RuleQuestionFactory(author=gone)
    DataCopy.objects.create(member=gone, asked_at=NOW)
    Notice.objects.create(kind="members.approved", member=world.yana, caused_by=gone, to="y@x.example", **at())
    world.merge()
    kept = User.objects.get(pk=kept.pk)
    assert set(kept.stories.values_list("title", flat=True)) == {"Zqnamed", "Zqdraft", "Zqtogether"}
    assert [Story.objects.get(pk=one.pk).author_id for one in (named, draft)] == [kept.pk, kept.pk]
    assert set(CoAuthor.objects.current().filter(story=together).values_list("member", flat=True)) == {world.yana.pk}
    [own] = CoAuthor.objects.current().filter(story=twice)
    assert (own.member, own.lived_experience) == (kept, True)
    for model in (Reading, Kept, Agreement, Thanks, Follow, DataCopy):
        assert model.objects.filter(member=kept).count() == 1, model
    assert (kept.agreed_version, RuleQuestion.objects.get(pk=asked.pk).author) == (7, kept)
    assert Notice.objects.get(member=world.yana).caused_by == kept
    found = Client().get(reverse("stories:list") + "?q=zqnamed").content.decode()
    assert "Sam Kept" in found
    assert not [one for one in ("Sam Gone", "sam@gone.example") if one in found]


def at():
    return {"created_at": NOW, "due_at": NOW, "subject": "s", "text": "t"}


def test_blocks_hold_both_ways_and_nobody_blocks_or_knows_themselves(world):
    kept, gone, xavier, yana = *world.both, world.xavier, world.yana
    zoe, will = MemberFactory(first_name="Zoe"), MemberFactory(first_name="Will")
    for blocker, blocked in [(gone, xavier), (yana, gone), (yana, kept), (kept, gone), (zoe, gone)]:
        Block.objects.create(blocker=blocker, blocked=blocked, known_as="As met", blocked_at=NOW)
    for one, other in [(kept, gone), (kept, xavier), (gone, will), (kept, will), (gone, zoe)]:
        Connection.objects.connect(one, other, now=NOW)
    world.merge()
    pairs = Block.objects.parting(kept).values_list("blocker", "blocked")
    assert sorted(pairs) == sorted([(kept.pk, xavier.pk), (yana.pk, kept.pk), (zoe.pk, kept.pk)])
    assert [Connection.objects.between(kept, other).count() for other in (xavier, will, zoe)] == [0, 1, 0]
    assert Connection.objects.count() == 1


def test_conversations_and_introductions_go_along_and_none_is_with_oneself(world):
    kept, gone, xavier, yana = *world.both, world.xavier, world.yana
    alone = conversations.open([kept, gone], now=NOW)
    with_x = [conversations.open([one, xavier], now=NOW) for one in world.both]
    group = conversations.open([kept, gone, yana], title="Group", for_two=False, now=NOW)
    for talk, text in [(with_x[1], "From the second"), (group, "In the group")]:
        conversations.say(talk, text=text, by=gone, now=NOW, form_key=text)
    conversations.leave(group, by=kept, now=NOW)
    ask = {"reason": "A reason.", "now": NOW}
    own = introductions.ask(gone, by=kept, **ask)
    brokered = introductions.introduce(kept, gone, by=yana, **ask)
    asked = introductions.ask(xavier, by=gone, **ask)
    of_oneself = introductions.introduce(gone, xavier, by=kept, **ask)
    yanas = introductions.ask(gone, by=yana, **ask)
    world.merge()
    assert set(Conversation.objects.visible_to(kept)) == {*with_x, group}
    assert not Conversation.objects.filter(pk=alone.pk).exists()
    assert {str(one.seat.member) for one in Message.objects.all()} == {"Sam Kept"}
    assert {one.text for one in Message.objects.all()} == {"From the second", "In the group"}
    assert not Introduction.objects.filter(pk=own.pk).exists()
    assert Introduction.objects.get(pk=asked.pk).made_by == kept
    assert Introduction.objects.get(pk=of_oneself.pk).taken_back_at == NOW
    assert list(Introduction.objects.waiting_for(kept, now=NOW)) == [yanas]
    assert set(Introduction.objects.waiting_for(xavier, now=NOW)) == {asked}
    # To whoever thought that the two should meet it is silence.
    page = read(as_(yana), brokered.get_absolute_url())
    assert "They may answer until" in page
    assert "Sam Gone" not in page
    introductions.say_yes(yanas, by=kept, now=NOW)
    assert Connection.objects.between(kept, yana).exists()


def test_in_a_group_they_are_once_and_whoever_was_removed_stays_removed(world):
    kept, gone, yana = *world.both, world.yana
    groups = {name: coalition_of(yana, name=name) for name in ("only", "both", "left", "removed")}
    for name, members in {"only": [gone], "both": world.both, "left": world.both, "removed": world.both}.items():
        for member in members:
            coalitions.join(groups[name], by=member, now=NOW)
    coalitions.ask_to_convene(groups["both"], gone, by=yana, now=NOW)
    coalitions.leave(groups["left"], by=kept, now=NOW)
    coalitions.remove(groups["removed"], gone, by=yana, now=NOW)
    coalitions.put_up(groups["both"], text="On Tuesdays.", may_stay="", form_key="a", by=gone, now=NOW)
    world.merge()
    current = Membership.objects.now().filter(member=kept).order_by("pk")
    assert {(one.coalition.name, one.convenes) for one in current} == {("only", False), ("both", True), ("left", False)}
    seats = Seat.objects.taken().filter(member=kept, conversation__coalition__isnull=False)
    assert {one.conversation.coalition.name for one in seats} == {"only", "both", "left"}
    assert [one.author for one in BoardNotice.objects.visible_to(yana)] == [kept]
    with pytest.raises(coalitions.NotOpen):
        coalitions.join(groups["removed"], by=kept, now=NOW)


def as_(member):
    client = Client()
    client.force_login(member)
    return client


@pytest.mark.long
def test_an_unnamed_story_reads_to_everybody_as_before_and_its_letters_stay_masked(world):
    kept, xavier = world.kept, world.xavier
    for teller, other in (world.both, world.both[::-1]):
        story = StoryFactory(author=teller, live=True, byline="role", byline_role="community-nurse", audience="public")
        Thanks.objects.create(story=story, member=other, kind="ask", named=True, created_at=NOW, audience="public")
        letters.set_letters(story, True, by=teller, now=NOW)
        for writer in (xavier, other):
            letters.write_to_teller(story, text="May I ask?", form_key=f"{writer.pk}", by=writer, now=NOW)
    talks = list(Conversation.objects.visible_to(xavier).order_by("pk"))
    desk = sign_in_staff(Client(), world.admin)
    readers = [Client(), as_(xavier), desk, sign_in_staff(Client(), ModeratorFactory())]
    pages = [story.get_absolute_url() for story in Story.objects.order_by("pk")]
    pages += [reverse("stories:list"), reverse("stories:feed")]
    before = [[read(reader, page) for page in pages] for reader in readers]
    masked = [read(readers[1], talk.get_absolute_url()) for talk in talks]
    told = [read(desk, merging(*pair)) for pair in (world.both, world.both[::-1])]
    world.merge()
    assert [[read(reader, page) for page in pages] for reader in readers] == before
    assert [read(readers[1], talk.get_absolute_url()) for talk in talks] == masked
    assert set(TellerConversation.objects.values_list("begun_by", flat=True)) == {xavier.pk}
    assert set(Conversation.objects.visible_to(kept)) == set(talks)
    # Nothing on the page where staff decide, in the log or in a mail depends on them.
    assert not [page for page in told if "Told “" in page]
    log = desk.get(reverse("wagtailusers_users:history", args=[kept.pk])).content.decode()
    assert not [one.title for one in Story.objects.all() if one.title in log]


def merging(kept, gone):
    return reverse("members_staff:merge", args=[kept.profile.public_id, gone.profile.public_id])


def test_an_administrator_is_shown_both_types_the_name_and_the_other_account_is_closed(world, mailbox):
    kept, gone = world.both
    StoryFactory(author=gone, live=True, byline="name", title="Zqnamed")
    theirs, desk = as_(gone), sign_in_staff(Client(), world.admin)
    found = desk.get(reverse("members_staff:find_other", args=[kept.profile.public_id]) + "?q=sam+gone")
    assert merging(kept, gone) in found.content.decode()
    page = desk.get(merging(kept, gone)).content.decode()
    assert "Told “Zqnamed”" in page
    assert not [one for one in (kept.email, gone.email) if one in page]
    for typed in ({"name": "Sam Gone"}, {"name": "Sam Kept", "reason": REASON}, {}):
        assert desk.post(merging(kept, gone), typed).status_code == 200
    assert User.objects.filter(pk=gone.pk).exists()
    desk.post(merging(kept, gone), {"name": " sam  gone", "reason": REASON})
    assert not User.objects.filter(pk=gone.pk).exists()
    assert theirs.get(reverse("members:home")).status_code == 302
    assert set(Notice.objects.values_list("kind", "to")) == {
        ("members.closed", "sam@gone.example"),
        ("members.merged", "sam@kept.example"),
    }
    assert gone.email not in Notice.objects.get(kind="members.merged").text
    history = desk.get(reverse("wagtailusers_users:history", args=[kept.pk])).content.decode()
    assert "Took over a second account" in history


def test_staff_oneself_the_suspended_and_those_who_wait_are_refused_and_moderators_find_no_page(world):
    out = MemberFactory(first_name="Otto", suspended_at=NOW)
    boss, waiting = AdminFactory(), UserFactory()
    refused = [(world.kept, out), (out, world.gone), (waiting, world.gone), (world.kept, ModeratorFactory())]
    refused += [(world.kept, world.kept), (world.admin, world.gone), (world.kept, world.admin), (world.kept, boss)]
    desk = sign_in_staff(Client(), world.admin)
    for kept, gone in refused:
        with pytest.raises(accounts.CannotMerge):
            world.merge(kept=kept, gone=gone)
        page = desk.post(merging(kept, gone), {"name": str(gone), "reason": REASON})
        assert "Merge the two accounts</button>" not in page.content.decode()
        assert User.objects.filter(pk=gone.pk).exists()
    moderator = sign_in_staff(Client(), ModeratorFactory())
    assert moderator.post(merging(*world.both), {"name": "Sam Gone", "reason": REASON}).status_code in {302, 403}
    assert User.objects.filter(pk=world.gone.pk).exists()


def test_after_a_restore_the_two_are_one_again(world):
    """As a backup leaves it: the ledger's line is there, and so are both accounts."""
    kept, gone = world.both
    StoryFactory(author=gone, title="Zqdraft")
    line = ledger.note(ledger.Leaver.of(gone, keeps=None, now=NOW), ledger.EVERYTHING, merged_into=kept)
    ledger.save_files()
    line.delete()
    assert ledger.apply_again(now=NOW + timedelta(days=1)) == 1
    assert Story.objects.get(title="Zqdraft").author == kept
    assert not User.objects.filter(pk=gone.pk).exists()
    assert ledger.apply_again(now=NOW) == 0
