"""The one page around passkeys that is not allauth's as it stands."""

from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView


class Reauthenticate(ReauthenticateWebAuthnView):
    def form_invalid(self, form):
        """The same page with what was wrong; allauth would lead away from where the member was going."""
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(), **kwargs}


reauthenticate = Reauthenticate.as_view()
