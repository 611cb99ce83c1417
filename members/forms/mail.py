"""What a member wants of their mail, and a break from all of it."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from design import languages
from design.forms import DateInput, Radios
from members import kinds, quiet
from members.models import MailChoice

Answer = MailChoice.Answer
KEPT = ("time_zone", "words_by_mail", "language")
LONGEST_BREAK = timedelta(days=366)


class MailForm(forms.Form):
    """One answer for each group of mails, and whose night it is. The letter is asked about on its own page."""

    def __init__(self, *args, member, answers, **kwargs):
        chosen = {"time_zone": member.time_zone, "language": languages.known(member.language), **answers}
        chosen["words_by_mail"] = member.words_by_mail
        super().__init__(*args, initial=chosen, **kwargs)
        self.groups = [group for group in kinds.WISHED if group.is_for(member)]
        for group in self.groups:
            self.fields[group.slug] = forms.ChoiceField(
                label=group.name,
                help_text=group.hint,
                choices=Answer.choices,
                widget=Radios,
                error_messages={
                    "required": gettext("Choose when to hear: %(name)s") % {"name": group.name},
                    "invalid_choice": gettext("Choose when to hear: %(name)s") % {"name": group.name},
                },
            )
        self.fields["words_by_mail"] = forms.BooleanField(
            label=gettext("Put the words of a message into the mail"),
            help_text=gettext(
                "Only what somebody whom you have met writes to you alone: never from a group, never about a "
                "story without a name. Whoever opens your mailbox, or sees your screen, can read it too."
            ),
            required=False,
        )
        self.fields["time_zone"] = forms.ChoiceField(
            label=gettext("Which clock do you live by?"),
            help_text=gettext(
                "From nine at night to seven in the morning nothing comes, except what you have just asked for."
            ),
            choices=list(quiet.ZONES.items()),
            error_messages={
                "required": gettext("Choose a clock"),
                "invalid_choice": gettext("Choose a clock from the list"),
            },
        )
        if languages.is_one_of_several():
            self.fields["language"] = language_field()

    @property
    def wishes(self):
        """As `members.mail.choose` takes them."""
        answers = {group.slug: self.cleaned_data[group.slug] for group in self.groups}
        chosen = {name: self.cleaned_data[name] for name in KEPT if name in self.cleaned_data}
        return {"answers": answers, **chosen}


def language_field():
    return forms.ChoiceField(
        label=gettext("Which language should your mail be in?"),
        help_text=gettext("What people wrote themselves stays in their own words."),
        choices=settings.LANGUAGES,
        widget=Radios,
        error_messages={
            "required": gettext("Choose a language"),
            "invalid_choice": gettext("Choose a language from the list"),
        },
    )


class BreakForm(forms.Form):
    until = forms.DateField(
        label=_("Back on"),
        help_text=_("Mail comes again on the morning of that day."),
        widget=DateInput,
        error_messages={
            "required": _("Choose the day on which you are back"),
            "invalid": _("Enter a day, such as 2026-03-27"),
        },
    )

    def __init__(self, *args, member, now, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = now.astimezone(quiet.zone_of(member)).date()

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until <= self.today:
            raise forms.ValidationError(gettext("Choose a day from tomorrow on"))
        if until > self.today + LONGEST_BREAK:
            raise forms.ValidationError(gettext("Choose a day within a year: you can take another break then"))
        return until
