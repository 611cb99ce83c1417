"""How every form looks, allauth's too: labels above, hints, errors in words, and what was typed is kept."""

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.choices import BaseChoiceIterator
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

DJANGOS_LAYOUTS = {"django/forms/div.html", "django/forms/p.html", "django/forms/table.html", "django/forms/ul.html"}
SENTENCES = {
    "max_length": _("Keep this to %(limit_value)d characters or fewer. It has %(show_value)d now."),
    "null_characters_not_allowed": _("Take out the sign that cannot be shown. It often comes along with pasted text."),
}


class Renderer(TemplatesSetting):
    """Set as FORM_RENDERER. Widgets keep Django's own templates, so the Wagtail admin is left as it is."""

    form_template_name = "design/forms/form.html"
    field_template_name = "design/forms/field.html"

    def get_template(self, template_name):
        # as_p and its siblings name their own template: they are drawn like any other form.
        return super().get_template(self.form_template_name if template_name in DJANGOS_LAYOUTS else template_name)


class Hints:
    """Adds a quiet sentence under an option: `Radios(hints={"members": "Only people with an account."})`."""

    def __init__(self, *args, hints=None, columns=False, folded=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.hints = hints or {}
        self.columns = columns
        self.folded = folded

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        return {**option, "hint": self.hints.get(str(value), "")}


class Choices(BaseChoiceIterator):
    """Pairs as a field wants them. Django looks through a plain list of every council area twice for each form."""

    def __init__(self, pairs):
        self.pairs = list(pairs)

    def __iter__(self):
        yield from self.pairs

    @cached_property
    def frozen(self):
        """To find by them what was drawn of them."""
        return frozen(self.pairs)


def frozen(choices):
    return tuple((value, frozen(label) if isinstance(label, (list, tuple)) else str(label)) for value, label in choices)


class Radios(Hints, forms.RadioSelect):
    """Radios, each option with a hint where it needs one."""


class TickBoxes(Hints, forms.CheckboxSelectMultiple):
    """Tick boxes, in two columns on wide screens when `columns` is set; each group folded away when `folded` is."""


class CodeInput(forms.TextInput):
    """A short code from a mail or an app: large figures, the right keyboard, filled in by the phone."""

    def __init__(self, attrs=None):
        usual = {"class": "input--code", "inputmode": "numeric", "autocomplete": "one-time-code", "spellcheck": "false"}
        super().__init__({**usual, **(attrs or {})})


class DateInput(forms.DateInput):
    """A day, with the browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class Words(forms.CharField):
    """Text as its writer means it: lines end the same way whichever browser sent them, ends are trimmed."""

    def __init__(self, *args, error_messages=None, **kwargs):
        super().__init__(*args, error_messages={**SENTENCES, **(error_messages or {})}, **kwargs)

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")

    def widget_attrs(self, widget):
        """No `maxlength`: a browser would cut off what is pasted without a word. No history on a shared computer."""
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return {**attrs, "autocomplete": "off"}


class Line(Words):
    """One line: a break in pasted text becomes a space."""

    def to_python(self, value):
        return " ".join(super().to_python(value).split())
