""" "Rule or habit?": asked, read by a moderator, answered, found again; and never whose it is."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.models import Notice
from members.tests.factories import AdminFactory, MemberFactory, ModeratorFactory, UserFactory, sign_in_staff
from networks.actions import rules as actions
from networks.models import RuleAnswer, RuleQuestion
from networks.models.rules import State
from networks.tests.factories import RuleAnswerFactory, RuleQuestionFactory
from practices.models import Place, Practice, Role

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
LIST = reverse("rules:list")


def asked(**typed):
    return {
        "told": "share a waiting list, because of data protection",
        "more": "",
        "boundaries": ["housing", "mental-health"],
        "practices": ["rule-or-habit"],
        "naming": "role",
        "audience": "members",
        "form_key": "one-form",
        **typed,
    }


def said(**typed):
    return {
        "kind": "policy",
        "text": "It is our own policy. The team lead could change it.",
        "source": "",
        "source_url": "",
        "nation": "",
        "checked_date": "2026-01-10",
        "naming": "hidden",
        "form_key": "one-form",
        **typed,
    }


def sign_in(user):
    client = Client()
    client.force_login(user)
    return client


def named(**more):
    profile = {"profile__role": Role.objects.first(), "profile__place": Place.objects.get(slug="salford")}
    return MemberFactory(first_name="Zebedee", **profile, **more)


# --- The way of a question --------------------------------------------------------------------------------------------


def test_a_question_is_read_by_a_moderator_before_anybody_else_reads_it(client):
    asker, moderator = named(), ModeratorFactory()
    page = sign_in(asker).post(reverse("rules:ask"), asked())["Location"]
    question = RuleQuestion.objects.get()
    assert (question.state, question.role, question.place.slug) == ("waiting", asker.profile.role, "north-west")
    assert {one.slug for one in question.boundaries.all()} == {"housing", "mental-health"}
    other = sign_in(MemberFactory())
    assert (other.get(page).status_code, sign_in(asker).get(page).status_code) == (404, 200)
    assert "waiting list" not in other.get(LIST).content.decode()
    staff = sign_in_staff(Client(), moderator)
    assert "waiting list" in staff.get(reverse("rules_staff:queue")).content.decode()
    staff.post(reverse("rules_staff:approve", args=["question", question.key]))
    assert "waiting list" in other.get(LIST).content.decode()
    assert other.get(page).status_code == 200
    assert client.get(page).status_code == 404
    [notice] = Notice.objects.filter(kind="networks.rule_shown")
    assert (notice.member, notice.caused_by) == (asker, None)


def test_the_same_form_sent_twice_asks_and_answers_once():
    member, question = sign_in(MemberFactory()), RuleQuestionFactory(live=True)
    for _ in range(2):
        member.post(reverse("rules:ask"), asked())
        member.post(reverse("rules:answer", args=[question.key]), said())
    assert (RuleQuestion.objects.count(), RuleAnswer.objects.count()) == (2, 1)


def test_words_typed_in_an_ended_session_are_in_their_boxes_after_signing_in(client):
    page, member = reverse("rules:ask"), MemberFactory()
    assert client.post(page, asked(told="keep a key")).status_code == 302
    client.force_login(member)
    assert 'value="keep a key"' in client.get(page).content.decode()
    assert RuleQuestion.objects.count() == 0
    client.post(page, asked(told="keep a key"))
    assert "keep a key" not in client.get(page).content.decode()
    assert RuleQuestion.objects.get().author == member


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"told": ""}, "Enter what you were told you cannot do"),
        ({"told": "x" * 161}, "Keep this to 160 characters or fewer"),
        ({"audience": "everyone"}, "Choose one of the answers shown"),
        ({"naming": "name"}, "Choose one of the answers shown"),
        ({"practices": ["nothing"]}, "Choose practices from the list"),
        ({"more": "Ring Sarah Whitfield on 07700 900123."}, "Take these words out, or say why they can stay"),
    ],
)
def test_a_question_that_cannot_be_sent_says_why_and_keeps_what_was_typed(wrong, words):
    response = sign_in(MemberFactory()).post(reverse("rules:ask"), asked(**wrong))
    assert words in response.content.decode()
    assert RuleQuestion.objects.count() == 0


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"kind": "law"}, "Enter where it stands: for a law or a contract others need that"),
        ({"kind": "contract"}, "Enter where it stands: for a law or a contract others need that"),
        ({"text": ""}, "Enter what you know about it"),
        ({"checked_date": "2999-01-01"}, "Enter a day that has been"),
        ({"checked_date": "soon"}, "Enter a day, such as 2026-03-27"),
        ({"source_url": "javascript:alert(1)"}, "Enter an address that begins with https://, or leave it empty"),
        ({"text": "Ask Sarah Whitfield, 07700 900123."}, "Take these words out, or say why they can stay"),
    ],
)
def test_an_answer_that_cannot_be_sent_says_why(wrong, words):
    question = RuleQuestionFactory(live=True)
    response = sign_in(MemberFactory()).post(reverse("rules:answer", args=[question.key]), said(**wrong))
    assert words in response.content.decode()
    assert RuleAnswer.objects.count() == 0


def test_words_that_stop_can_stay_with_a_reason_that_a_moderator_reads():
    more = {"more": "Ring the duty desk on 0161 496 0123.", "may_stay": "It is the public number of the council"}
    sign_in(MemberFactory()).post(reverse("rules:ask"), asked(**more))
    queue = sign_in_staff(Client(), ModeratorFactory()).get(reverse("rules_staff:queue")).content.decode()
    assert "It is the public number of the council" in queue


# --- Answers ----------------------------------------------------------------------------------------------------------


def test_whoever_asked_hears_of_an_answer_once_it_is_shown_and_marks_the_best(client):
    asker, other = MemberFactory(), MemberFactory()
    question = RuleQuestionFactory(live=True, author=asker, audience="public")
    first = RuleAnswerFactory(question=question, live=True, text="The first answer")
    sign_in(other).post(reverse("rules:answer", args=[question.key]), said(text="The second answer"))
    assert not Notice.objects.filter(kind="networks.rule_answered").exists()
    second = RuleAnswer.objects.get(state="waiting")
    actions.approve(second, by=ModeratorFactory(), now=NOW)
    [notice] = Notice.objects.filter(kind="networks.rule_answered")
    assert (notice.member, notice.caused_by) == (asker, None)
    page = client.get(question.get_absolute_url()).content.decode()
    assert page.index("The first answer") < page.index("The second answer")
    assert "not legal advice" not in page
    assert "Nothing here is legal advice" in page
    mark = reverse("rules:mark_best", args=[second.key])
    assert sign_in(other).post(mark).status_code == 404
    assert sign_in(asker).get(mark).status_code == 405
    sign_in(asker).post(mark)
    page = client.get(question.get_absolute_url()).content.decode()
    assert page.index("The second answer") < page.index("The first answer")
    sign_in_staff(client, ModeratorFactory()).post(reverse("rules:mark_best", args=[first.key]))
    assert [answer.best_at is None for answer in (RuleAnswer.objects.get(pk=one.pk) for one in (first, second))] == [
        False,
        True,
    ]


@pytest.mark.parametrize(("days", "old"), [(364, False), (365, False), (366, True)])
def test_an_answer_of_more_than_a_year_says_that_it_may_be_out_of_date(client, days, old):
    question = RuleQuestionFactory(live=True, audience="public")
    RuleAnswerFactory(question=question, live=True, checked_date=timezone.localdate() - timedelta(days=days))
    assert ("may be out of date" in client.get(question.get_absolute_url()).content.decode()) is old


# --- Who may see and do what ------------------------------------------------------------------------------------------


@pytest.fixture
def actors():
    own = MemberFactory()
    return own, {
        "visitor": Client(),
        "waiting": sign_in(UserFactory()),
        "suspended": sign_in(MemberFactory(suspended_at=NOW)),
        "member": sign_in(MemberFactory()),
        "own": sign_in(own),
        "moderator": sign_in_staff(Client(), ModeratorFactory()),
        "admin": sign_in_staff(Client(), AdminFactory()),
    }


EVERYBODY = {"visitor", "waiting", "suspended", "member", "own", "moderator", "admin"}
LET_IN = {"member", "own", "moderator", "admin"}
DESK = {"own", "moderator", "admin"}
READ = {
    (State.WAITING, "public"): DESK,
    (State.WAITING, "members"): DESK,
    (State.LIVE, "public"): EVERYBODY,
    (State.LIVE, "members"): LET_IN,
    (State.HELD, "public"): DESK,
    (State.REFUSED, "public"): {"own"},
    (State.WITHDRAWN, "public"): set(),
}


@pytest.mark.long
def test_questions_and_answers_are_read_by_whom_the_table_names_and_listed_when_shown(actors):
    own, clients = actors
    for number, ((state, audience), readers) in enumerate(READ.items()):
        question = RuleQuestionFactory(author=own, state=state, audience=audience, told=f"Zqquestion{number}")
        page = question.get_absolute_url()
        assert {who for who, client in clients.items() if client.get(page).status_code == 200} == readers, (
            state,
            audience,
        )
        listed = {who for who, client in clients.items() if f"Zqquestion{number}" in client.get(LIST).content.decode()}
        assert listed == (readers if state == State.LIVE else set()), (state, audience)
        shown = RuleQuestionFactory(live=True, audience=audience)
        RuleAnswerFactory(question=shown, author=own, state=state, text=f"Zqanswer{number}")
        page = shown.get_absolute_url()
        met = {who for who, client in clients.items() if f"Zqanswer{number}" in client.get(page).content.decode()}
        assert met == readers, (state, audience)
        searched = f"{LIST}?q=Zqanswer{number}"
        found = {
            who for who, client in clients.items() if shown.get_absolute_url() in client.get(searched).content.decode()
        }
        assert found == (readers if state == State.LIVE else set()), (state, audience)


def test_only_what_is_shown_is_answered_and_only_by_members(actors):
    own, clients = actors
    for state, audience in READ:
        question = RuleQuestionFactory(author=own, state=state, audience=audience)
        page = reverse("rules:answer", args=[question.key])
        may = {
            who
            for who, client in clients.items()
            if client.post(page, said(form_key=f"{who} {question.pk}")).status_code == 302
        }
        told = RuleAnswer.objects.filter(question=question).count()
        if state == State.LIVE:
            assert told == len(LET_IN)
        else:
            assert told == 0
            assert may <= {"visitor", "suspended"}  # sent to sign in


def test_a_moderator_decides_about_others_only_and_about_each_once():
    moderator, other = ModeratorFactory(), ModeratorFactory()
    question = RuleQuestionFactory(author=moderator)
    with pytest.raises(actions.CannotDecide):
        actions.approve(question, by=moderator, now=NOW)
    queue = sign_in_staff(Client(), moderator).get(reverse("rules_staff:queue")).content.decode()
    assert "This is your own" in queue
    actions.refuse(question, by=other, now=NOW, reason="It names a small service.")
    with pytest.raises(actions.CannotDecide):
        actions.approve(question, by=other, now=NOW)
    own = sign_in(moderator).get(reverse("rules:own")).content.decode()
    assert "It names a small service." in own
    [notice] = Notice.objects.filter(kind="networks.rule_refused")
    assert "small service" not in notice.text + notice.html


def test_what_one_takes_back_is_gone_at_once_and_nobody_else_takes_it_back():
    own, stranger = MemberFactory(), sign_in(MemberFactory())
    question = RuleQuestionFactory(author=own, live=True)
    answer = RuleAnswerFactory(author=own, question=RuleQuestionFactory(live=True), live=True)
    for one in (question, answer):
        page = reverse("rules:withdraw", args=[one.what, one.key])
        assert stranger.post(page).status_code == 404
        assert sign_in(own).get(page).status_code == 405
        sign_in(own).post(page)
        one.refresh_from_db()
        assert one.state == State.WITHDRAWN
    assert stranger.get(question.get_absolute_url()).status_code == 404


# --- Never whose it is ------------------------------------------------------------------------------------------------


def test_nobody_learns_who_asked_or_answered_staff_included():
    asker = named(email="zebedee@example.org")
    question = RuleQuestionFactory(author=asker, live=True, audience="public", naming="hidden")
    waiting = RuleQuestionFactory(author=asker)
    RuleAnswerFactory(author=asker, question=question, live=True)
    RuleAnswerFactory(author=asker, question=question)
    pages = [
        LIST,
        question.get_absolute_url(),
        waiting.get_absolute_url(),
        reverse("rule_concern", args=["question", question.key]),
    ]
    desk = [
        reverse("rules_staff:queue"),
        reverse("rules_staff:published"),
        "/admin/rules/published/?what=answer",
        "/admin/",
    ]
    desk.append(reverse("rules_staff:refuse", args=["question", waiting.key]))
    for client in (sign_in_staff(Client(), ModeratorFactory()), sign_in_staff(Client(), AdminFactory())):
        for page in [*pages, *desk]:
            response = client.get(page)
            assert response.status_code == 200, page
            for private in ("Zebedee", "zebedee@", asker.profile.public_id):
                assert private not in response.content.decode(), page
    assert asker.profile.role.name not in Client().get(question.get_absolute_url()).content.decode()


def test_a_role_and_region_that_few_share_are_not_shown(settings):
    settings.LISTED_ALIKE = 2
    asker = named(profile__listed_at=NOW)

    def ask():
        sign_in(asker).post(reverse("rules:ask"), asked(form_key=f"{RuleQuestion.objects.count()}"))
        return RuleQuestion.objects.latest("pk").shown_name

    assert ask() == "A frontline worker"
    far = Place.objects.get(slug="leeds")
    MemberFactory(profile__listed_at=NOW, profile__role=asker.profile.role, profile__place=far)
    assert ask() == f"{asker.profile.role}, England"
    MemberFactory(profile__listed_at=NOW, profile__role=asker.profile.role, profile__place=asker.profile.place)
    assert ask() == f"{asker.profile.role}, North West"


def test_a_profile_that_changes_later_does_not_change_what_was_asked():
    asker = named()
    sign_in(asker).post(reverse("rules:ask"), asked())
    before = RuleQuestion.objects.get().shown_name
    asker.profile.role = Role.objects.last()
    asker.profile.save()
    assert RuleQuestion.objects.get().shown_name == before


# --- Concerns ---------------------------------------------------------------------------------------------------------


def raise_about(one, **more):
    page = reverse("rule_concern", args=[one.what, one.key])
    typed = {"kind": "recognised", "text": "Everybody here knows who that is.", "contact": "", **more}
    return Client().post(page, typed)


def test_a_concern_waits_in_the_one_list_and_hides_what_is_sensitive_until_it_is_read():
    plain = RuleQuestionFactory(live=True, audience="public")
    sensitive = RuleQuestionFactory(live=True, audience="public", boundaries=["domestic-abuse"])
    answer = RuleAnswerFactory(question=sensitive, live=True)
    for one in (plain, answer, sensitive):
        assert raise_about(one).status_code == 200
    states = [type(one).objects.get(pk=one.pk).state for one in (plain, sensitive, answer)]
    assert states == [State.LIVE, State.HELD, State.HELD]
    staff = sign_in_staff(Client(), ModeratorFactory())
    listed = staff.get(reverse("stories_staff:concerns")).content.decode()
    pages = {one: reverse("stories_staff:concern_rule", args=[one.what, one.key]) for one in (plain, sensitive, answer)}
    assert all(page in listed for page in pages.values())
    assert "Everybody here knows who that is." in staff.get(pages[plain]).content.decode()
    for one, decision in ((plain, "uphold"), (sensitive, "release"), (answer, "release")):
        staff.post(pages[one], {"decision": decision, "reason": "Nobody can be recognised."})
    states = [type(one).objects.get(pk=one.pk).state for one in (plain, sensitive, answer)]
    assert states == [State.REFUSED, State.LIVE, State.LIVE]
    assert staff.get(pages[plain]).status_code == 404
    kinds = sorted(Notice.objects.filter(kind__startswith="networks.").values_list("kind", flat=True))
    assert kinds == ["networks.rule_kept", "networks.rule_kept", "networks.rule_refused"]


def test_a_moderator_does_not_decide_about_a_concern_over_their_own():
    moderator = ModeratorFactory()
    question = RuleQuestionFactory(live=True, audience="public", author=moderator)
    raise_about(question)
    page = reverse("stories_staff:concern_rule", args=["question", question.key])
    assert sign_in_staff(Client(), moderator).get(page).status_code == 404


# --- Finding ----------------------------------------------------------------------------------------------------------


def test_filters_combine_and_search_reads_questions_and_answers(client):
    practice = Practice.objects.get(slug="rule-or-habit")
    law = RuleQuestionFactory(live=True, audience="public", told="keep a key", boundaries=["housing", "police"])
    law.practices.add(practice)
    england = Place.objects.get(slug="england")
    RuleAnswerFactory(question=law, live=True, kind="law", text="Section nine says otherwise", nation=england)
    open_one = RuleQuestionFactory(live=True, audience="public", told="open on Sundays", boundaries=["housing"])

    def found(query):
        page = client.get(f"{LIST}?{query}").content.decode()
        return [one for one in (law, open_one) if one.get_absolute_url() in page]

    assert found("") == [law, open_one]
    assert found("boundary=housing") == [law, open_one]
    assert found("boundary=housing&boundary=police") == [law]
    assert found("q=section+key") == [law]
    assert found("q=section+sundays") == []
    assert found("kind=law&place=england") == [law]
    assert found("kind=law&place=wales") == []
    assert found("kind=habit") == []
    assert found("open=on") == [open_one]
    assert found("practice=rule-or-habit&q=KEY") == [law]
    assert client.get(f"{LIST}?practice=nothing").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_and_a_question_cost_the_same_whatever_is_there(client, django_assert_num_queries, count):
    for _ in range(count):
        question = RuleQuestionFactory(live=True, audience="public", boundaries=["housing", "police"])
        RuleAnswerFactory.create_batch(count, question=question, live=True)
    client.get(LIST)
    with django_assert_num_queries(3):
        assert client.get(LIST).content.decode().count('<article class="card">') == count
    with django_assert_num_queries(4):
        client.get(question.get_absolute_url())
