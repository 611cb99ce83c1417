"""Questions from commissioners as everybody reads them, and the answer of a member."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from design.paging import Keyset
from networks import typed
from networks.views.guard import for_members
from reports.answering import answer as begin_answer
from reports.models.commissioning import CommissionersQuestion, Standing
from stories import keeping
from stories.forms import JotForm

SOONEST_FIRST = ("closes_date", "pk")
LATEST_FIRST = Keyset("-closes_date", "-pk", size=20)
NEWEST_FIRST = Keyset("-first_published_at", "-pk", size=20)
CLOSED = _("This question is closed. Your words are still in the boxes: copy them, and begin a story of your own.")


def question_list(request):
    today = timezone.localdate()
    shown = CommissionersQuestion.objects.with_standing(today)
    context = {
        "open": shown.open(today).order_by(*SOONEST_FIRST),
        "page": LATEST_FIRST.page(shown.closed(today), request.GET),
    }
    return render(request, "reports/question_list.html", context)


def question_or_404(request, slug, today):
    seen = CommissionersQuestion.objects.visible_to(request.user, today=today).with_standing(today)
    return get_object_or_404(seen, slug=slug)


def question(request, slug):
    asked = question_or_404(request, slug, timezone.localdate())
    page = NEWEST_FIRST.page(asked.answered_for(request.user).for_listing(), request.GET)
    return render(request, "reports/question.html", {"question": asked, "page": page})


@for_members
def answer(request, slug):
    """Page one of a story, with the question above it."""
    asked = question_or_404(request, slug, timezone.localdate())
    sent = request.method == "POST"
    if asked.standing != Standing.OPEN and not sent:
        return redirect(asked)
    form = JotForm(
        request.POST if sent else typed.kept_answers(request), initial={"form_key": keeping.new_form_token()}
    )
    if sent and form.is_valid() and asked.standing == Standing.OPEN:
        said = {name: form.cleaned_data[name] for name in ("title", "noticed")}
        key = keeping.form_key_of(form.cleaned_data["form_key"])
        story = begin_answer(asked, **said, by=request.user, now=timezone.now(), jot_key=key)
        typed.forget(request)
        messages.success(request, gettext("Kept. Only you can see it, until you send it and a moderator has read it."))
        return redirect("stories:safety", story.slug)
    if sent and asked.standing != Standing.OPEN:
        form.add_error(None, CLOSED)
    return render(request, "reports/question_answer.html", {"question": asked, "form": form})
