"""Writing back to a report: anybody, without an account."""

from allauth.core import ratelimit
from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from design.forms import Radios, Words
from reports import actions
from reports.models import Letter, ReportPage

CROWDED = _("Many letters came from your network just now. Wait a minute, then send it again.")
WRONG = _("Enter an e-mail address such as name@example.org, or leave it empty")


class LetterForm(forms.Form):
    use_required_attribute = False
    wish = forms.ChoiceField(
        label=_("What would you like?"),
        choices=Letter.Wish.choices,
        widget=Radios(hints={"quote": _("We ask the teller. They decide, and you hear from us.")}),
        error_messages={
            "required": _("Choose what you would like"),
            "invalid_choice": _("Choose one of the answers shown"),
        },
    )
    text = Words(
        label=_("What would you like to say?"),
        help_text=_("If it is about a teller’s words: which ones, and where they would stand."),
        max_length=4000,
        widget=forms.Textarea({"rows": 8}),
        error_messages={"required": _("Enter what you would like to say")},
    )
    contact = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("For our answer only. We delete it then."),
        required=False,
        error_messages={"invalid": WRONG, "null_characters_not_allowed": WRONG},
    )


@never_cache
def write_back(request, slug):
    report = get_object_or_404(ReportPage.objects.live(), slug=slug)
    posted = request.POST if request.method == "POST" else None
    wish = "quote" if request.GET.get("about") == "quote" else "answer"
    form = LetterForm(posted, initial={"wish": wish})
    if not form.is_valid():
        return render(request, "reports/write_back.html", {"report": report, "form": form})
    if not ratelimit.consume(request, action="concern"):
        form.add_error(None, CROWDED)
        return render(request, "reports/write_back.html", {"report": report, "form": form}, status=429)
    actions.write_back(report, **form.cleaned_data, now=timezone.now())
    messages.success(request, gettext("Whoever wrote the report reads it. Thank you."))
    return redirect("reports:list")
