"""In the Wagtail admin: all members, found and narrowed, let in, shut out, taken along as a table; and their mails."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from members import actions, kinds
from members.admin_views import may_let_in, regretting_among
from members.entries import Kind, code
from members.models import Entry, Invitation, Notice, Profile, SeenBy, User
from members.sheets import guarded, sheet
from practices import words

A_PAGE = 50
CHUNK = 200
STATES = {
    "waiting": (_("Waiting to be let in"), lambda: User.objects.waiting()),
    "in": (_("Let in"), lambda: User.objects.current()),
    "suspended": (_("Suspended"), lambda: User.objects.people().filter(suspended_at__isnull=False)),
    "regretted": (_("Vouched for somebody suspended"), lambda: regretting()),
    "staff": (_("Staff"), lambda: User.objects.people().filter(is_staff=True)),
    "listed": (_("In the directory"), lambda: User.objects.filter(profile__in=Profile.objects.listed().values("pk"))),
}


def regretting():
    return User.objects.people().filter(pk__in=Invitation.objects.regretted().values("invited_by"))


class FindingForm(forms.Form):
    q = forms.CharField(label=_("Name, organisation, or a whole e-mail address"), max_length=254, required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    role = forms.ChoiceField(label=_("Role"), required=False)
    place = forms.ChoiceField(label=_("Place"), required=False)
    service = forms.ChoiceField(label=_("Works in"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        every = ("", gettext("All"))
        self.fields["state"].choices = [every, *((key, name) for key, (name, _) in STATES.items())]
        self.fields["role"].choices = [every, *((role.slug, role.name) for role in words.roles())]
        self.fields["place"].choices = [every, *words.place_choices()]
        self.fields["service"].choices = [every, *((one.slug, one.name) for one in words.every_boundary())]

    def found(self):
        """The members asked for. What is not understood narrows nothing away: the form says what is wrong."""
        people = User.objects.people()
        asked = self.cleaned_data if self.is_valid() else {}
        if asked.get("state"):
            people = people.filter(pk__in=STATES[asked["state"]][1]().values("pk"))
        for word in asked.get("q", "").split():
            said = Q(first_name__icontains=word) | Q(last_name__icontains=word)
            # An address only whole: a part of one would find people by what nobody here is shown.
            told = Q(profile__in=Profile.objects.at_shown_organisation(word).values("pk"))
            people = people.filter(said | told | Q(email__iexact=word))
        if codes := self._codes(asked):
            people = people.filter(pk__in=Entry.objects.for_every_member().carrying(codes).values("member"))
        people = people.prefetch_related(Prefetch("profile", Profile.objects.for_page()))
        return people.order_by("first_name", "last_name", "pk")

    @staticmethod
    def _codes(asked):
        """What the row must carry by which members are found: what is hidden from them finds nobody here either."""
        shelves = {
            "role": (Kind.ROLE, words.roles()),
            "service": (Kind.WORKS_IN, words.every_boundary()),
            "place": (Kind.PLACE, words.places()),
        }
        return [
            code(kind, next(one for one in shelf if one.slug == asked[name]))
            for name, (kind, shelf) in shelves.items()
            if asked.get(name)
        ]


def shown_of(person):
    """The profile as members read it; None of whoever is not in the directory."""
    return person.profile.seen_by(SeenBy.MEMBERS) if person.is_member and person.profile.listed_at else None


@may_let_in
def people(request):
    form = FindingForm(request.GET)
    page = Paginator(form.found(), A_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    lines = [(person, state_of(person), shown_of(person)) for person in page]
    context = {"form": form, "page": page, "lines": lines, "query": query.urlencode()}
    context["regretting"] = regretting_among([person.pk for person in page])
    return render(request, "members/admin/people.html", context)


def state_of(person):
    if person.suspended_at:
        return gettext("Suspended")
    if not person.approved_at:
        return gettext("Waiting to be let in")
    return gettext("Staff") if person.is_staff else gettext("Let in")


@require_POST
@may_let_in
def suspend(request, public_id):
    """Shut somebody out, or let them in again. Whoever is staff is an administrator's business."""
    person = get_object_or_404(User.objects.people(), profile__public_id=public_id)
    if person == request.user or (person.is_staff and not request.user.is_superuser):
        raise PermissionDenied
    if "readmit" in request.POST:
        actions.readmit(person, by=request.user)
        messages.success(request, gettext("%(person)s can sign in again.") % {"person": person})
    else:
        actions.suspend(person, now=timezone.now(), by=request.user)
        messages.success(
            request, gettext("%(person)s is shut out, and their sessions have ended.") % {"person": person}
        )
    return redirect("members_staff:people")


@may_let_in
def mails(request, public_id):
    """Of one member's mails what kind, what became of it and when: never the words, and none that would tell whose a
    story or a question is."""
    person = get_object_or_404(User.objects.people(), profile__public_id=public_id)
    sent = Notice.objects.filter(Q(member=person) | Q(member=None, to__iexact=person.email))
    for pattern in kinds.UNNAMED:
        sent = sent.exclude(kind__startswith=pattern.removesuffix("*"))
    sent = sent.defer("subject", "text", "html", "to", "error").order_by("-created_at", "-pk")
    page = Paginator(sent, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "members/admin/mails.html", {"person": person, "page": page})


# --- As a table -------------------------------------------------------------------------------------------------------

HEAD = ["name", "state", "joined", _("in the directory"), "role", "organisation", "place", _("works in")]


@never_cache
@may_let_in
def csv_export(request):
    return sheet(rows(FindingForm(request.GET).found()), ending="csv", name="members")


@never_cache
@may_let_in
def xlsx_export(request):
    return sheet(rows(FindingForm(request.GET).found()), ending="xlsx", name="members")


def rows(people):
    """No address, and of the profile only what its owner shows in the directory."""
    yield HEAD
    for person in people.iterator(chunk_size=CHUNK):
        shown = shown_of(person)
        cells = [person, state_of(person), f"{person.date_joined:%Y-%m}", "yes" if shown else "no"]
        if shown:
            cells += [shown.role, shown.organisation, shown.place, "; ".join(one.name for one in shown.works_in)]
        cells += [""] * (len(HEAD) - len(cells))
        yield [guarded(str(cell or "")) for cell in cells]
