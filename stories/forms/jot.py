"""Page one: two boxes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stories.forms.answers import LONGEST, Line, Words, with_example


class JotForm(forms.Form):
    use_required_attribute = False
    title = Line(
        label=_("A line you will recognise later"),
        help_text=_("Only for you. You choose the public title before anybody reads it."),
        max_length=100,
        error_messages={"required": _("Enter a line you will recognise later")},
    )
    noticed = Words(
        label=_("What did you notice that was not working, from where you stood?"),
        help_text=_("One moment is enough. Describe the situation, not the person."),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 8}),
        error_messages={"required": _("Enter what you noticed")},
    )
    # Signed by us, so there is nothing to clean: what is not ours counts for nothing.
    form_key = forms.Field(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        with_example("noticed", self.fields["noticed"])
