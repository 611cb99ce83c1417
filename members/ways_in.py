"""allauth's pages that add a way into an account, and the one around passkeys that is not theirs as it stands."""

from allauth.account import views as account
from allauth.mfa.totp.views import activate_totp
from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView, add_webauthn

from members.privacy.proof import ways_in


class Reauthenticate(ReauthenticateWebAuthnView):
    def form_invalid(self, form):
        """The same page with what was wrong; allauth would lead away from where the member was going."""
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(), **kwargs}


reauthenticate = Reauthenticate.as_view()
add = ways_in("passkey", add_webauthn)
activate_app = ways_in("app", activate_totp)
set_password = ways_in("password", account.password_set)
change_address = ways_in("address", account.email)
