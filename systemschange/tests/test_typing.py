"""Whatever is typed into any field of any form is answered soon and in words, and is not lost.

The forms are read from the pages (`shown_forms`), so a new field is here by itself; a form of ours with words in it
that no page of the canaries' world shows is missed by name.
"""

import html
import sys
import time
from contextlib import suppress
from copy import deepcopy
from importlib import import_module
from itertools import product
from urllib.parse import urlencode, urlsplit

import pytest
from django import forms
from django.apps import apps
from django.core.cache import cache
from django.db import transaction
from django.test import override_settings
from django.urls import resolve
from wagtail.fields import StreamField

from confidentiality.tests.speed import allowed
from systemschange.tests.canary_world import World
from systemschange.tests.hostile_texts import ODD, hostile
from systemschange.tests.shown_forms import forms_of

pytestmark = pytest.mark.long
ROOMS = ("confidentiality", "design", "digests", "insights", "members", "networks", "practices", "reports", "stories")
SECONDS = 1 if sys.gettrace() is None else 6  # of CPU; counting coverage takes its own time
ANSWERS = {200, 302, 400, 403, 404, 429}
# Of Wagtail's own forms a few texts: what they are made of is the same for all.
OF_WAGTAILS = {"digits", "script", "piled accents"}
# Wagtail checks the length of a copied page's title only as it saves it, and takes any number of uses for one that the
# database can compare: its editor sees that something broke.
WAGTAILS_OWN_FAULTS = {"admin/pages/<int:page_id>/copy/", "admin/images/results/"}
# Never shown again, whatever was typed.
SECRET = {"password", "oldpassword", "password1", "password2", "code"}
# Written by Wagtail's script as the page opens: how many blocks a field of them has.
OF_BLOCKS = {
    field.name for model in apps.get_models() for field in model._meta.fields if isinstance(field, StreamField)
}
WRITTEN_BY_SCRIPT = [(f"{name}-count", "0") for name in sorted(OF_BLOCKS)]


class Noted:
    """What was sent to forms: (form, field) of every long text, and the limits of the fields of the one sent last."""

    def __init__(self):
        self.fields, self.limits = set(), {}

    def note(self, form):
        for name, field in form.fields.items():
            sent = form.add_prefix(name)
            if len(str(form.data.get(sent, ""))) > 50_000:
                self.fields.add((type(form).__name__, name))
                self.limits[sent] = getattr(field, "max_length", None)


class Walk:
    """A community, every form that it is shown, and what was sent to them."""

    def __init__(self):
        self.world = World()
        self.forms = [form for form in forms_of(self.world) if form.typed or form.hidden]
        self.noted = Noted()

    def send(self, form, body):
        """As a browser would, in the world as it was; the answer and the seconds of CPU that it took."""
        client = self.world.clients[form.actor]
        client.raise_request_exception = False
        cache.clear()  # else its limits would answer for most of the forms for signing in
        cookies = deepcopy(client.cookies)
        with transaction.atomic():
            begun = time.process_time()
            if form.method == "get":
                answer = client.get(f"{form.action.split('?')[0]}?{body}")
            else:
                answer = client.post(form.action, body, content_type="application/x-www-form-urlencoded")
            spent = time.process_time() - begun
            transaction.set_rollback(True)
        client.cookies = cookies
        return answer, spent


@pytest.fixture(scope="module")
def walk(django_db_setup, django_db_blocker):
    """The walk takes longer than a sign-in counts as fresh: nobody is asked for it again on the way."""
    fresh = override_settings(ACCOUNT_REAUTHENTICATION_TIMEOUT=86_400)
    with fresh, django_db_blocker.unblock(), transaction.atomic():
        yield Walk()
        transaction.set_rollback(True)


def is_ours(form):
    view = resolve(urlsplit(form.action).path).func
    return view.__module__.split(".")[0] in (*ROOMS, "systemschange", "allauth")


def too_long(spent):
    return spent > SECONDS and spent > allowed(SECONDS)


def body_of(form, words):
    return urlencode({**dict(WRITTEN_BY_SCRIPT), **form.data(**words)}, doseq=True)


def told_wrong(answer, form, text):
    """A page that comes back has the words in it."""
    if answer.status_code not in ANSWERS:
        return "" if form.route in WAGTAILS_OWN_FAULTS else f"{answer.status_code}"
    if answer.status_code != 200 or form.method == "get" or not is_ours(form) or SECRET & set(form.typed):
        return ""
    page = html.unescape(answer.content.decode()).replace("\r\n", "\n")
    return "" if text.replace("\r\n", "\n") in page else "the words are gone"


def bodies(walk, form):
    """What is sent to one form: each text in all of its fields, then as much of it as each of them takes."""
    walk.noted.limits.clear()
    for name, text in hostile().items():
        if is_ours(form) or name in OF_WAGTAILS:
            yield name, text, body_of(form, dict.fromkeys(form.typed, text))
            yield name, "", body_of(form, {field: text[:limit] for field, limit in walk.noted.limits.items() if limit})


def sixty_thousand(walk):
    """What is slow and what is wrong; all fields of a form together have the second that each may take."""
    slow, wrong, cleaned = {}, {}, forms.BaseForm.full_clean

    def noting(form):
        walk.noted.note(form)
        cleaned(form)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(forms.BaseForm, "full_clean", noting)
        for form in (form for form in walk.forms if form.typed):
            for name, text, body in bodies(walk, form):
                answer, spent = walk.send(form, body)
                if too_long(spent) and too_long(walk.send(form, body)[1]):  # once can be the machine's doing
                    slow[f"{form}: {name}"] = round(spent, 2)
                if found := told_wrong(answer, form, text):
                    wrong[f"{form} {form.typed}: {name}"] = found
    return slow, wrong


# What others are made from; and what no page of the canaries' world shows: each is sent long words in its own room.
BASES = {"AnsweredForm", "SaidForm", "ContributionForm", "SignedForm", "WithShortReason", "Sample", "Locked"}
NOT_SHOWN = {"ApprovalForm", "ReadForm", "SuggestForm", "ThanksConcernForm", "WordForm"}
# Shown to whoever is in the middle of signing in or of naming a key.
IN_THE_MIDDLE = {
    "AuthenticateForm",
    "ConfirmEmailVerificationCodeForm",
    "ConfirmLoginCodeForm",
    "ConfirmPasswordResetCodeForm",
    "JoinForm",
    "ReauthenticateByAppForm",
    "RenameForm",
    "ResetPasswordKeyForm",
    "SetPasswordForm",
}


def forms_with_words(kind=forms.BaseForm):
    for form in kind.__subclasses__():
        if form.__module__.split(".")[0] in ROOMS and "tests" not in form.__module__:
            texts = {name for name, field in form.base_fields.items() if type(field).clean is forms.CharField.clean}
            if any(isinstance(form.base_fields[name], forms.CharField) for name in texts):
                yield form
        yield from forms_with_words(form)


def test_sixty_thousand_characters_in_any_form_are_answered_soon_and_still_stand_there(walk):
    """One test: the walk is long, and two workers would each go it."""
    slow, wrong = sixty_thousand(walk)
    assert slow == {}
    assert wrong == {}
    walked = {form for form, _ in walk.noted.fields}
    assert {form.__name__ for form in forms_with_words()} - walked - BASES - NOT_SHOWN - IN_THE_MIDDLE == set()


def test_no_field_in_the_middle_of_something_is_slow():
    # Read with the addresses otherwise, and only where there is a provider.
    for module in ("account", "passkeys", "provider"):
        import_module(f"members.forms.{module}")
    sent = [form for form in forms_with_words() if form.__name__ in IN_THE_MIDDLE]
    assert {form.__name__ for form in sent} == IN_THE_MIDDLE
    slow = {}
    for form in sent:
        for field, (name, text) in product(form.base_fields.items(), hostile().items()):
            begun = time.process_time()
            with suppress(forms.ValidationError, ValueError):  # the form of a passkey answers for its JSON
                deepcopy(field[1]).clean(text)
            if too_long(time.process_time() - begun):
                slow[f"{form.__name__} {field[0]}"] = name
    assert slow == {}


def test_no_odd_sign_in_any_field_breaks_a_page(walk):
    """Of Wagtail's own forms what can be typed: the numbers that its choosers write are its own affair."""
    broken = {}
    for form in walk.forms:
        for field in [*form.typed, *(form.hidden if is_ours(form) else [])]:
            others = [(name, value) for name, value in [*WRITTEN_BY_SCRIPT, *form.sent] if name != field]
            for name, signs in ODD.items():
                answer, _ = walk.send(form, f"{urlencode(others)}&{field}={signs}")
                if answer.status_code not in ANSWERS:
                    broken[f"{form} {field}: {name}"] = answer.status_code
    assert broken == {}
