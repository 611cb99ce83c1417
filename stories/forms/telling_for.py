"""What a moderator types for somebody who told them a story."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from members.forms.fields import EmailField
from stories.forms.answers import field_for
from stories.keeping import form_key_of, new_form_token
from stories.models import Story

TYPED = ("title", "noticed", "tried", "happened", "why_it_matters")
HINTS = {
    "title": _("A line that its teller will recognise. They choose the public title."),
    "noticed": _("In their words, as they said it. Leave out names."),
}


class TellForForm(forms.Form):
    """Its words, and the address of whoever told them."""

    form_key = forms.CharField(widget=forms.HiddenInput, required=False)
    email = EmailField(
        label=_("The teller’s e-mail address"),
        help_text=_("One that only they read. The mail names neither you nor the story: tell them that it comes."),
        required=_("Enter the teller’s e-mail address"),
    )

    def __init__(self, *args, own_address, **kwargs):
        super().__init__(*args, initial={"form_key": new_form_token()}, **kwargs)
        self.own_address = own_address
        for name in TYPED:
            field = self.fields[name] = field_for(Story._meta.get_field(name))
            field.help_text = HINTS.get(name, "")
            field.required = name in HINTS
        self.fields["title"].error_messages["required"] = gettext("Enter a line that the teller will recognise")
        self.fields["noticed"].error_messages["required"] = gettext("Enter what they noticed")

    def clean_email(self):
        if self.cleaned_data["email"].lower() == self.own_address:
            raise forms.ValidationError(gettext("Enter the teller’s address: this one is yours"))
        return self.cleaned_data["email"]

    @property
    def answers(self):
        return {name: self.cleaned_data[name] for name in TYPED}

    @property
    def key(self):
        return form_key_of(self.cleaned_data["form_key"])
