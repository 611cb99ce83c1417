"""How staff write a shared word."""

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext
from wagtail.admin.forms import WagtailAdminModelForm


class WordForm(WagtailAdminModelForm):
    """A new word's address is made from its name, and stays when the name changes: links to it are out in the world."""

    def clean_name(self):
        name = self.cleaned_data["name"]
        if self.instance.pk:
            return name
        slug = slugify(name)
        if not slug:
            raise ValidationError(gettext("Enter a name with letters in it"))
        if self._meta.model.objects.filter(slug=slug).exists():
            raise ValidationError(gettext("There is one with almost this name already: its address would be the same"))
        self.instance.slug = slug
        return name
