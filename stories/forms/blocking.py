"""Which of the people who stand with their name beside a story."""

from django import forms
from django.utils.translation import gettext_lazy as _

from design.forms import Radios
from stories.forms.answers import UNKNOWN


class BlockForm(forms.Form):
    use_required_attribute = False
    who = forms.ChoiceField(
        label=_("Whom do you want to block?"),
        widget=Radios,
        error_messages={"required": _("Choose whom you want to block"), "invalid_choice": UNKNOWN},
    )

    def __init__(self, *args, people, **kwargs):
        """`people`: those who can be chosen, by a key that says nothing."""
        super().__init__(*args, **kwargs)
        self.people = {person.key: person for person in people}
        self.fields["who"].choices = [(key, person.label) for key, person in self.people.items()]

    @property
    def chosen(self):
        return self.people[self.cleaned_data["who"]]
