"""Words that somebody else will read: what could lead straight to a person goes, or is answered for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from confidentiality.telling import Told, words_that_stop
from design.forms import Line

MAY_STAY = _("Take these words out, or say why they can stay")


class AnsweredForm(forms.Form):
    """`checked`: the fields that are looked at, together, so that a name given in one is found in the others. Only
    where something stops is there a box for the answer; `stopping` says what."""

    use_required_attribute = False
    checked = ()
    who_reads = _("A moderator reads your answer if this is ever reported.")
    may_stay = Line(label=_("Why can these words stay?"), max_length=300)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["may_stay"].required = False
        self.fields["may_stay"].template_name = "networks/_words_found.html"
        self.stopping = []
        if not self.is_bound:
            del self.fields["may_stay"]

    def clean(self):
        answers = super().clean()
        told = [Told(name, self.fields[name].label, answers[name]) for name in self.checked if answers.get(name)]
        self.stopping = words_that_stop(told) if told else []
        if not self.stopping:
            self._errors.pop("may_stay", None)
            self.fields.pop("may_stay", None)
            answers["may_stay"] = ""
        elif not answers.get("may_stay") and "may_stay" not in self._errors:
            self.add_error("may_stay", MAY_STAY)
        return answers
