"""Somebody leaves: the rules applied to every table, in one transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from members.models import User
from members.privacy.rules import What, entries

CEREMONIES = []


@dataclass(frozen=True)
class Leaver:
    """Who leaves, by which addresses they are known, what of theirs they leave here (`keeps(slug)`), and when."""

    member: User | None
    addresses: tuple
    keeps: Callable
    now: datetime

    @classmethod
    def of(cls, member, *, keeps, now):
        known = EmailAddress.objects.filter(user=member).values_list("email", flat=True)
        return cls(member, tuple(sorted({member.email.lower(), *(email.lower() for email in known)})), keeps, now)


def ceremony(function):
    """What a room does with a leaver's things before the rules are applied: `function(leaver)`."""
    CEREMONIES.append(function)
    return function


@transaction.atomic
def forget(leaver):
    """Apply every rule, then delete the account: what still hangs on it goes with it."""
    for function in CEREMONIES:
        function(leaver)
    for entry in entries():
        for name, rule in entry.rules.items():
            ACTS[rule.what](entry.model, name, rule, leaver)
    leaver.member.delete()


@transaction.atomic
def forget_addresses(leaver):
    """The same for what only knows an address: an account that a backup is too old to hold may have left mails."""
    for entry in entries():
        for name, rule in entry.rules.items():
            if name != "words" and isinstance(entry.model._meta.get_field(name), models.EmailField):
                ACTS[rule.what](entry.model, name, rule, leaver)


def pointing(model, name, leaver):
    """The rows of a model that point at who leaves by this column."""
    rows, field = model._base_manager, model._meta.get_field(name)
    if field.related_model is User:
        return rows.filter(**{name: leaver.member.pk})
    if isinstance(field, models.EmailField):
        # As many addresses as one has, each however its letters were typed.
        known = models.Q(pk=None)
        for address in leaver.addresses:
            known |= models.Q(**{f"{name}__iexact": address})
        return rows.filter(known)
    return rows.filter(**_about_the_account(model, name, leaver))


def _about_the_account(model, name, leaver):
    """A row about any row of another model: those about the account itself."""
    kind = "to_content_type" if name == "to_object_id" else "content_type"
    return {kind: ContentType.objects.get_for_model(User), name: leaver.member.pk}


def _delete(model, name, rule, leaver):
    if model is not User:
        pointing(model, name, leaver).delete()


def _unlink(model, name, rule, leaver):
    emptied = {column: _empty(model._meta.get_field(column)) for column in rule.blank}
    if model._meta.get_field(name).null:
        emptied[name] = None
    if emptied:
        pointing(model, name, leaver).update(**emptied)


def _blank(model, name, rule, leaver):
    pointing(model, name, leaver).update(**{name: ""})


def _empty(field):
    if isinstance(field, models.JSONField):
        return {}
    return None if field.null else ""


def _nothing(model, name, rule, leaver):
    """Done by what it hangs on, or left as it is."""


ACTS = {
    What.DELETE: _delete,
    What.UNLINK: _unlink,
    What.BLANK: _blank,
    What.BY: lambda model, name, rule, leaver: rule.function(leaver),
    What.GOES_WITH: _nothing,
    What.KEEP: _nothing,
}
