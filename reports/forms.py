"""The form by which pictures come into reports."""

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext
from wagtail.images.forms import BaseImageForm

from confidentiality import pictures
from reports.pictures import MadeAnew

KINDS = "image/jpeg,image/png,image/webp,image/heic,image/heif,image/tiff,.heic,.heif"


class PictureField(forms.FileField):
    """Stands where Wagtail's own field would: no other decoder sees what was uploaded."""

    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        if not data:
            return upload
        try:
            return MadeAnew.of(upload)
        except pictures.Refused as refused:
            raise forms.ValidationError(str(refused)) from refused


class PictureForm(BaseImageForm):
    """The one form by which a picture comes in or is changed in the admin."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["description"].required = True
        if "file" in self.fields:
            self.fields["file"] = PictureField(
                label=gettext("Picture"),
                help_text=gettext(
                    "JPEG, PNG, WebP, HEIC or TIFF, up to 10 MB. The picture alone is kept: not where or when it "
                    "was taken, nor what the file is called."
                ),
                widget=forms.FileInput({"accept": KINDS}),
                required=self.fields["file"].required,
                allow_empty_file=True,
            )

    def save(self, commit=True):
        # Wagtail would list it by its file's name, which can say who or where.
        self.instance.title = Truncator(self.cleaned_data["description"]).chars(100)
        return super().save(commit=commit)
