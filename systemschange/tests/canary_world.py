"""A community in which every private value is a canary: made by the real verbs, with somebody for each kind of actor.

`World().clients["member"]` asks as that actor. Who may meet which word stands in `canaries.SEEN_BY`, what may stand in
the gaps of an address in `canary_addresses`.
"""

from datetime import timedelta
from urllib.parse import urlencode

from django.test import Client
from django.utils import timezone

from confidentiality.pictures import clean
from confidentiality.tests.pictures import photo, upload
from digests import readers
from digests.models import Issue
from digests.when import week_of
from insights import packing
from insights.counting import Asked
from insights.models import EvidencePack
from insights.tests.counted import opened_and_counted
from members import actions as accounts
from members import kinds, mail
from members.models import Connection, Photo, Suppression
from members.tests.factories import (
    AdminFactory,
    EditorFactory,
    InvitationFactory,
    ListedMemberFactory,
    MemberFactory,
    ModeratorFactory,
    UserFactory,
    prove,
    sign_in_staff,
)
from networks.actions import coalitions, cohorts, conversations, gatherings, introductions, joining, rules
from networks.models import Coalition, Cohort, Gathering
from networks.tests.factories import RuleAnswerFactory, RuleQuestionFactory
from networks.tests.gathered import coalition_of
from practices.models import Place
from reports.tests.factories import PictureFactory, ReportFactory
from reports.tests.questions import QuestionFactory, answered_by
from stories import actions, following
from stories.actions import attempts, letters, reporting
from stories.models import Experiment, FollowUp, KeptText, OrganisationResponse, Response, Story
from stories.tests.factories import CoAuthorFactory, StoryFactory, edit_of, photo_in
from systemschange.tests import sweep
from systemschange.tests.canaries import ACTORS, word

TAKEN_AWAY = ("narrowed", "hidden", "withdrawn", "taken-down")
LISTS = ("/", "/stories/", "/stories/feed/", "/crossings/", "/places/salford/", "/sitemap-stories-1.xml", "/reports/")


def account(factory, who, **more):
    """Somebody whose every value is a canary."""
    values = {"first_name": "name", "profile__organisation": "organisation"}
    values |= {"profile__ask_me_about": "asks", "profile__help_with": "help"}
    told = {field: word(f"{who}-{value}") for field, value in values.items()}
    return factory(email=f"{word(f'{who}-email')}@example.org", **told, **more)


def portrait():
    taken = upload(photo(comment=word("exif").encode()), f"{word('file-name')}.jpg")
    return Photo.keep(clean(taken), now=timezone.now())


def choosy():
    """Listed, and says one thing to members, another to connections, and one to nobody."""
    audiences = {
        "organisation": "members",
        "help_with": "connections",
        "ask_me_about": "nobody",
        "photo": "connections",
    }
    told = {f"profile__{name}_seen_by": audience for name, audience in audiences.items()}
    return account(ListedMemberFactory, "choosy", profile__photo=portrait(), **told)


class World:
    def __init__(self):
        self.now = timezone.now() - timedelta(hours=3)
        self._gather()
        self._tell_drafts()
        self._tell_what_waits()
        self._tell_what_is_live()
        self._tell_what_is_gone()
        self._raise_concerns()
        self._add_to_a_public_story()
        self._ask_for_rules()
        self._gather_a_coalition()
        self._keep_and_follow()
        self._meet()
        self._block_each_other()
        self._work_as_staff()
        self.clients = {actor: self._client(actor) for actor in ACTORS}
        self._warm_and_narrow()

    # --- Who is here --------------------------------------------------------------------------------------------------

    def _gather(self):
        late = self.now - timedelta(days=9)
        self.people = {
            "author": account(MemberFactory, "author", profile__weekly_letter=True),
            "co-author": account(MemberFactory, "co-author"),
            "parted": account(MemberFactory, "parted"),
            "member": account(MemberFactory, "member", profile__weekly_letter=True, profile__photo=portrait()),
            "listed": account(ListedMemberFactory, "listed"),
            "choosy": choosy(),
            "blocker": account(ListedMemberFactory, "blocker"),
            "blocked": account(ListedMemberFactory, "blocked", profile__weekly_letter=True),
            "waiting": account(UserFactory, "waiting"),
            "suspended": account(ListedMemberFactory, "suspended", suspended_at=late),
            "former": account(ListedMemberFactory, "former", is_active=False),
            "moderator": ModeratorFactory(),
            "editor": EditorFactory(),
            "admin": AdminFactory(),
        }
        self.author, self.member, self.moderator = (self.people[who] for who in ("author", "member", "moderator"))
        Connection.objects.connect(self.people["choosy"], self.member, now=self.now)
        self.stories = {}

    def _client(self, actor):
        client, person = Client(), self.people.get(actor)
        if person and person.is_staff:
            sign_in_staff(client, person)
        elif person:
            prove(client, person)
        return client

    # --- Stories ------------------------------------------------------------------------------------------------------

    def _tell(self, name, **more):
        """A story told under a hidden byline, with a canary for its title and one for its text."""
        if "title" not in more:
            more |= {"title": word(f"{name}-title"), "noticed": f"I saw that {word(f'{name}-body')} was refused."}
        told = {"author": self.author, "byline": "hidden", "place": "salford", **more}
        story = StoryFactory(at=self.now, **told)
        self.stories[name] = story
        return story

    def _fresh(self, name):
        return Story.objects.get(pk=self.stories[name].pk)

    def _tell_drafts(self):
        self._tell("jot", jot=True)
        draft = self._tell("draft")
        exif = photo(comment=word("exif").encode())
        picture = clean(upload(exif, f"{word('file-name')}.jpg"))
        actions.add_photo(draft, picture=picture, alt=f"A wall with {word('draft-alt')}.", by=self.author, now=self.now)
        CoAuthorFactory(story=draft, member=self.people["co-author"])
        parted = CoAuthorFactory(story=draft, member=self.people["parted"])
        actions.part(parted, by=self.author, now=self.now)
        email = f"{word('asked-email')}@example.org"
        self.asking = actions.invite(draft, email=email, what="write", by=self.author, now=self.now)
        returned = self._tell("returned", sent=True)
        actions.ask_for_changes(returned, by=self.moderator, now=self.now, comment=word("returned-reason"))
        actions.delete(self._tell("deleted"), by=self.author, now=self.now)
        del self.stories["deleted"]

    def _tell_what_waits(self):
        sent = self._tell("sent")
        photo_in(sent, alt=f"A door with {word('sent-alt')}.", now=self.now)
        actions.send(sent, by=self.author, now=self.now)
        actions.ask(sent, text=f"Which {word('question')}?", by=self.moderator, now=self.now)
        actions.answer(sent, text=f"The {word('answer')}.", by=self.author, now=self.now)
        suggested = {"field": "tried", "after": word("suggested"), "reason": word("suggested-why")}
        actions.suggest(sent, **suggested, by=self.moderator, now=self.now)
        typed = {"title": word("typed-title"), "noticed": word("typed-body")}
        email = f"{word('typed-email')}@example.org"
        self.typed = actions.tell_for(email=email, answers=typed, by=self.moderator, now=self.now, key=None)
        self.stories["typed"] = self.typed.story

    def _approve(self, name):
        actions.approve(self._fresh(name), by=self.people["admin"], now=self.now)

    def _tell_what_is_live(self):
        travels = {"live": True, "audience": "public", "search_engines": "yes"}
        self._tell("public", title="The letter at the desk", noticed="Nobody could read it.", **travels)
        shown = self._tell("members")
        photo_in(shown, alt=f"A board with {word('members-alt')}.", now=self.now)
        actions.send(shown, by=self.author, now=self.now)
        self._approve("members")
        edit_of(self._fresh("members"), advice=f"Unsent: {word('unsent-body')}.")
        self._tell("edited", live=True)
        for advice in ("older-body", "edit-body"):
            edit_of(self._fresh("edited"), advice=f"Ask {word(advice)} first.", now=self.now)
            actions.send(self._fresh("edited"), by=self.author, now=self.now)
            if advice == "older-body":
                self._approve("edited")
                edit_of(self._fresh("edited"), advice="Ask first.", now=self.now)
                actions.send(self._fresh("edited"), by=self.author, now=self.now)
                self._approve("edited")
        self._tell_to_one_group()
        redacted = self._tell(
            "redacted", title="A word too many", noticed=f"I met {word('redacted')} twice.", live=True
        )
        why = {"kind": "A name", "reason": word("redacted-why")}
        actions.redact(redacted, passage=word("redacted"), **why, by=self.moderator, now=self.now)

    def _tell_to_one_group(self):
        """The co-author and an administrator are in it; the parted one left, the blocked one was removed. What the
        parted one told there with their name went with them."""
        inside = [self.people[who] for who in ("co-author", "admin", "parted", "blocked")]
        group = coalition_of(self.author, *inside, now=self.now, name="Wrens", joining="invited")
        parted, blocked = self.people["parted"], self.people["blocked"]
        self._tell("coalition", live=True, coalition=group)
        self._tell("departed", live=True, coalition=group, author=parted, byline="name")
        told = {"text": word("response-coalition"), "byline": "hidden", "audience": "coalition"}
        told = self._add(Response, "coalition", by=parted, story=self._fresh("coalition"), **told)
        actions.approve_contribution(told, by=self.moderator, now=self.now)
        coalitions.leave(group, by=parted, now=self.now)
        coalitions.remove(group, blocked, by=self.author, now=self.now)
        self.group_told = (group, told)
        self._try_something(group)

    def _try_something(self, group):
        """The author's own log, once for themselves and once for that group too."""
        self.attempts = []
        for name, coalition in (("attempt-alone", None), ("attempt-shared", group)):
            begun = {"step": word(f"{name}-step"), "expects": word(f"{name}-expects")}
            begun = attempts.begin(**begun, practice=None, by=self.author, now=self.now, form_key=name)
            said = {part: word(f"{name}-{part}") for part in ("noticed", "happened")}
            said |= {"stop_if": word(f"{name}-stop"), "step": begun.step, "expects": begun.expects}
            said |= {"look_again_date": None, "decision": "", "coalition": coalition, "may_stay": ""}
            self.attempts.append(attempts.write(begun, said=said, by=self.author, now=self.now))

    def _tell_what_is_gone(self):
        """Public until they were taken away, each in its own way."""
        for name in TAKEN_AWAY:
            self._tell(name, live=True, audience="public")

    def _raise_concerns(self):
        raised = {"kind": "about_me", "sender": "hash", "now": self.now}
        sensitive = {"boundaries": ["domestic-abuse", "housing"], "place": "north-west"}
        self._tell("held", live=True, audience="public", **sensitive)
        contact = f"{word('concern-contact')}@example.org"
        actions.raise_concern(self.stories["held"], text=word("concern"), contact=contact, key="held", **raised)
        contact = f"{word('settled-contact')}@example.org"
        settled = {"text": word("settled-concern"), "contact": contact, "key": "settled"}
        actions.raise_concern(self.stories["public"], **settled, **raised)
        actions.release_story(self.stories["public"], by=self.moderator, now=self.now, reason="Read with care.")
        worry = {"kind": "worried", "text": word("worry"), "contact": f"{word('worry-contact')}@example.org"}
        self.worry = actions.raise_worry(**worry, sender="hash", key="worry", now=self.now)

    def _ask_for_rules(self):
        """Asked and answered by the member, unnamed."""

        def asked(name, **more):
            said = {"author": self.member, "naming": "hidden", "created_at": self.now}
            return RuleQuestionFactory(told=word(name), **said, **more)

        shown = asked("rule-members", live=True)
        refused, withdrawn = asked("rule-refused"), asked("rule-withdrawn", live=True)
        rules.refuse(refused, by=self.moderator, now=self.now, reason=word("rule-refused-why"))
        rules.withdraw(withdrawn, by=self.member, now=self.now)
        said = {"author": self.member, "naming": "hidden", "text": word("rule-answer-waiting")}
        answer = RuleAnswerFactory(question=shown, created_at=self.now, **said)
        self.stop_url = mail.stop_url(self.member, kinds.BY_SLUG["people"])
        self.rules = [asked("rule-waiting"), shown, refused, withdrawn, answer]

    def _gather_a_coalition(self):
        """Hidden: of its name, too, nobody else learns."""
        about = Coalition(name=word("group-name"), purpose=word("group-purpose"), joining="hidden")
        about.agreements = word("group-agreements")
        author = self.people["author"]
        self.coalition = coalitions.gather(about, boundaries=[], places=[], by=author, now=self.now)
        notice = {"text": word("group-notice"), "may_stay": "", "form_key": "notice"}
        coalitions.put_up(self.coalition, **notice, by=author, now=self.now)
        said = {part.replace("-", "_"): word(f"gathering-{part}") for part in ("title", "what-for", "where")}
        said["link"] = f"https://example.org/{word('gathering-link')}"
        begins = self.now + timedelta(days=2)
        told = {"begins_at": begins, "ends_at": begins + timedelta(hours=1), **said}
        self.gathering = gatherings.put_up(Gathering(coalition=self.coalition, **told), by=author, now=self.now)
        gatherings.say(self.gathering, answer="coming", by=author, now=self.now)
        self._ask_to_join()
        self._start_a_cohort()
        groups = [self.coalition, self.asked_coalition, self.invited.coalition, self.cohort.coalition]
        self.coalitions = [*groups, self.group_told[0]]

    def _ask_to_join(self):
        """Another one, which the member asks to join and an address is invited to."""
        author = self.people["author"]
        asking = Coalition(name="Larks", purpose="One door", joining="request", questions=[word("group-question")])
        self.asked_coalition = coalitions.gather(asking, boundaries=[], places=[], by=author, now=self.now)
        said = {"answers": [word("group-answer")], "may_stay": ""}
        joining.ask(self.asked_coalition, **said, by=self.member, now=self.now)
        address = f"{word('group-invited')}@example.org"
        joining.invite(self.asked_coalition, email=address, by=author, now=self.now)
        inviting = Coalition(name=word("inviting-name"), purpose=word("inviting-purpose"), joining="invited")
        inviting = coalitions.gather(inviting, boundaries=[], places=[], by=author, now=self.now)
        self.invited = joining.invite(inviting, member=self.member, by=author, now=self.now)

    def _start_a_cohort(self):
        about = {"name": word("cohort-name"), "place_count": 12, "starts_date": timezone.localdate()}
        cohort = Cohort(link_until=timezone.now() + timedelta(days=7), **about)
        coalition = Coalition(name=word("cohort-name"), purpose=word("cohort-purpose"), joining="hidden")
        self.cohort = cohorts.start(cohort, coalition, by=self.moderator, now=self.now)
        cohorts.take_place(cohort.token, by=self.people["co-author"], now=self.now)

    # --- What others do here ------------------------------------------------------------------------------------------

    def _add(self, model, name, by=None, **more):
        told = {"story": self._fresh("public"), **more}
        if model is Response or model is Experiment:
            told = {"audience": "public", "byline": "hidden"} | told
        return actions.add(model(**told), by=by or self.member, now=self.now)

    def _add_to_a_public_story(self):
        Story.objects.filter(pk=self.stories["public"].pk).update(organisations_may_respond=True)
        said = {name: {"text": word(f"response-{name}")} for name in ("waiting", "refused", "withdrawn", "members")}
        waits = self._add(Response, "waiting", **said["waiting"])
        refused = self._add(Response, "refused", **said["refused"])
        actions.refuse_contribution(refused, by=self.moderator, now=self.now, reason=word("response-refused-why"))
        withdrawn = self._add(Response, "withdrawn", **said["withdrawn"])
        actions.withdraw_contribution(withdrawn, by=self.member, now=self.now)
        shown = self._add(Response, "members", **said["members"], audience="members")
        actions.approve_contribution(shown, by=self.moderator, now=self.now)
        tried = {"changed": word("experiment-waiting"), "happened": "Nothing.", "result": "not"}
        tried = self._add(Experiment, "experiment", **tried)
        answer = {"organisation": word("organisation-waiting"), "stance": "heard", "text": "We read it."}
        answer = self._add(OrganisationResponse, "organisation", **answer)
        told = {"text": word("follow-up-waiting"), "outcome": "stopped", "period_year": 2026}
        told = self._add(FollowUp, "follow-up", by=self.author, **told)
        self.added = [waits, refused, withdrawn, shown, tried, answer, told, self.group_told[1]]
        said = {"kind": "wrong", "text": word("concern-added"), "contact": "", "sender": "hash", "key": "added"}
        actions.raise_concern_added(shown, now=self.now, **said)
        actions.thank(self._fresh("public"), kinds=["ask"], named=False, by=self.member, now=self.now)

    def _keep_and_follow(self):
        following.follow(member=self.member, query=urlencode({"q": word("followed-search")}), now=self.now)
        following.keep(self.stories["public"], member=self.member, now=self.now)
        kept = urlencode({"title": word("kept-text"), "noticed": word("kept-text")})
        KeptText.objects.create(address="/stories/new/", typed=kept, created_at=self.now)
        self.invitation = accounts.vouch(by=self.member, email=f"{word('vouched-email')}@example.org", now=self.now)
        InvitationFactory(invited_by=self.member, taken_by=self.people["waiting"])
        place = Place.objects.get(slug="salford")
        readers.subscribe(address=f"{word('subscriber-email')}@example.org", about=place, now=self.now)

    def _meet(self):
        """Somebody asks to be introduced, writes to a teller who is not named, and has met somebody else."""
        said = {"reason": word("ask-reason"), "may_stay": word("ask-may-stay")}
        asked = {"by": self.member, "now": self.now}
        self.introduction = introductions.ask(self.people["blocked"], **said, **asked)
        public = self._fresh("public")
        letters.set_letters(public, True, by=self.author, now=self.now)
        begun = letters.write_to_teller(public, text=word("letter"), form_key="one", **asked)
        answer = {"text": word("letter-answer"), "form_key": "one", "by": self.author, "now": self.now}
        conversations.say(begun, **answer)
        conversations.keep_draft(begun, text=word("message-draft"), by=self.author)
        met = conversations.open([self.member, self.people["listed"]], now=self.now)
        conversations.say(met, text=word("met-message"), form_key="one", **asked)
        self.conversations = [begun, met]
        self.reported = begun.messages.order_by("pk").first()
        said = {"kind": "wrong", "text": word("reported"), "contact": "", "sender": "hash", "key": "between"}
        reporting.report(self.reported, now=self.now, **said)

    def _block_each_other(self):
        """Two who each blocked the other; one told a story for members with their name, and answered one."""
        one, other = self.people["blocker"], self.people["blocked"]
        self._tell("apart", author=one, byline="name", live=True)
        told = {"text": word("response-apart"), "byline": "name", "audience": "members"}
        signed = self._add(Response, "apart", by=one, **told)
        actions.approve_contribution(signed, by=self.moderator, now=self.now)
        self.added.append(signed)
        known = {one: word("known-to-blocker"), other: word("known-to-blocked")}
        for blocker, blocked in ((one, other), (other, one)):
            accounts.block(blocked, known_as=known[blocker], by=blocker, now=self.now)

    def _work_as_staff(self):
        actions.look_up(
            self.stories["public"], reason=word("look-up-why"), key="k" * 24, by=self.moderator, now=self.now
        )
        issue = Issue.objects.next_draft(timezone.now())
        issue.note = word("letter-note")
        issue.save()
        self._lose_a_letter()
        image = PictureFactory(description=word("report-picture"))
        body = [("text", f"<p>{word('report-body')}</p>"), ("picture", {"image": image, "caption": ""})]
        self.report = ReportFactory(title=word("report-title"), slug="a-draft", body=body, live=False)
        self.report.save_revision(user=self.people["editor"])
        self.rendition = image.get_rendition("width-1400")
        self._ask_as_a_commissioner()
        quoted = [("story", self.stories[name].slug) for name in ("members", "hidden", "narrowed", "public")]
        ReportFactory(title="What we heard", slug="what-we-heard", body=quoted)
        self._count_together()

    def _count_together(self):
        """Packs that count every story there is and may show words of each: of the public, and of one group."""
        for group in (None, self.group_told[0]):
            counts = {**packing.counted(Asked(group=group), now=self.now), "kept": len(self.stories)}
            made = {"title": "What it shows", "counts": counts, "frozen_at": self.now, "made_by": self.author}
            pack = EvidencePack.objects.create(group=group, **made)
            pack.stories.set(self.stories.values())
            for name, story in self.stories.items():
                yes = {"answer": "yes", "answered_at": self.now, "picked_at": self.now}
                pack.quotations.add(story.quotations.create(field="noticed", words=self._fresh(name).noticed, **yes))

    def _ask_as_a_commissioner(self):
        """Once in public, with answers in every state; once not yet."""
        asked = QuestionFactory(question="What stops somebody at your door?")
        answered_by(asked, *(story for name, story in self.stories.items() if name != "typed"))
        told = {name: word(f"asked-{name}") for name in ("question", "why", "organisation", "role", "heard")}
        told |= {"will_do": word("asked-will-do"), "replied_date": self.now.date()}
        draft = QuestionFactory(**told, slug="not-yet", opens_date=None)
        self.asked = [asked, draft]

    def _lose_a_letter(self):
        """One that nobody knows the fate of, and an address that is left alone: what staff are asked about."""
        long_ago = self.now - timedelta(days=60)
        gone = {"state": "done", "began_at": long_ago, "done_at": long_ago, "candidate_count": 1}
        lost = Issue.objects.create(week=week_of(long_ago.date()), **gone)
        moments = {"planned_at": long_ago, "due_at": long_ago, "finished_at": long_ago}
        lost.deliveries.create(member=self.people["member"], state="unknown", **moments)
        Suppression.objects.create(address="nobody-here@example.org", reason="bounced", since=long_ago)

    def _warm_and_narrow(self):
        """A visitor and a member read four stories while they are open to all; then each is closed in its own way."""
        actions.feature(self._fresh("hidden"), until=timezone.localdate(), by=self.moderator, now=self.now)
        for client in (self.clients["visitor"], self.clients["member"]):
            pages = [*LISTS, *(self.stories[name].get_absolute_url() for name in TAKEN_AWAY)]
            shown = "".join(text for _, text in sweep.answers(client, pages))
            assert all(word(f"{name}-title") in shown for name in TAKEN_AWAY), "they were not open to begin with"
        opened_and_counted(self.stories.values(), now=self.now)
        by = {"by": self.author, "now": self.now}
        actions.set_reach(self._fresh("narrowed"), byline="hidden", audience="members", **by)
        actions.hide(self._fresh("hidden"), **by)
        actions.withdraw(self._fresh("withdrawn"), **by)
        why = word("taken-down-why")
        actions.take_down(self._fresh("taken-down"), by=self.moderator, now=self.now, reason=why)
