"""Merging one boundary into another: chosen, counted, confirmed. For whoever keeps the shared words."""

from functools import wraps

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from practices.models import Boundary
from stories import actions
from stories.actions.merging import carried_by, check_merge
from stories.staff.guard import header


def for_word_keepers(view):
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not (request.user.is_member and request.user.has_perm("practices.change_boundary")):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


class MergeForm(forms.Form):
    into = forms.ModelChoiceField(
        Boundary.objects.none(),
        label="Merge it into",
        to_field_name="slug",
        empty_label=None,
        error_messages={
            "required": "Choose the boundary that stays.",
            "invalid_choice": "Choose one of the boundaries shown.",
        },
    )

    def __init__(self, data=None, *, old):
        super().__init__(data)
        self.old = old
        self.fields["into"].queryset = Boundary.objects.active().exclude(pk=old.pk)

    def clean_into(self):
        into = self.cleaned_data["into"]
        try:
            check_merge(self.old, into)
        except actions.CannotMerge as told:
            raise forms.ValidationError(str(told)) from None
        return into


@for_word_keepers
def merge_boundary(request, slug):
    old = get_object_or_404(Boundary, slug=slug, merged_into=None)
    form = MergeForm(request.POST if request.method == "POST" else None, old=old)
    context = {"old": old, "form": form, **header("Merge a boundary")}
    if not form.is_valid():
        return render(request, "stories/admin/merge_boundary.html", context)
    into = form.cleaned_data["into"]
    if "confirm" not in request.POST:
        context |= {"into": into, "carried": carried_by(old)}
        return render(request, "stories/admin/merge_boundary.html", context)
    actions.merge_boundaries(old, into, by=request.user, now=timezone.now())
    messages.success(request, f"“{old}” is merged into “{into}”. Its old addresses lead there.")
    return redirect(Boundary.snippet_viewset.list_address())
