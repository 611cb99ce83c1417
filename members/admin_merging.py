"""In the Wagtail admin: two accounts of one person become one. For administrators."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from members import actions
from members.admin_people import FindingForm, state_of
from members.admin_views import may_let_in
from members.models import User
from members.privacy.merging import SHOWN

MOST = 20


def for_administrators(view):
    @never_cache
    @may_let_in
    def guarded(request, *args, **kwargs):
        if not request.user.is_superuser:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


class MergeForm(forms.Form):
    reason = forms.CharField(
        label=_("How do you know that both are the same person’s?"),
        help_text=_("It is kept in the log for good. Write it without names."),
        max_length=300,
        error_messages={"required": _("Write down how you know.")},
    )
    name = forms.CharField(max_length=300, error_messages={"required": _("Type the name: nobody can undo this.")})

    def __init__(self, data=None, *, gone):
        super().__init__(data)
        self.gone = gone
        self.fields["name"].label = gettext("Type “%(gone)s”, the name of the account that is closed") % {"gone": gone}
        self.fields["name"].widget.attrs["autocomplete"] = "off"

    def clean_name(self):
        typed = " ".join(self.cleaned_data["name"].split())
        if typed.casefold() != " ".join(str(self.gone).split()).casefold():
            raise forms.ValidationError(gettext("That is not “%(gone)s”.") % {"gone": self.gone})
        return typed


def person_by(public_id):
    return get_object_or_404(User.objects.people().select_related("profile"), profile__public_id=public_id)


@for_administrators
def find_other(request, public_id):
    """Which other account is the same person's? Found by a name, or by a whole address that they told."""
    person, asked = person_by(public_id), request.GET.get("q", "").strip()
    found = []
    if asked:
        others = FindingForm({"q": asked}).found().exclude(pk=person.pk).filter(is_staff=False)
        found = [(other, state_of(other)) for other in others[:MOST]]
    context = {"person": person, "asked": asked, "found": found}
    return render(request, "members/admin/find_other.html", context)


@for_administrators
def merge(request, public_id, other_id):
    """What members read of both, what will happen, and the name to type. `public_id` stays, `other_id` is closed."""
    kept, gone = person_by(public_id), person_by(other_id)
    refused = refusal(kept, gone, by=request.user)
    form = MergeForm(request.POST if request.method == "POST" else None, gone=gone)
    if not refused and form.is_valid():
        try:
            actions.merge(kept, gone, by=request.user, reason=form.cleaned_data["reason"], now=timezone.now())
        except actions.CannotMerge as told:
            refused = str(told)
        except DatabaseError:
            refused = gettext("One of the two was busy just now, and nothing has changed. Try again.")
        else:
            messages.success(
                request, gettext("Both accounts are one now: %(kept)s. The other one is closed.") % {"kept": kept}
            )
            return redirect("members_staff:people")
    columns = [(one, state_of(one), shown_of(one, request.user)) for one in (kept, gone)]
    context = {"kept": kept, "gone": gone, "columns": columns, "form": form, "refused": refused}
    return render(request, "members/admin/merge.html", context)


def refusal(kept, gone, *, by):
    try:
        actions.check_merge(kept, gone, by=by)
    except actions.CannotMerge as told:
        return str(told)
    return ""


def shown_of(person, reader):
    return [line for tell in SHOWN for line in tell(person, reader)]
