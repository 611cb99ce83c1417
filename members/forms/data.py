"""Asking for a link instead of signing in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from members.forms.fields import EmailField


class AddressForm(forms.Form):
    use_required_attribute = False
    email = EmailField(help_text=_("The one with which you signed in."))
