"""Cohorts in the Wagtail admin: started, with a link to pass on, and how far they have come together."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from members import quiet
from members.admin_views import may_let_in
from networks import first_steps
from networks.actions import cohorts as actions
from networks.models import Coalition, Cohort
from networks.models.coalition import Joining
from networks.models.cohorts import FEWEST, MOST

A_PAGE = 20
USUAL_PLACES = 16
LONGEST_LINK = timedelta(days=90)


class Day(forms.DateInput):
    input_type = "date"


class LinkForm(forms.Form):
    until = forms.DateField(
        label=_("The link is good until the end of"),
        widget=Day(format="%Y-%m-%d"),
        error_messages={"required": _("Choose the day."), "invalid": _("Enter a day, such as 2026-03-27.")},
    )

    def clean_until(self):
        """The end of that day, at home."""
        today, until = timezone.localdate(), self.cleaned_data["until"]
        if not today <= until <= today + LONGEST_LINK:
            raise forms.ValidationError(gettext("Choose a day from today on, within 90 days."))
        return datetime.combine(until + timedelta(days=1), time(0), ZoneInfo(quiet.HOME))


class StartForm(LinkForm):
    name = forms.CharField(
        label=_("Name"),
        help_text=_(
            "Whoever holds the link reads it: it should name nobody, and no service that is not safe to be in."
        ),
        max_length=80,
        error_messages={"required": _("Enter a name.")},
    )
    purpose = forms.CharField(
        label=_("What is their group for?"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Enter what their group is for.")},
    )
    starts = forms.DateField(
        label=_("Starts on"),
        widget=Day(format="%Y-%m-%d"),
        error_messages={"required": _("Choose the day."), "invalid": _("Enter a day, such as 2026-03-27.")},
    )
    place_count = forms.IntegerField(
        label=_("How many people?"),
        help_text=_("12 to 20 is usual. The link is never good for more."),
        min_value=FEWEST,
        max_value=MOST,
        initial=USUAL_PLACES,
    )
    joining = forms.ChoiceField(
        label=_("Their group"),
        choices=[(one.value, one.label) for one in (Joining.INVITED, Joining.HIDDEN)],
        initial=Joining.HIDDEN,
    )
    field_order = ("name", "purpose", "starts", "place_count", "joining", "until")

    def start(self, *, by, now):
        said = self.cleaned_data
        cohort = Cohort(
            name=said["name"],
            starts_date=said["starts"],
            place_count=said["place_count"],
            link_until=said["until"],
        )
        coalition = Coalition(name=said["name"], purpose=said["purpose"], joining=said["joining"])
        return actions.start(cohort, coalition, by=by, now=now)


def header(title):
    home = {"url": reverse("wagtailadmin_home"), "label": gettext("Home")}
    return {"header_title": title, "header_icon": "group", "breadcrumbs_items": [home, {"url": "", "label": title}]}


@may_let_in
def cohorts(request):
    found = Cohort.objects.annotate(taken_count=Count("places")).order_by("-starts_date", "-pk")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "networks/admin/cohorts.html", {"page": page, "now": timezone.now(), **header("Cohorts")})


@may_let_in
def start(request):
    form = StartForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return redirect("cohorts_staff:cohort", key=form.start(by=request.user, now=timezone.now()).key)
    return render(request, "networks/admin/cohort_start.html", {"form": form, **header("Start a cohort")})


@never_cache
@may_let_in
def cohort(request, key):
    one, now = get_object_or_404(Cohort, key=key), timezone.now()
    form = LinkForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.renew_link(one, until=form.cleaned_data["until"], by=request.user, now=now)
        messages.success(request, gettext("There is another link. The one before opens nothing any more."))
        return redirect("cohorts_staff:cohort", key=key)
    places = one.places.select_related("member").order_by("joined_at", "pk")
    link = settings.SITE_URL + reverse("cohorts:join", args=[one.token])
    context = {"cohort": one, "form": form, "places": places, "steps": first_steps.of_all(one)}
    context |= {"link": link, "is_open": one.link_is_open(now), "is_full": len(places) >= one.place_count}
    return render(request, "networks/admin/cohort.html", {**context, **header(one.name)})


@require_POST
@may_let_in
def close_link(request, key):
    actions.close_link(get_object_or_404(Cohort, key=key), now=timezone.now())
    messages.success(request, gettext("The link is closed. Those who came by it stay."))
    return redirect("cohorts_staff:cohort", key=key)
