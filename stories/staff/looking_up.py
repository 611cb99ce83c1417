"""What is shown with a reason, logged and once: who told an unnamed story, a draft; and the log, for administrators."""

from django import forms
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from wagtail.admin.widgets import AdminAutoHeightTextInput

from stories import actions
from stories.models import LookUp
from stories.models.lookup import new_lookup_key
from stories.permissions import on_the_desk
from stories.staff.guard import for_moderators, header

A_PAGE = 50
# What an administrator reads of a draft: its words, and nothing by which its teller would be known.
TOLD = (
    "title",
    "noticed",
    "flex",
    "tried",
    "who_with",
    "happened",
    "shift_thinking",
    "shift_behaviour",
    "shift_ground",
    "evidence_note",
    "why_it_matters",
    "surprise",
    "advice",
    "help_wanted",
)


class LookUpForm(forms.Form):
    reason = forms.CharField(
        label=_("Why do you need to know who told it?"),
        help_text=_("Kept for ever with your name and the hour. Write no name here."),
        max_length=1000,
        widget=AdminAutoHeightTextInput({"rows": 3}),
        error_messages={
            "required": _("Write why you need to know."),
            "max_length": _("Keep the reason under %(limit_value)d characters; it has %(show_value)d."),
        },
    )
    key = forms.SlugField(min_length=20, max_length=40, widget=forms.HiddenInput)


@never_cache
@for_moderators
def look_up(request, slug):
    story = get_object_or_404(on_the_desk(request.user), slug=slug)
    if not story.is_unnamed:
        raise Http404
    form = LookUpForm(request.POST if request.method == "POST" else None, initial={"key": new_lookup_key()})
    context = {"story": story, "form": form, **header(gettext("Who told it"))}
    if form.is_valid():
        try:
            context["tellers"] = actions.look_up(story, **form.cleaned_data, by=request.user, now=timezone.now())
            context["shown"] = True
        except actions.ShownAlready:
            context["shown_already"] = True
            context["form"] = LookUpForm(initial={"key": new_lookup_key()})
    return render(request, "stories/admin/look_up.html", context)


class DraftForm(LookUpForm):
    """Nobody finds a draft here: whoever needs to read one was given its address."""

    address = forms.CharField(
        label=_("The draft’s address, or the key in it"),
        max_length=300,
        error_messages={"required": _("Enter the draft’s address.")},
    )
    field_order = ["address", "reason", "key"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = gettext("Why do you need to read it?")
        self.fields["reason"].error_messages["required"] = gettext("Write why you need to read it.")

    def clean_address(self):
        parts = self.cleaned_data["address"].partition("/stories/")
        return (parts[2] or parts[0]).strip().split("/")[0]


@never_cache
@for_moderators
def open_draft(request):
    """For administrators: nobody but who tells it reads a draft, except with a reason that stays in the log."""
    if not request.user.is_superuser:
        raise Http404
    form = DraftForm(request.POST if request.method == "POST" else None, initial={"key": new_lookup_key()})
    context = {"form": form, **header(gettext("Read a draft"))}
    if form.is_valid():
        asked = {"slug": form.cleaned_data.pop("address"), **form.cleaned_data}
        try:
            story = actions.open_draft(**asked, by=request.user, now=timezone.now())
            context["answers"] = [(story._meta.get_field(name).verbose_name, getattr(story, name)) for name in TOLD]
        except actions.NoSuchDraft:
            form.add_error("address", gettext("No draft has this address. Published stories are on the desk."))
        except actions.ShownAlready:
            form.add_error(None, gettext("This was shown once. To see it again, give a reason again."))
            context["form"] = DraftForm(initial={"key": new_lookup_key()})
            context["shown_already"] = True
    return render(request, "stories/admin/open_draft.html", context)


@never_cache
@for_moderators
def look_ups(request):
    """For administrators: who looked up what, when and why, and never what they were shown."""
    if not request.user.is_superuser:
        raise Http404
    page = Paginator(LookUp.objects.select_related("asked_by"), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "stories/admin/look_ups.html", {"page": page, **header("Look-ups")})
