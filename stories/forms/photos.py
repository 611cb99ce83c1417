"""One photo and the words for those who cannot see it."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from confidentiality import pictures
from stories.forms.answers import Line

LONGEST = 1600  # pixels: a page shows half of that, and a sharp screen all of it
KINDS = "image/jpeg,image/png,image/webp,image/heic,image/heif,image/tiff,.heic,.heif"
ONCE_MORE = _("Choose the photo once more: a browser forgets it when a page comes back")


class PhotoForm(forms.Form):
    """`cleaned_data["photo"]` is a `pictures.Picture`: of what was uploaded nothing else is left."""

    use_required_attribute = False
    photo = forms.FileField(
        label=_("Photo"),
        help_text=_(
            "JPEG, PNG, WebP, HEIC or TIFF, up to 10 MB. We keep the picture alone: not where or when it was "
            "taken, nor what the file is called."
        ),
        widget=forms.FileInput({"accept": KINDS}),
        allow_empty_file=True,
        error_messages={"required": _("Choose a photo"), "invalid": _("Choose a photo")},
    )
    alt = Line(
        label=_("What is in the photo?"),
        help_text=_("Say what a reader who cannot see it should know. One or two sentences, no names."),
        max_length=250,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": _("Say what is in the photo")},
    )
    nobody_seen = forms.BooleanField(
        label=_("No person, badge, letter, screen or place name can be seen"),
        error_messages={
            "required": _(
                "Tick this when no person, badge, letter, screen or place name can be seen. "
                "If one can, choose another photo"
            )
        },
    )

    def clean_photo(self):
        upload = self.cleaned_data["photo"]
        try:
            return pictures.clean(upload, longest=LONGEST) if upload else None
        except pictures.Refused as refused:
            raise forms.ValidationError(str(refused)) from refused

    def clean(self):
        if self.errors and self.cleaned_data.get("photo"):
            self.add_error("photo", ONCE_MORE)
        return super().clean()


class ChangePhotoForm(PhotoForm):
    """Other words for a photo, or another picture in its place."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["photo"].required = False
        self.fields["photo"].label = gettext("Another photo")
        self.fields["photo"].help_text = gettext("Leave this empty to keep the photo above.")
