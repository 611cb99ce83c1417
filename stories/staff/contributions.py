"""What members added to stories, as moderators meet it: what waits, what is shown, and what is decided about each."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets import AdminAutoHeightTextInput

from confidentiality.telling import Told, weighty_in
from stories import actions, added
from stories.permissions import on_the_desk
from stories.staff.guard import for_moderators, header

A_PAGE = 20


class WhyForm(forms.Form):
    reason = forms.CharField(
        label=_("Why is it not shown?"),
        help_text=_("Its writer reads these words, and keeps their own."),
        max_length=4000,
        widget=AdminAutoHeightTextInput({"rows": 4}),
        error_messages={
            "required": _("Write why it is not shown."),
            "max_length": _("Keep the reason under %(limit_value)d characters; it has %(show_value)d."),
        },
    )


class ContributionsWaiting(Component):
    """How much of what members added waits, and since when the oldest does."""

    name = "contributions_waiting"
    template_name = "stories/admin/contributions_panel.html"
    order = 51

    def get_context_data(self, parent_context):
        waiting = added.waiting()
        oldest = waiting.first()
        return {"count": waiting.count(), "oldest": oldest[2] if oldest else None}


@for_moderators
def queue(request):
    return show(request, added.waiting(), "stories/admin/contributions.html", gettext("Added by members"))


@for_moderators
def published(request):
    found = added.published(request.user)
    return show(request, found, "stories/admin/contributions_published.html", gettext("Shown beside stories"))


def show(request, found, template, title):
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    lines = [line(one, request.user) for one in added.fetch(page)]
    readable = on_the_desk(request.user).filter(pk__in={one.story_id for one, _ in lines if one.story_id})
    titles = {story.pk: story for story in readable}
    lines = [(one, own, titles.get(one.story_id), words_of(one)) for one, own in lines]
    return render(request, template, {"page": page, "lines": lines, **header(title)})


def words_of(contribution):
    """What the check points at in it, as beside a story that waits."""
    return weighty_in([Told("", question, answer) for question, answer in contribution.told if answer])


def line(contribution, moderator):
    """With whether it is the moderator's own to leave to others."""
    return contribution, actions.is_own(contribution, moderator)


def of_kind(kind, slug):
    """Once seen, it is found again also when somebody decided meanwhile: then the moderator is told so."""
    model = added.KINDS.get(kind)
    if model is None:
        raise Http404
    return get_object_or_404(model.objects.for_listing(), slug=slug, author__isnull=False)


@require_POST
@for_moderators
def approve(request, kind, slug):
    try:
        actions.approve_contribution(of_kind(kind, slug), by=request.user, now=timezone.now())
        messages.success(request, gettext("Approved. It is shown, and its writer has been told."))
    except actions.CannotDecide as told:
        messages.warning(request, str(told))
    return redirect("stories_staff:contributions")


@for_moderators
def refuse(request, kind, slug):
    return with_reason(request, of_kind(kind, slug), actions.refuse_contribution, gettext("Refuse it"), "contributions")


@for_moderators
def take_down(request, kind, slug):
    contribution = of_kind(kind, slug)
    return with_reason(
        request, contribution, actions.take_down_contribution, gettext("Take it down"), "contributions_published"
    )


def with_reason(request, contribution, decide, button, back):
    if not type(contribution).objects.visible_to(request.user).filter(pk=contribution.pk).exists():
        raise Http404
    form = WhyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            decide(contribution, by=request.user, now=timezone.now(), reason=form.cleaned_data["reason"])
            messages.success(request, gettext("It is not shown. Its writer has been told why."))
            return redirect(f"stories_staff:{back}")
        except actions.CannotDecide as told:
            messages.warning(request, str(told))
    context = {"one": contribution, "form": form, "button": button, "back": f"stories_staff:{back}", **header(button)}
    return render(request, "stories/admin/contribution_reason.html", context)
