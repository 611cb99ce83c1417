"""The teller's words in reports: which, and whether they may stand there. Every answer counts at once."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from stories import actions
from stories.forms.quoting import MayQuoteForm
from stories.models import Quotation
from stories.views.own import authors_only

TOLD = {"yes": _("Reports may show these words."), "no": _("No report shows these words.")}


@authors_only
def quotes(request, story):
    posted = request.POST if request.method == "POST" else None
    form = MayQuoteForm(posted, initial={"may_quote": story.may_quote})
    if form.is_valid():
        actions.set_may_quote(story, may_quote=form.cleaned_data["may_quote"], by=request.user, now=timezone.now())
        messages.success(request, gettext("Your choice counts from now on."))
        return redirect("stories:quotes", story.slug)
    quotations = (
        Quotation.objects.filter(story=story)
        .newest_first()
        .select_related("story")
        .prefetch_related("uses__report", "evidence_packs")
    )
    packs = story.evidence_packs.readable_by(request.user)
    context = {"story": story, "form": form, "quotations": quotations, "packs": packs}
    return render(request, "stories/quotes.html", context)


@require_POST
@authors_only
def answer_quotation(request, story, key):
    quotation = get_object_or_404(story.quotations, key=key)
    answer = request.POST.get("answer")
    if answer not in TOLD:
        return redirect("stories:quotes", story.slug)
    actions.answer_quotation(quotation, yes=answer == "yes", by=request.user, now=timezone.now())
    messages.success(request, TOLD[answer])
    return redirect("stories:quotes", story.slug)
