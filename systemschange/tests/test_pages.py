"""Every page of the demo site as Chromium, axe and a narrow phone see it: nothing to find, nobody else asked."""

import zipfile

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from digests.leaving import leave_token
from digests.models import Delivery, Issue
from digests.reader_mails import confirm_signer, leave_one_signer, leave_signer
from insights import views as insights
from insights.models import EvidencePack
from insights.staff.quarters import Quarter
from members import actions as members
from members import kinds, mail
from members.models import DataCopy, Suppression, User
from members.privacy import copying, proof
from members.tests.factories import prove, sign_in_staff
from networks.actions import coalitions, joining
from networks.models import Coalition, Cohort, Conversation, Gathering, Introduction, Message, RuleQuestion
from reports import sizes
from reports.models import ArticlePage, CommissionersQuestion, Letter, ReportIndexPage, ReportPage
from reports.tests.factories import PictureFactory
from stories import actions
from stories.actions import reporting
from stories.forms import SECTIONS
from stories.models import Attempt, Audience, CoAuthor, Letterbox, LookUp, Response, Story, Thanks
from stories.tests.factories import StoryFactory, edit_of
from systemschange import about
from systemschange.tests.chromium import look, sign_in, watch

pytestmark = pytest.mark.axe


@pytest.fixture
def demo(transactional_db, monkeypatch):
    monkeypatch.setattr(insights, "FEWEST", 15)  # the whole map is drawn, what is narrowed is a list
    monkeypatch.setenv("DEMO_PASSWORD", "a password for the demo")
    monkeypatch.setenv("DEMO_TOTP", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    call_command("load_demo", verbosity=0)
    story = Story.objects.published().filter(audience=Audience.PUBLIC).first()
    report = ReportPage(
        title="What frontline workers told us about the first phone call",
        introduction="We read forty stories and asked what the first call had in common.",
        body=[
            ("text", "<h2>What we heard</h2><p>Most of it starts with somebody ringing.</p>"),
            ("quote", {"words": "It was a habit that somebody had typed into a template.", "who": "Housing officer"}),
            ("picture", {"image": PictureFactory(), "caption": "The wall on the second morning."}),
            ("story", story.slug),
        ],
    )
    ReportIndexPage.objects.get().add_child(instance=report)
    report.save_revision().publish()
    sizes.make_missing()


def account(email):
    return User.objects.get(email=f"{email}@demo.example")


def own(state):
    """A story of the demo author in this state."""
    mine = Story.objects.with_moderation().filter(author=account("author"))
    return {
        "draft": mine.filter(live=False, withdrawn_at=None).order_by("pk").first,
        "live": mine.filter(live=True).order_by("pk").first,
    }[state]()


def invitation(email):
    """To the author's draft; the address may be nobody's yet."""
    return actions.invite(own("draft"), email=email, what="write", by=account("author"), now=timezone.now())


def group(joining, by):
    """By the demo member or the demo author, with a notice by the other where both are in it."""
    told = {"name": "One door for discharge", "purpose": "People wait days for a key.", "joining": joining}
    made = Coalition(**told, questions=["What would you bring?"], agreements="We begin on time.")
    made = coalitions.gather(made, boundaries=[], places=[], by=account(by), now=timezone.now())
    other = account({"member": "author", "author": "member"}[by])
    if joining == "open":
        coalitions.join(made, by=other, now=timezone.now())
        said = {"text": "Tea at four on Thursday.", "may_stay": "", "form_key": "tea"}
        coalitions.put_up(made, **said, by=other, now=timezone.now())
    return made


def of_groups():
    """As a convenor, as somebody who may come in, and closed."""
    own, asking, others = group("open", "member"), group("request", "member"), group("request", "author")
    for name in ("coalition", "notices", "members", "invite", "change", "leave", "close"):
        yield f"coalition-{name}", reverse(f"coalitions:{name}", args=[own.key])
    yield "coalition-report", reverse("report_coalition", args=[own.key])
    told = StoryFactory(live=True, author=account("author"), coalition=own, title="The key that took nine days")
    yield "coalition-with-a-story", own.get_absolute_url()
    yield "group-stories", reverse("group_stories:list", args=[own.key])
    yield "group-packs", reverse("group_evidence:list", args=[own.key])
    yield "group-story", told.get_absolute_url()
    yield "group-jot", f"{reverse('stories:new')}?group={own.key}"
    yield "notice-report", reverse("report_notice", args=[own.key, own.notices.get().key])
    joining.ask(asking, answers=["An evening a week"], may_stay="", by=account("ruth"), now=timezone.now())
    yield "coalition-requests", reverse("coalitions:requests", args=[asking.key])
    yield "coalition-to-ask", others.get_absolute_url()
    yield "coalition-ask", reverse("coalitions:ask", args=[others.key])
    hidden = group("hidden", "author")
    invitation = joining.invite(hidden, member=account("member"), by=account("author"), now=timezone.now())
    yield "coalition-invited", reverse("coalitions:invited", args=[invitation.token])
    closed = group("invited", "member")
    coalitions.close(closed, by=account("member"), now=timezone.now())
    yield "coalition-closed", closed.get_absolute_url()


def of_visitors():
    public = Story.objects.published().filter(audience=Audience.PUBLIC)
    yield "home", "/"
    yield "story-list", reverse("stories:list")
    yield "story-list-chosen", reverse("stories:list") + "?boundary=housing&boundary=mental-health"
    yield "story-list-empty", reverse("stories:list") + "?boundary=police&boundary=education&place=cardiff"
    yield "story-list-words", reverse("stories:list") + "?q=letter&boundary=housing"
    yield "story-list-slip", reverse("stories:list") + "?q=apointment"
    yield "story-list-wider", reverse("stories:list") + "?q=letter&place=salford&outcome=stopped"
    yield "story-list-error", reverse("stories:list") + "?q=%3F"
    yield "story", public.filter(practices__isnull=False).first().get_absolute_url()
    yield "story-sensitive", public.filter(boundaries__sensitive=True).first().get_absolute_url()
    family = Story.objects.published().filter(experiments__isnull=False).first()
    yield "tried", reverse("stories:tried", args=[family.slug])
    yield "try", reverse("stories:try", args=[family.slug])
    yield "concern", reverse("stories:concern", args=[public.first().slug])
    for name in ("list", "new"):
        yield f"coalitions-{name}", reverse(f"coalitions:{name}")
    for name in ("ask", "own"):
        yield f"rules-{name}", reverse(f"rules:{name}")
    yield "rule-answer", reverse("rules:answer", args=[RuleQuestion.objects.live().first().key])
    yield "cohort-join", reverse("cohorts:join", args=[Cohort.objects.get().token])
    yield "stop-mail", mail.stop_url(account("member"), kinds.BY_SLUG["people"]).removeprefix(settings.SITE_URL)
    answered = Story.objects.published().filter(responses__isnull=False, audience=Audience.PUBLIC).first()
    response = answered.responses.live().filter(audience=Audience.PUBLIC).first()
    yield "concern-added", reverse("stories:concern_added", args=["response", response.slug])
    thanked = public.filter(thanks__in=Thanks.objects.shown_to(AnonymousUser()).named()).first()
    yield "concern-thanks", reverse("stories:concern_thanks", args=[thanked.slug])
    yield "invited-join", reverse("stories:invited", args=[invitation("somebody@example.org").token])
    yield "practice-list", reverse("practices:list")
    yield "practice", reverse("practices:practice", args=["rule-or-habit"])
    yield "crossing-list", reverse("crossings:list")
    yield "boundary-map", reverse("insights:boundaries")
    yield "about-the-numbers", reverse("insights:about")
    yield "changes", reverse("insights:changes")
    yield "places-together", reverse("insights:places")
    yield "practices-together", reverse("insights:practices")
    yield "open-data", reverse("api:about")
    yield "open-file", reverse("api:file", args=["csv"])
    yield "evidence-pack", EvidencePack.objects.get().get_absolute_url()
    yield "boundary-map-narrowed", reverse("insights:boundaries") + "?outcome=stopped"
    yield "boundary-map-narrower", reverse("insights:boundaries") + "?place=england&practice=rule-or-habit&since=year"
    yield "boundary-map-empty", reverse("insights:boundaries") + "?place=isle-of-wight&outcome=stopped"
    yield "changes-narrowed", reverse("insights:changes") + "?place=england&outcome=going"
    yield "changes-of-a-crossing", reverse("insights:changes") + "?service=housing&other=police"
    yield "changes-empty", reverse("insights:changes") + "?place=isle-of-wight&outcome=stopped"
    yield "practices-together-narrowed", reverse("insights:practices") + "?place=england&outcome=stopped"
    yield "places-together-narrowed", reverse("insights:places") + "?outcome=stopped&since=year"
    yield "places-together-empty", reverse("insights:places") + "?practice=borrow-a-view&outcome=spread"
    yield "crossing", reverse("crossings:crossing", args=["housing", "mental-health"])
    yield "crossing-sensitive", reverse("crossings:crossing", args=["domestic-abuse", "housing"])
    yield "crossing-empty", reverse("crossings:crossing", args=["council", "immigration-and-asylum"])
    yield "place-list", reverse("places:list")
    yield "place", reverse("places:place", args=["north-west"])
    yield "place-empty", reverse("places:place", args=["salford"])
    yield "wants-help", reverse("stories:wants_help")
    yield "subscribe", reverse("subscribe:crossing", args=["domestic-abuse", "housing"])
    yield "mailing-list", reverse("subscribe:list")
    yield "subscribe-asked", reverse("digests:asked")
    yield "rules", reverse("rules:list")
    yield "rules-chosen", reverse("rules:list") + "?kind=law&boundary=housing&q=bailiffs"
    yield "rule", RuleQuestion.objects.live().filter(answers__best_at__isnull=False).first().get_absolute_url()
    yield "rule-concern", reverse("rule_concern", args=["question", RuleQuestion.objects.live().first().key])
    yield "asked-list", reverse("questions:list")
    for asked in CommissionersQuestion.objects.all():
        yield f"asked-{asked.slug}", asked.get_absolute_url()
    yield "report-list", "/reports/"
    yield "search", reverse("reports:search")
    yield "search-found", reverse("reports:search") + "?q=letter"
    yield "search-nothing", reverse("reports:search") + "?q=zzzz"
    yield "search-error", reverse("reports:search") + "?q=%3F"
    for report in ReportPage.objects.live():
        yield f"report-{report.slug}", report.get_url()
        yield f"report-write-back-{report.slug}", reverse("reports:write_back", args=[report.slug])
    for article in ArticlePage.objects.live():
        yield f"article-{article.slug}", article.get_url()
    yield "report-list-narrowed", f"/reports/?year={timezone.now().year}&theme=housing"
    yield "report-list-empty", f"/reports/?year={timezone.now().year}&theme=police"
    yield "jot", reverse("stories:new")
    yield "sign-in", reverse("account_login")
    yield "sign-in-code", reverse("account_request_login_code")
    yield "join", reverse("account_signup")
    yield "password-reset", reverse("account_reset_password")
    yield "worry", reverse("worry")
    for name in about.PAGES:
        yield f"about-{name}", reverse(f"about:{name}")
    yield "not-found", "/nothing/here/"


def of_members():
    yield "home-member", "/"
    yield "people", reverse("networks:people")
    yield "people-chosen", reverse("networks:people") + "?boundary=housing"
    yield "people-searched", reverse("networks:people") + "?q=housing&wants=on"
    yield "search-member", reverse("reports:search") + "?q=housing"
    yield "people-widened", reverse("networks:people") + "?place=bolton"
    yield "people-nobody", reverse("networks:people") + "?q=zzzz"
    yield "person-own", account("member").profile.get_absolute_url()
    yield "portrait", reverse("members:portrait")
    yield "person", account("author").profile.get_absolute_url()
    yield "person-block", reverse("networks:block", args=[account("author").profile.public_id])
    yield from of_groups()
    yield "introductions", reverse("introductions:list")
    yield "introductions-ask", reverse("introductions:ask", args=[account("ruth").profile.public_id])
    yield "introductions-ask-own", reverse("introductions:ask", args=[account("member").profile.public_id])
    yield "introductions-ask-again", reverse("introductions:ask", args=[account("claire").profile.public_id])
    between = [account(name).profile.public_id for name in ("ruth", "dan")]
    yield "introductions-bring", reverse("introductions:bring_together", args=between[:1]) + "?name=d"
    yield "introductions-bring-these", reverse("introductions:bring_these_together", args=between)
    for made in Introduction.objects.visible_to(account("member")):
        yield f"introduction-{made.pk}", made.get_absolute_url()
    waiting = Introduction.objects.waiting_for(account("member"), now=timezone.now()).first()
    yield "introduction-report", reverse("report_introduction", args=[waiting.key])
    yield "conversations", reverse("conversations:list")
    conversation = Conversation.objects.between(account("member"), account("author")).get()
    yield "conversation", conversation.get_absolute_url()
    for name in ("leave", "block"):
        yield f"conversation-{name}", reverse(f"conversations:{name}", args=[conversation.key])
    said = conversation.messages.filter(seat__member=account("author")).first()
    yield "message-report", reverse("report_message", args=[conversation.key, said.key])
    open_to_letters = Letterbox.objects.get().story
    yield "story-letters", reverse("stories:write_to_teller", args=[open_to_letters.slug])
    yield from of_gatherings()
    yield "blocked-nobody", reverse("members:blocked")
    thanked = Story.objects.published().filter(thanks__in=Thanks.objects.shown_to(account("member")).named()).first()
    yield "story-block", reverse("stories:block", args=[thanked.slug])
    members.block(account("kirsty"), known_as="Kirsty", by=account("member"), now=timezone.now())
    yield "blocked", reverse("members:blocked")
    for name in ("home", "welcome", "profile", "security", "mail", "terms", "vouch"):
        yield f"account-{name}", reverse(f"members:{name}")
    for name in ("account_email", "account_set_password", "account_change_password"):
        yield name.replace("_", "-"), reverse(name)
    for name in ("mfa_index", "mfa_activate_totp", "mfa_list_webauthn", "mfa_add_webauthn"):
        yield name.replace("_", "-"), reverse(name)
    yield "sessions", reverse("usersessions_list")
    yield "sign-out", reverse("account_logout")
    yield from ((f"letter-{name}", reverse(f"digests:{name}")) for name in ("letter", "preview", "archive", "last"))
    public = Story.objects.published().filter(audience=Audience.PUBLIC).first()
    for name in ("keep", "follow", "kept_for_later", "following"):
        yield name, reverse(f"stories:{name}", args=[public.slug] if name in {"keep", "follow"} else [])
    yield "follow-search", reverse("stories:follow_search") + "?boundary=housing&q=letter"
    yield "follow-crossing", reverse("stories:follow_crossing", args=["housing", "police"])

    answered = Story.objects.published().filter(responses__isnull=False, audience=Audience.PUBLIC).first()
    yield "added", reverse("stories:added")
    yield "invited", reverse("stories:invited", args=[invitation(account("member").email).token])
    for name in ("respond", "responses", "thank", "organisation"):
        yield name, reverse(f"stories:{name}", args=[answered.slug])


def of_gatherings():
    """Where a member gathers with others, and begins with them."""
    gathering = Gathering.objects.filter(answers__answer="perhaps").first()
    coalition = gathering.coalition.key
    yield "gatherings-own", reverse("gatherings:own")
    for name in ("list", "past", "new"):
        yield f"gatherings-{name}", reverse(f"gatherings:{name}", args=[coalition])
    for name in ("gathering", "change", "call_off"):
        yield f"gathering-{name}", reverse(f"gatherings:{name}", args=[coalition, gathering.key])
    yield "asked-answer", reverse("questions:answer", args=[CommissionersQuestion.objects.first().slug])
    for name in ("list", "new"):
        yield f"attempts-{name}", reverse(f"attempts:{name}")
    for number, tried in enumerate(Attempt.objects.visible_to(account("member"))):
        yield f"attempt-{number}", tried.get_absolute_url()
    for name in ("change", "delete"):
        yield f"attempt-{name}", reverse(f"attempts:{name}", args=[account("member").attempts.first().key])
    yield "gathering-off", Gathering.objects.exclude(called_off_at=None).get().get_absolute_url()
    yield "coalition-gathering", reverse("coalitions:coalition", args=[coalition])
    yield "cohort", Cohort.objects.get().get_absolute_url()


def of_authors():
    draft, live = own("draft"), own("live")
    for name in ("follow_up", "listening", "responses"):
        yield f"own-{name}", reverse(f"stories:{name}", args=[live.slug])
    yield "mine", reverse("stories:mine")
    pictured = Story.objects.published().filter(photos__isnull=False).first()
    yield "story-with-photo", pictured.get_absolute_url()
    for name in ("draft", "safety", "photos", "check", "preview", "reach"):
        yield f"own-{name}", reverse(f"stories:{name}", args=[draft.slug])
    yield "own-together", reverse("stories:together", args=[draft.slug])
    yield "agree-again", reverse("stories:agree_again", args=[live.slug])
    yield "own-delete", reverse("stories:delete", args=[draft.slug])
    for section in SECTIONS:
        yield f"write-{section.slug}", reverse("stories:write", args=[draft.slug, section.slug])
    yield "own-card", reverse("stories:card", args=[live.slug])
    yield "own-live", reverse("stories:draft", args=[live.slug])
    yield "withdraw", reverse("stories:withdraw", args=[live.slug])
    yield "questions", reverse("stories:questions", args=[draft.slug])
    yield "send-edit", reverse("stories:send", args=[live.slug])
    # Last, since it is for members from here on.
    Story.objects.filter(pk=live.pk).update(audience=Audience.MEMBERS)
    yield "make-public", reverse("stories:make_public", args=[live.slug])
    told = "I rang Maya Osei on 07700 900123. The only midwife in Salford is 43, with two kids, and moved there in May."
    Story.objects.filter(pk=live.pk).update(tried=told)
    yield "send-words", reverse("stories:send", args=[live.slug])
    yield "check-words", reverse("stories:check", args=[live.slug])


def of_moderators():
    waiting = Story.objects.in_moderation().order_by("pk").first()
    yield "admin-queue", reverse("stories_staff:queue")
    yield "admin-review", reverse("stories_staff:review", args=[waiting.slug])
    yield "admin-rules", reverse("rules_staff:queue")
    yield "admin-rules-published", reverse("rules_staff:published") + "?what=answer"
    waits = RuleQuestion.objects.filter(state="waiting").first()
    yield "admin-rule-refuse", reverse("rules_staff:refuse", args=["question", waits.key])
    yield "admin-cohorts", reverse("cohorts_staff:list")
    yield "admin-cohort-start", reverse("cohorts_staff:start")
    yield "admin-cohort", reverse("cohorts_staff:cohort", args=[Cohort.objects.get().key])
    yield "admin-figures", reverse("insights_staff:figures")
    yield "admin-figures-quarter", reverse("insights_staff:quarter", args=[Quarter.of(timezone.now())])
    yield "admin-introductions-went", reverse("introductions_staff:went")
    yield "admin-tell-for", reverse("stories_staff:tell_for")
    yield "admin-concerns", reverse("stories_staff:concerns")
    yield "admin-concern", reverse("stories_staff:concern", args=[Story.objects.reported().get().slug])
    said = {"kind": "worried", "text": "He has not been seen since Friday.", "contact": "", "sender": "x", "key": "w"}
    worry = actions.raise_worry(**said, now=timezone.now())
    yield "admin-worry", reverse("stories_staff:worry", args=[worry.pk])
    said = Message.objects.exclude(conversation__seats__member=account("moderator")).first()
    reporting.report(said, kind="wrong", text="It frightens me.", contact="", sender="x", key="m", now=timezone.now())
    yield "admin-reported", reverse("stories_staff:read_reported", args=["message", said.key])
    yield "admin-worries", reverse("stories_staff:worries")
    yield "admin-published", reverse("stories_staff:published")
    live = Story.objects.published().exclude(author=None).exclude(byline="name").first()
    yield "admin-review-live", reverse("stories_staff:review", args=[live.slug])
    for name in ("look_up", "redact", "suggest"):
        yield f"admin-{name}", reverse(f"stories_staff:{name}", args=[live.slug])
    yield "admin-suggest-words", reverse("stories_staff:suggest", args=[live.slug]) + "?text=tried"
    yield "admin-concern-added", reverse("stories_staff:concern_added", args=["response", questioned_response().pk])
    yield "admin-guide", reverse("editors_guide")
    for name in ("duty", "featured", "export"):
        yield f"admin-{name}", reverse(f"stories_staff:{name}")
    yield "admin-contributions", reverse("stories_staff:contributions")
    yield "admin-contributions-published", reverse("stories_staff:contributions_published")


def questioned_response():
    response = Response.objects.live().exclude(author=account("moderator")).first()
    said = {"kind": "about_me", "text": "That is my sister.", "contact": "", "sender": "x", "key": "a-key"}
    return actions.raise_concern_added(response, **said, now=timezone.now()).target


def of_admins():
    why = {"reason": "A concern names the teller.", "key": "a-key", "asked_at": timezone.now()}
    LookUp.objects.create(slug="a-slug", asked_by=account("moderator"), **why)
    yield "admin-to-mend", reverse("reports_to_mend")
    yield "admin-look-ups", reverse("stories_staff:look_ups")
    yield "admin-open-draft", reverse("stories_staff:open_draft")
    one, other = (account(name).profile.public_id for name in ("member", "ruth"))
    yield "admin-people", reverse("members_staff:people") + "?q=ruth"
    yield "admin-find-other", reverse("members_staff:find_other", args=[one]) + "?q=ruth"
    yield "admin-merge-people", reverse("members_staff:merge", args=[one, other])
    yield from of_letters()
    yield "admin-merge", reverse("stories_staff:merge_boundary", args=["police"])


def of_editors():
    """The desk of whoever writes reports: words to quote, letters, links, questions asked."""
    told = Story.objects.published().filter(audience=Audience.PUBLIC, may_quote="yes").first()
    asked = Story.objects.published().filter(audience=Audience.PUBLIC, may_quote="ask", source_url="").first()
    for story in (told, asked):
        said = {"field": "title", "words": story.title, "by": account("moderator")}
        actions.quote(story, **said, now=timezone.now())
    report = ReportPage.objects.live().first()
    for wish, contact in [("answer", "reader@example.org"), ("quote", "")]:
        said = {"wish": wish, "text": "We read it in our team.\n\nMay we say so?", "contact": contact}
        Letter.objects.create(report=report, **said, written_at=timezone.now())
    yield "admin-words", reverse("report_words_picked")
    yield "admin-words-none", reverse("report_words_picked") + "?q=zzzz"
    for story in (told, asked):
        yield f"admin-words-pick-{story.may_quote}", reverse("report_words_pick", args=[story.slug])
    yield "admin-report-letters", reverse("report_letters")
    yield "admin-report-to-mend", reverse("reports_to_mend")
    yield "admin-report-guide", reverse("editors_guide")


def of_letters():
    """The weekly letter in the admin: the next one, one that has gone, one on its way, and what staff look up."""
    week = Issue.objects.gone().first().week
    yield "admin-letters", reverse("letters_staff:letters")
    yield "admin-letter-gone", reverse("letters_staff:letter", args=[week])
    for name in ("send", "find_preview", "find_why", "problems"):
        yield f"admin-letter-{name}", reverse(f"letters_staff:{name}") + "?q=priya"
    for name in ("preview", "why"):
        yield f"admin-letter-{name}", reverse(f"letters_staff:{name}", args=[account("member").profile.public_id])
    for delivery in Delivery.objects.in_trouble():
        yield f"admin-letter-again-{delivery.state}", reverse("letters_staff:again", args=[delivery.pk])
    yield "admin-letter-lift", reverse("letters_staff:lift", args=[Suppression.objects.get().pk])
    Issue.objects.filter(week=week).update(state="paused", done_at=None, paused_at=timezone.now())
    for name in ("letter", "cancel"):
        yield f"admin-letter-paused-{name}", reverse(f"letters_staff:{name}", args=[week])


def of_coauthors():
    """Somebody whose story it is too: the page on which they say yes or no."""
    story = CoAuthor.objects.get(member=account("tasha")).story
    for name in ("draft", "together", "their_word", "leave"):
        yield f"coauthor-{name}", reverse(f"stories:{name}", args=[story.slug])


ACTORS = {
    "visitor": of_visitors,
    "member": of_members,
    "author": of_authors,
    "tasha": of_coauthors,
}


def wrong_with(page, live_server, pages, within="document"):
    wrong = watch(page, live_server)
    found = {}
    for name, address in pages:
        page.goto(address)
        wrong += look(page, name, within)
        if wrong:
            found[f"{name} {address}"] = wrong[:6]
            wrong.clear()
    return found


def two_windows(page, client, live_server):
    """The page on which a teller chooses between what was saved in two windows."""
    draft = own("draft")
    client.force_login(draft.author)
    sign_in(page, client, live_server)
    page.goto(reverse("stories:write", args=[draft.slug, "tried"]))
    edit_of(draft, tried="We rang them first, and then on every Thursday.")
    page.locator("#id_tried").fill("We asked for half an hour.")
    page.get_by_role("button", name="Continue").click()
    page.get_by_text("Both texts are below").wait_for()
    return page


PALE_IN_THE_DARK = """<!doctype html><html lang="en"><title>A page</title><style>
    body { background: white; color: black }
    @media (prefers-color-scheme: dark) { body { background: black; color: #222 } }
    @media (max-width: 400px) { main::after { content: ""; display: block; width: 500px; height: 1px } }
</style><main><h1>A page</h1><p>Words.</p><img src="data:,"></main>"""


def test_what_is_wrong_in_one_form_of_a_page_is_found(page):
    page.set_content(PALE_IN_THE_DARK)
    wrong = {tuple(line.split(": ")[:2]) for line in look(page, "pale")}
    sizes = (320, 1280)
    assert wrong == {
        *((f"{width} light", "image-alt") for width in sizes),
        *((f"{width} dark", "color-contrast") for width in sizes),
        ("320", "the page scrolls sideways"),
    }


@pytest.mark.parametrize("actor", ACTORS)
def test_no_page_has_anything_that_axe_finds_or_asks_another_host(demo, browse, live_server, actor):
    page = browse()
    if actor != "visitor":
        client = Client()
        client.force_login(account(actor))
        sign_in(page, client, live_server)
    found = wrong_with(page, live_server, ACTORS[actor]())
    found = {name: [line for line in wrong if "404 (Not Found)" not in line] for name, wrong in found.items()}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_the_moderators_pages_have_nothing_that_axe_finds(demo, browse, live_server):
    """Wagtail draws what stands around our pages in the admin; what stands inside them is ours."""
    page = browse()
    sign_in(page, sign_in_staff(Client(), account("moderator")), live_server)
    assert wrong_with(page, live_server, [("admin-home", "/admin/")], within="#stories-waiting-section") == {}
    assert wrong_with(page, live_server, of_moderators(), within=".moderation, .figures-page") == {}
    page = browse()
    sign_in(page, sign_in_staff(Client(), account("admin")), live_server)
    assert wrong_with(page, live_server, of_admins(), within=".moderation, .nice-padding") == {}
    page.get_by_label("Merge it into").select_option("housing")
    page.locator(".moderation button").click()
    page.get_by_text("takes the place of").wait_for()
    assert look(page, "admin-merge-confirm", ".moderation") == []


def test_the_editors_desk_has_nothing_that_axe_finds(demo, browse, live_server):
    page = browse()
    sign_in(page, sign_in_staff(Client(), account("editor")), live_server)
    assert wrong_with(page, live_server, of_editors(), within=".moderation, .nice-padding") == {}
    page.goto(reverse("report_words_picked"))
    page.locator(".moderation-list").last.get_by_role("link").first.click()
    page.get_by_role("button", name="Pick these words").click()
    page.get_by_text("Choose at least one sentence.").wait_for()
    assert look(page, "admin-words-error", ".moderation") == []
    asked = CommissionersQuestion.snippet_viewset
    questions = [
        ("admin-asked", reverse(asked.get_url_name("list"))),
        ("admin-asked-new", reverse(asked.get_url_name("add"))),
    ]
    assert wrong_with(page, live_server, questions, within="#main") == {}
    page.goto("/admin/")
    for panel in ("pages-in-hand", "letter-state"):
        assert look(page, f"admin-home-{panel}", f"#{panel}-section") == []


def test_the_pages_about_ones_own_data_have_nothing_that_axe_finds(demo, browse, live_server, tmp_path):
    """For whoever has shown that it is them; and for who is shut out, or has closed the account."""
    author, client, page = account("author"), Client(), browse()
    CoAuthor.objects.create(story=own("draft"), member=account("member"), joined_at=timezone.now())
    sign_in(page, prove(client, author), live_server)
    page.goto(reverse("members:data"))
    found = look(page, "data")
    page.get_by_role("button", name="Make my copy").click()
    page.get_by_text("Your copy is being made").wait_for()
    DataCopy.objects.update(state="being_made", done_count=9, part_count=30, started_at=timezone.now())
    page.get_by_role("link", name="Look again").click()
    page.get_by_role("progressbar").wait_for()
    found += look(page, "data-being-made")
    DataCopy.objects.update(state="asked")
    copying.make_all()
    page.goto(reverse("members:data"))
    found += look(page, "data-ready")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Take the copy").click()
    with zipfile.ZipFile(taken.value.path()) as copy:
        copy.extractall(tmp_path)
    page.goto((tmp_path / "index.html").as_uri())
    found += look(page, "data-copy")
    page.goto(reverse("members:data"))
    found += look(page, "data-taken")
    page.goto(reverse("close_account"))
    found += look(page, "close")
    page.get_by_role("button", name="Close my account").click()
    page.get_by_text("Tick that you know").first.wait_for()
    found += look(page, "close-errors")
    author.set_unusable_password()
    author.save()
    for name, address in [
        ("closed", reverse("members:closed")),
        ("data-by-mail", reverse("members:by_mail")),
        ("data-link", proof.link_for(suspended(account("member")), "data").removeprefix(settings.SITE_URL)),
    ]:
        page.goto(address)
        found += look(page, name)
    client.force_login(author)
    sign_in(page, client, live_server)
    page.goto(reverse("members:data"))
    found += look(page, "data-prove")
    page.get_by_role("button", name="Mail me the link").click()
    page.get_by_role("heading", name="Look into your mailbox").wait_for()
    found += look(page, "data-link-sent")
    assert found == [], "\n".join(found)


def suspended(member):
    member.suspend(now=timezone.now())
    return member


def test_the_pages_in_the_middle_of_something_have_nothing_that_axe_finds(demo, browse, live_server):
    """Pages that one reaches by doing: a kept jot, a mailed code, a second factor, what was sent, the way out."""
    found = {}

    def now(page, name):
        lines = look(page, name)
        if lines:
            found[name] = lines

    page = browse()
    page.goto(reverse("stories:new"))
    page.get_by_role("button", name="Keep this").click()
    page.get_by_text("Before you go on").wait_for()
    now(page, "jot-errors")
    page.locator("#id_title").fill("A line")
    page.locator("#id_noticed").fill("A moment.")
    page.get_by_role("button", name="Keep this").click()
    page.get_by_role("heading", name="Your words are kept").wait_for()
    now(page, "jot-kept")
    page.goto(reverse("account_signup"))
    page.locator("#id_email").fill("somebody@example.org")
    page.locator("#id_first_name").fill("Somebody")
    page.get_by_role("button", name="Mail me a code").click()
    page.locator("#id_code").wait_for()
    now(page, "join-code")

    page = browse()
    page.goto(reverse("account_login"))
    page.locator("#id_login").fill("moderator@demo.example")
    page.locator("#id_password").fill("a password for the demo")
    page.get_by_role("button", name="Sign in").click()
    page.locator("#id_code").wait_for()
    now(page, "second-factor")

    page = browse()
    client = Client()
    waiting = Story.objects.in_moderation().filter(live=False).first()
    client.force_login(waiting.author)
    sign_in(page, client, live_server)
    page.goto(reverse("stories:sent", args=[waiting.slug]))
    now(page, "sent")
    page.goto(reverse("stories:write", args=[waiting.slug, "tried"]))
    now(page, "write-while-moderated")
    now(two_windows(page, client, live_server), "write-both-texts")
    page.goto(reverse("digests:leave", args=[leave_token(waiting.author)]))
    now(page, "letter-leave")
    page.goto(reverse("digests:confirm", args=[confirm_signer.sign("a-key")]))
    now(page, "subscribe-confirm")
    page.goto(reverse("digests:leave_news", args=[leave_signer.sign("a-key")]))
    now(page, "subscribe-leave")
    page.goto(reverse("digests:leave_one", args=[leave_one_signer.sign("a-key")]))
    now(page, "subscribe-leave-one")
    assert found == {}
