"""Taking words out of a story for good: found first, then confirmed."""

import re

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.models import Revision

from stories import actions
from stories.permissions import on_the_desk, readable_versions
from stories.scrubbing import Scrub
from stories.staff.guard import for_moderators, header
from stories.viewsets import TOLD

KINDS = [
    _("A name"),
    _("A place"),
    _("A day or a time"),
    _("A way to reach somebody"),
    _("Something else that points at somebody"),
]
SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")


def readable_texts(story):
    """The texts that a moderator may read: the live ones and those that were sent."""
    versions = Revision.objects.filter(pk__in=readable_versions(story))
    texts = [version.content.get(name) for version in versions for name in TOLD]
    texts += [getattr(story, name) for name in TOLD if story.live]
    return list(dict.fromkeys(text for text in texts if isinstance(text, str) and " " in text))


class RedactForm(forms.Form):
    sentence = forms.ChoiceField(
        required=False,
        label=_("Choose a sentence"),
        error_messages={"invalid_choice": _("Choose one of the sentences shown.")},
    )
    passage = forms.CharField(
        required=False,
        label=_("Or enter the words"),
        help_text=_("Each place where they stand is found, in large or small letters, but not inside a longer word."),
        max_length=2000,
        widget=AdminAutoHeightTextInput({"rows": 2}),
        error_messages={"max_length": _("Keep it under %(limit_value)d characters; it has %(show_value)d.")},
    )
    kind = forms.ChoiceField(
        label=_("What kind of words are they?"),
        choices=[(kind, kind) for kind in KINDS],
        error_messages={"invalid_choice": _("Choose one of the kinds shown."), "required": _("Choose the kind.")},
    )
    reason = forms.CharField(
        label=_("Why do you take them out?"),
        help_text=_("The teller reads the kind and this reason, not the words. It stays in the history."),
        max_length=1000,
        widget=AdminAutoHeightTextInput({"rows": 2}),
        error_messages={
            "required": _("Write why you take them out."),
            "max_length": _("Keep the reason under %(limit_value)d characters; it has %(show_value)d."),
        },
    )

    def __init__(self, data=None, *, texts):
        super().__init__(data)
        self.texts = texts
        sentences = dict.fromkeys(part.strip() for text in texts for part in SENTENCE.split(text) if part.strip())
        self.fields["sentence"].choices = [("", gettext("None")), *((part, part) for part in sentences)]

    def clean(self):
        answers = super().clean()
        words = answers.get("passage") or answers.get("sentence") or ""
        answers["words"] = words
        if not self.errors and not re.search(r"\w", words):
            self.add_error("passage", gettext("Choose a sentence or enter the words."))
        elif words and not self.errors and Scrub(words).pattern.search(answers["reason"]):
            self.add_error("reason", gettext("Say why without the words: the reason stays in the history."))
        return answers

    @property
    def found(self):
        """Each place in what a moderator may read, with a little around it."""
        pattern = Scrub(self.cleaned_data["words"]).pattern
        matches = [match for text in self.texts for match in pattern.finditer(text)]
        return [(m.string[max(m.start() - 40, 0) : m.start()], m[0], m.string[m.end() : m.end() + 40]) for m in matches]


@for_moderators
def redact(request, slug):
    story = get_object_or_404(on_the_desk(request.user), slug=slug)
    form = RedactForm(request.POST if request.method == "POST" else None, texts=readable_texts(story))
    context = {"story": story, "form": form, **header(gettext("Take words out"))}
    if not form.is_valid():
        return render(request, "stories/admin/redact.html", context)
    if "confirm" not in request.POST:
        return render(request, "stories/admin/redact.html", {**context, "found": form.found, "confirm": True})
    told = {name: form.cleaned_data[name] for name in ("kind", "reason")}
    try:
        actions.redact(story, passage=form.cleaned_data["words"], **told, by=request.user, now=timezone.now())
    except actions.CannotDecide as refused:
        messages.warning(request, str(refused))
        return render(request, "stories/admin/redact.html", context)
    messages.success(
        request, gettext("Taken out, in every version. The teller has been told what kind of words, and why.")
    )
    return redirect("stories_staff:review", story.slug)
