"""What waits to be read of "Rule or habit?". Who asked and who answered is shown on no page."""

from functools import wraps

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets import AdminAutoHeightTextInput

from confidentiality.telling import Told, weighty_in
from networks.actions import rules as actions
from networks.models import RuleAnswer, RuleQuestion

MODELS = {model.what: model for model in (RuleQuestion, RuleAnswer)}
A_PAGE = 20


class WhyForm(forms.Form):
    reason = forms.CharField(
        label=_("Why is it not shown?"),
        help_text=_("Its writer reads these words on their own page, and keeps their own."),
        max_length=4000,
        widget=AdminAutoHeightTextInput({"rows": 4}),
        error_messages={
            "required": _("Write why it is not shown."),
            "max_length": _("Keep the reason under %(limit_value)d characters; it has %(show_value)d."),
        },
    )


def for_moderators(view):
    """To everybody else, other staff included, these pages do not exist."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.is_moderator:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def header(title):
    home = {"url": reverse("wagtailadmin_home"), "label": gettext("Home")}
    return {"header_title": title, "header_icon": "help", "breadcrumbs_items": [home, {"url": "", "label": title}]}


def waiting():
    """Questions and answers, each the oldest first; an answer to what is not shown waits with it."""
    answers = RuleAnswer.objects.waiting().filter(question__in=RuleQuestion.objects.live().values("pk"))
    return [RuleQuestion.objects.waiting(), answers]


class RulesWaiting(Component):
    """How many questions and answers wait, and since when the oldest does."""

    name = "rules_waiting"
    template_name = "networks/admin/rules_panel.html"
    order = 52

    def get_context_data(self, parent_context):
        oldest = [found.values_list("created_at", flat=True).first() for found in waiting()]
        return {
            "count": sum(found.count() for found in waiting()),
            "oldest": min((one for one in oldest if one), default=None),
        }


@for_moderators
def queue(request):
    questions, answers = waiting()
    rows = [*fetched(questions)[: A_PAGE * 5], *fetched(answers).select_related("question")[: A_PAGE * 5]]
    rows.sort(key=lambda one: one.created_at)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return show(request, page, "networks/admin/rules.html", gettext("Rule or habit?"))


@for_moderators
def published(request):
    """What readers see, the newest first, to be taken down where it must."""
    answers = fetched(RuleAnswer.objects.live()).select_related("question").order_by("-created_at", "-pk")
    questions = fetched(RuleQuestion.objects.live()).newest_first()
    found = answers if request.GET.get("what") == "answer" else questions
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return show(request, page, "networks/admin/rules_published.html", gettext("Rule or habit?: shown"))


def fetched(found):
    """Without whose they are: what is not read cannot be shown."""
    return found.select_related("role", "place").defer("author")


def show(request, page, template, title):
    own = own_among(page, request.user)
    lines = [(one, (one.what, one.pk) in own, weighty(one)) for one in page]
    return render(request, template, {"page": page, "lines": lines, **header(title)})


def weighty(one):
    return weighty_in([Told(label, label, text) for label, text in one.texts])


def own_among(rows, user):
    """The moderator's own, which others decide about."""
    found = set()
    for what, model in MODELS.items():
        keys = [one.pk for one in rows if one.what == what]
        found |= {(what, pk) for pk in model.objects.said_by(user).filter(pk__in=keys).values_list("pk", flat=True)}
    return found


def of_kind(request, what, key):
    if what not in MODELS:
        raise Http404
    return get_object_or_404(MODELS[what].objects.visible_to(request.user), key=key)


@require_POST
@for_moderators
def approve(request, what, key):
    try:
        actions.approve(of_kind(request, what, key), by=request.user, now=timezone.now())
        messages.success(request, gettext("Approved. It is shown, and its writer has been told."))
    except actions.CannotDecide as told:
        messages.warning(request, str(told))
    return redirect("rules_staff:queue")


@for_moderators
def refuse(request, what, key):
    one = of_kind(request, what, key)
    decide, button = (
        (actions.take_down, gettext("Take it down")) if one.is_live else (actions.refuse, gettext("Refuse it"))
    )
    form = WhyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            decide(one, by=request.user, now=timezone.now(), reason=form.cleaned_data["reason"])
            messages.success(
                request, gettext("It is not shown. Its writer has been told that there is a reason to read.")
            )
            return redirect("rules_staff:queue")
        except actions.CannotDecide as told:
            messages.warning(request, str(told))
    return render(
        request, "networks/admin/rule_reason.html", {"one": one, "form": form, "button": button, **header(button)}
    )
