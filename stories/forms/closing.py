"""Closing an account: what becomes of each story, and of what was added to others'."""

from django import forms

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
        error_messages={"invalid_choice": f"Choose what becomes of “{label}”"},
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
                stays="Leave it to who tells it with me" if story.is_shared else "Let it stay, without my name",
                goes="Take it away" if story.live else "Delete it",
                initial=STAY if story.is_shared or story.is_unnamed else None,
                hint=self._hint(story),
            )
        if added:
            self.fields["added"] = about(
                "What you added to other people’s stories",
                stays="Let it stay, without my name",
                goes="Take all of it away",
                initial=STAY,
                hint=f"{len(added)} {'contribution' if len(added) == 1 else 'contributions'} that others can read now.",
            )
        self.fields["sure"] = forms.BooleanField(
            label="I know that nobody can bring back what goes",
            required=True,
            error_messages={"required": "Tick that you know that nobody can bring back what goes"},
        )

    @staticmethod
    def _bulk():
        return forms.ChoiceField(
            label="All your stories at once",
            help_text="What you tell with somebody is left to them, or goes.",
            choices=[
                (EACH, "I choose for each below"),
                (ALL_STAY, "Let all of them stay, without my name"),
                (ALL_GO, "Take all of them away"),
            ],
            initial=EACH,
            widget=Radios,
            required=False,
        )

    @staticmethod
    def _hint(story):
        if story.is_shared:
            return "You tell it with somebody. If you leave it to them, they decide about it from then on."
        if story.is_unnamed:
            return "It stands here without your name already."
        return "It stands here with your name. Then readers see “A frontline worker”; some may remember."

    def clean(self):
        answers = super().clean()
        if answers.get("all", EACH) in {"", EACH}:
            for story in self.stories:
                name = f"story_{story.slug}"
                if name not in self.errors and not answers.get(name):
                    self.add_error(name, f"Choose what becomes of “{story.title}”")
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
