"""Every address of the site with the objects of the canaries' world in its gaps.

asked(world, actor)     the addresses that are asked as this actor
"""

from itertools import product
from urllib.parse import urlencode

from django.utils import timezone
from wagtail.models import Revision, TaskState, WorkflowState

from digests import leaving, reader_mails
from digests.models import Delivery, Issue, Subscriber
from insights.models import EvidencePack
from insights.staff.quarters import Quarter
from members.models import Profile, Suppression
from members.privacy.proof import link_for
from practices.models import Crossing
from stories.forms.sections import SECTIONS
from systemschange.tests import sweep
from systemschange.tests.canaries import word

# A search that finds a private story by its words would tell that it is there.
SEARCHED = (
    "draft-title",
    "sent-body",
    "members-body",
    "hidden-title",
    "author-name",
    "unsent-body",
    "apart-body",
    "coalition-body",
    "response-waiting",
)
RULES_SEARCHED = ("rule-waiting", "rule-answer-waiting", "rule-members")
EXTRA = (
    "/reports/what-we-heard/",
    "/reports/a-draft/",
    "/no-such-page/",
    *(f"/stories/?{urlencode({'q': word(name)})}" for name in SEARCHED),
    *(f"/search/?{urlencode({'q': word(name)})}" for name in (*SEARCHED, "report-title", "report-body")),
    *(f"/rule-or-habit/?{urlencode({'q': word(name)})}" for name in RULES_SEARCHED),
)
EXPORTS = ("/admin/reports/site-history/?export=csv", "/admin/reports/site-history/?export=xlsx")
SIGNED_OUT = {"suspended", "former", "link"}
ONES_OWN_PAGE = {"stories/<slug:slug>/", "stories/<slug:slug>/draft/", "people/<slug:public_id>/"}
SNIPPET = "admin/snippets/stories/story/"


def asked(world, actor):
    """Where the door of /admin/ is shut, `test_access` has asked all of it: here one address of each kind will do.
    So it will of most pages for those who are as good as signed out; the visitor asks all of them."""
    shut = not (actor in world.people and world.people[actor].is_staff)
    before = set()
    for path, address in sweep.named_addresses(Fill(world)):
        once = shut and path.startswith("admin/") or actor in SIGNED_OUT and path not in ONES_OWN_PAGE
        if not (once and path in before):
            yield address
        before.add(path)
    yield from (*EXTRA, *EXPORTS)


class Fill:
    """What may stand in the gaps of a path: rows of values that belong together, or whatever fits each gap."""

    def __init__(self, world):
        self.world = world
        self.keys = [story.pk for story in world.stories.values()]
        self.slugs = [story.slug for story in world.stories.values()]
        self.rows = self._rows()
        self.singles = self._singles()

    def __call__(self, path, gaps):
        for start, rows in self.rows.items():
            if path.startswith(start) and len(gaps) == len(rows[0]):
                return rows
        return product(*(self._values(path, gap) for gap in gaps))

    def _values(self, path, gap):
        for (start, name), values in self.singles.items():
            if gap == name and path.startswith(start):
                return values
        return ["1"]

    def _rows(self):
        world = self.world
        added = [(one.kind, one.slug) for one in self.world.added]
        pair = Crossing.of(*self.world.stories["public"].boundaries.all())
        photos = [(shown.story.slug, shown.photo.name) for shown in self._photos()]
        sections = [(slug, section.slug) for slug in self.slugs[:3] for section in SECTIONS]
        return {
            "crossings/": [(pair.a.slug, pair.b.slug)],
            "stories/following/crossing/": [(pair.a.slug, pair.b.slug)],
            "coalitions/<slug:key>/evidence/": self._group_packs(),
            "coalitions/": [(self.world.coalition.key, self.world.gathering.key)],
            "rule-or-habit/": [(one.what, one.key) for one in self.world.rules],
            # The one that stays is let in, else there would be nothing to send.
            "admin/people/merging/": [tuple(world.people[who].profile.public_id for who in ("choosy", "waiting"))],
            "admin/rules/": [(one.what, one.key) for one in self.world.rules],
            "admin/moderation/concerns/rules/": [(one.what, one.key) for one in self.world.rules],
            "stories/added/": added,
            "admin/moderation/contributions/": added,
            "admin/moderation/concerns/between-members/": [("message", self.world.reported.key)],
            "conversations/<slug:key>/report/": self._messages(),
            "admin/moderation/concerns/": [(one.kind, one.pk) for one in self.world.added],
            "stories/<slug:slug>/photos/": photos,
            "people/<slug:public_id>/photo/": self._portraits(),
            "stories/<slug:slug>/write/": sections,
            "stories/<slug:slug>/autosave/": sections,
            f"{SNIPPET}workflow/preview/": [(key, 1) for key in self.keys],
            f"{SNIPPET}workflow/": self._waiting(),
            f"{SNIPPET}workflow_history/<int:pk>/detail/": self._workflows(),
            f"{SNIPPET}history/<int:pk>/revisions/": self._versions(),
            f"{SNIPPET}history/<pk>/revisions/compare/": self._compared(),
        }

    def _singles(self):
        world = self.world
        people = [person.pk for person in world.people.values()]
        return {
            ("stories/practices/", "slug"): ["rule-or-habit"],
            ("practices/", "slug"): ["rule-or-habit"],
            ("places/", "slug"): ["salford", "north-west"],
            ("admin/moderation/boundaries/", "slug"): ["housing"],
            ("admin/moderation/concerns/worries/", "key"): [world.worry.pk],
            ("evidence/", "key"): ["no-such-pack", *EvidencePack.objects.values_list("key", flat=True)],
            ("admin/evidence/", "key"): ["no-such-pack", *EvidencePack.objects.values_list("key", flat=True)],
            ("questions/", "slug"): [one.slug for one in world.asked],
            ("reports/", "slug"): ["what-we-heard", "a-draft"],
            ("stories/", "key"): ["no-such-words"],
            ("admin/report_words/", "pk"): ["no-such-words"],
            ("", "slug"): self.slugs,
            ("conversations/", "key"): [conversation.key for conversation in world.conversations],
            ("introductions/", "key"): [world.introduction.key],
            ("introductions/", "public_id"): [world.people["listed"].profile.public_id],
            ("introductions/", "other_id"): [world.people["blocked"].profile.public_id],
            ("attempts/", "key"): [one.key for one in world.attempts],
            ("admin/snippets/reports/", "pk"): [one.pk for one in world.asked],
            ("rule-or-habit/", "key"): [one.key for one in world.rules],
            ("coalitions/", "key"): [one.key for one in world.coalitions],
            ("cohorts/", "key"): [world.cohort.key],
            ("admin/cohorts/", "key"): [world.cohort.key],
            ("people/", "public_id"): [person.profile.public_id for person in world.people.values()],
            ("admin/people/", "public_id"): [world.people["waiting"].profile.public_id],
            ("admin/letter/", "public_id"): [world.people[who].profile.public_id for who in ("author", "member")],
            ("admin/letter/problems/addresses/", "pk"): [one.pk for one in Suppression.objects.all()],
            ("admin/letter/problems/", "pk"): [one.pk for one in Delivery.objects.in_trouble()],
            ("admin/letter/", "week"): [one.week for one in Issue.objects.all()],
            ("admin/figures/", "quarter"): [str(Quarter.of(timezone.now()))],
            ("letter/archive/", "week"): [one.week for one in Issue.objects.gone()],
            ("admin/report_stories/", "pk"): self.slugs,
            ("admin/snippets/stories/story/", "pk"): self.keys,
            ("admin/snippets/choose/stories/story/", "pk"): self.keys,
            ("admin/users/", "pk"): people,
            ("admin/images/", "image_id"): [world.rendition.image_id],
            ("admin/images/", "pk"): [world.rendition.image_id],
            ("admin/images/", "filter_spec"): ["width-1400"],
            ("admin/api/main/images/", "pk"): [world.rendition.image_id],
            ("admin/api/main/pages/", "pk"): [world.report.pk],
            ("admin/pages/", "page_id"): [world.report.pk],
            ("admin/pages/", "parent_page_id"): [world.report.get_parent().pk],
            ("admin/pages/", "page_to_move_id"): [world.report.pk],
            ("admin/pages/", "pk"): [world.report.pk],
            ("admin/pages/", "revision_id"): [world.report.latest_revision_id],
            ("admin/pages/", "revision_id_a"): ["earliest"],
            ("admin/pages/", "revision_id_b"): ["latest"],
            ("admin/", "app_label"): ["stories", "members"],
            ("admin/", "model_name"): ["story", "user"],
            ("admin/bulk/", "action"): ["approve", "delete", "assign_role"],
            ("reports/pictures/", "name"): [world.rendition.url.rstrip("/").rpartition("/")[2]],
            ("", "number"): ["1"],
            **self._links(),
        }

    def _links(self):
        """What stands in the mails: each link under its own address, and once under each other."""
        subscriber = Subscriber.objects.get()
        subscription = subscriber.subscriptions.get()
        tokens = {
            "stories/together/": self.world.asking.token,
            "account/mail/stop/": self.world.stop_url.rstrip("/").rpartition("/")[2],
            "cohorts/join/": self.world.cohort.token,
            "coalitions/invited/": self.world.invited.token,
            "account/invitation/": self.world.invitation.token,
            "account/link/": link_for(self.world.people["suspended"], "data").rstrip("/").rpartition("/")[2],
            "letter/leave/": leaving.leave_token(self.world.author),
            "letter/new-stories/confirm/": reader_mails.confirm_signer.sign(subscription.key),
            "letter/new-stories/leave/": reader_mails.leave_signer.sign(subscriber.key),
            "letter/new-stories/leave-one/": reader_mails.leave_one_signer.sign(subscription.key),
        }
        links = {(start, "token"): [token] for start, token in tokens.items()}
        links["stories/together/", "token"] = [self.world.asking.token, self.world.typed.token]
        return links

    def _messages(self):
        talks = self.world.conversations
        return [(talk.key, message.key) for talk in talks for message in talk.messages.all()]

    def _group_packs(self):
        return [(pack.group.key, pack.key) for pack in EvidencePack.objects.exclude(group=None)]

    def _photos(self):
        stories = self.world.stories.values()
        return [shown for story in stories for shown in story.photos.select_related("photo", "story")]

    def _portraits(self):
        shown = Profile.objects.exclude(photo=None).select_related("photo")
        return [(profile.public_id, profile.photo.name) for profile in shown]

    def _of_stories(self, model):
        keys = {str(key) for key in self.keys}
        of = model.objects.filter(base_content_type__model="story")
        return [one for one in of if one.object_id in keys]

    def _versions(self):
        return [(version.object_id, version.pk) for version in self._of_stories(Revision)]

    def _compared(self):
        """Each version beside the newest one, the live one and its follower."""
        versions = self._versions()
        pairs = [(key, version, "latest") for key, version in versions]
        return pairs + [(key, "live", version) for key, version in versions]

    def _workflows(self):
        return [(state.object_id, state.pk) for state in self._of_stories(WorkflowState)]

    def _waiting(self):
        waiting = TaskState.objects.filter(workflow_state__base_content_type__model="story")
        return [(state.workflow_state.object_id, "approve", state.pk) for state in waiting]
