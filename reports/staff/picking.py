"""Words of a story for a report: picked sentence by sentence from what readers read, never typed."""

from functools import wraps

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reports.pictures import writes_pages
from reports.viewsets import choosable, choosable_words
from stories import actions
from stories.models import MayQuote
from stories.models.quoting import QUOTABLE, plain, sentences

SHOWN = 50
NOT_WANTED = _("This story’s teller does not want to be quoted, or there is nobody to ask.")


def for_writers(view):
    """To other staff these pages do not exist."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not writes_pages(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


class PickForm(forms.Form):
    """Sentences of one answer that follow one another: a passage stays as it was said."""

    picked = forms.MultipleChoiceField(error_messages={"required": _("Choose at least one sentence.")})

    def __init__(self, *args, story, **kwargs):
        super().__init__(*args, **kwargs)
        self.answers = answers(story)
        choices = [(one["value"], one["words"]) for answer in self.answers for one in answer["sentences"]]
        self.fields["picked"].choices = choices
        self.texts = {name: plain(getattr(story, name)) for name, _ in QUOTABLE}

    def clean_picked(self):
        places = [value.split(":") for value in self.cleaned_data["picked"]]
        names, numbers = {name for name, _ in places}, sorted(int(number) for _, number in places)
        if len(names) > 1 or numbers != list(range(numbers[0], numbers[-1] + 1)):
            raise forms.ValidationError(gettext("Choose sentences of one answer that follow one another."))
        (name,) = names
        found = sentences(self.texts[name])
        return name, self.texts[name][found[numbers[0]][0] : found[numbers[-1]][1]]


def answers(story):
    """What readers read of the story, answer by answer, each sentence with the value of its tick box."""
    return [
        {
            "heading": heading,
            "sentences": [
                {"value": f"{name}:{number}", "words": plain(getattr(story, name))[begin:end]}
                for number, (begin, end) in enumerate(sentences(getattr(story, name)))
            ],
        }
        for name, heading in QUOTABLE
        if getattr(story, name)
    ]


@for_writers
def picked(request):
    """What was picked and how it stands, and the stories to pick from."""
    typed = request.GET.get("q", "").replace("\0", "").strip()[:100]
    stories = choosable(request.user).exclude(may_quote=MayQuote.NO)
    if typed:
        stories = stories.filter(title__icontains=typed)
    context = {
        "quotations": choosable_words(request.user).newest_first()[:SHOWN],
        "stories": stories.newest_first()[:SHOWN],
        "typed": typed,
        **header(gettext("Words of stories")),
    }
    return render(request, "reports/admin/picked.html", context)


@for_writers
def pick(request, slug):
    story = get_object_or_404(choosable(request.user), slug=slug)
    form = PickForm(request.POST if request.method == "POST" else None, story=story)
    if form.is_valid():
        field, words = form.cleaned_data["picked"]
        try:
            quotation = actions.quote(story, field=field, words=words, by=request.user, now=timezone.now())
        except actions.Closed:
            form.add_error("picked", NOT_WANTED)
        else:
            messages.success(request, f"{quotation.standing}.")
            return redirect("report_words_picked")
    return render(request, "reports/admin/pick.html", {"story": story, "form": form, **header("Pick words")})


def header(title):
    home = {"url": reverse("wagtailadmin_home"), "label": gettext("Home")}
    return {"header_title": title, "header_icon": "openquote", "breadcrumbs_items": [home, {"url": "", "label": title}]}
