"""Closing an account: what becomes of each story, and of what was added to others'."""

from django import forms
from django.utils.translation import gettext, ngettext

from design.forms import Radios

EACH, ALL_STAY, ALL_GO = "each", "stay", "go"
STAY, GO = "stay", "go"


def about(label, *, stays, goes, initial=None, hint=""):
    """One question; without an `initial` answer it has to be answered."""
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=[(STAY, stays), (GO, goes)],
        widget=Radios,
        initial=initial,
        required=False,
        error_messages={"invalid_choice": gettext("Choose what becomes of “%(label)s”") % {"label": label}},
    )


class ClosingForm(forms.Form):
    """Made for one member; `kept_slugs` are what stays of theirs."""

    use_required_attribute = False
    mark_optional = False

    def __init__(self, *args, stories, added, **kwargs):
        super().__init__(*args, **kwargs)
        self.stories, self.added = stories, added
        if len(stories) > 1:
            self.fields["all"] = self._bulk()
        for story in stories:
            self.fields[f"story_{story.slug}"] = about(
                story.title,
                stays=gettext("Leave it to who tells it with me")
                if story.is_shared
                else gettext("Let it stay, without my name"),
                goes=gettext("Take it away") if story.live else gettext("Delete it"),
                initial=STAY if story.is_shared or story.is_unnamed else None,
                hint=self._hint(story),
            )
        if added:
            self.fields["added"] = about(
                gettext("What you added to other people’s stories"),
                stays=gettext("Let it stay, without my name"),
                goes=gettext("Take all of it away"),
                initial=STAY,
                hint=ngettext(
                    "%(count)s contribution that others can read now.",
                    "%(count)s contributions that others can read now.",
                    len(added),
                )
                % {"count": len(added)},
            )
        self.fields["sure"] = forms.BooleanField(
            label=gettext("I know that nobody can bring back what goes"),
            required=True,
            error_messages={"required": gettext("Tick that you know that nobody can bring back what goes")},
        )

    @staticmethod
    def _bulk():
        return forms.ChoiceField(
            label=gettext("All your stories at once"),
            help_text=gettext("What you tell with somebody is left to them, or goes."),
            choices=[
                (EACH, gettext("I choose for each below")),
                (ALL_STAY, gettext("Let all of them stay, without my name")),
                (ALL_GO, gettext("Take all of them away")),
            ],
            initial=EACH,
            widget=Radios,
            required=False,
        )

    @staticmethod
    def _hint(story):
        if story.is_shared:
            return gettext("You tell it with somebody. If you leave it to them, they decide about it from then on.")
        if story.is_unnamed:
            return gettext("It stands here without your name already.")
        return gettext("It stands here with your name. Then readers see “A frontline worker”; some may remember.")

    def clean(self):
        answers = super().clean()
        if answers.get("all", EACH) in {"", EACH}:
            for story in self.stories:
                name = f"story_{story.slug}"
                if name not in self.errors and not answers.get(name):
                    self.add_error(name, gettext("Choose what becomes of “%(title)s”") % {"title": story.title})
        return answers

    @property
    def kept_slugs(self):
        """Slugs of what stays: everything else goes."""
        return {story.slug for story in self.stories if self._stays(story)} | (
            {one.slug for one in self.added} if self.cleaned_data.get("added") == STAY else set()
        )

    def _stays(self, story):
        at_once = self.cleaned_data.get("all") or EACH
        return at_once == ALL_STAY or (at_once == EACH and self.cleaned_data[f"story_{story.slug}"] == STAY)
