"""Which members somebody is looking for."""

from django import forms

from design.forms import TickBoxes
from practices import finding
from practices.models import Place


class FindingForm(finding.FindingForm):
    boundary = forms.MultipleChoiceField(label="Services they work in", required=False, widget=TickBoxes(folded=True))
    place = forms.ChoiceField(label="Where they work", required=False)


class Finding(finding.Finding):
    form_class = FindingForm

    def narrow(self, profiles):
        """Those who work in every one of the services, in the place or a part of it."""
        for boundary in self.boundaries:
            profiles = profiles.filter(works_in=boundary)
        if self.place:
            profiles = profiles.filter(place__in=Place.objects.within(self.place))
        return profiles
