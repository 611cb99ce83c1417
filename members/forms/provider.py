"""The two forms around a provider."""

from allauth.socialaccount import forms as socialaccount
from django import forms

from members.forms.fields import name_field


class JoinForm(socialaccount.SignupForm):
    """The first name; the address is the one that the provider vouches for."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        address = forms.EmailField(disabled=True, widget=forms.HiddenInput)
        self.fields = {"first_name": name_field(), "email": address}


class DisconnectForm(socialaccount.DisconnectForm):
    def clean(self):
        """Nobody is shut out by it: a code by mail signs in to every account, with a password or without."""
        return forms.Form.clean(self)
