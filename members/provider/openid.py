"""What is taken from a provider: who it is, an address that it vouches for, a first name. Nothing else is kept."""

from allauth.account.models import EmailAddress
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider, _pick_data


class OrganisationProvider(OpenIDConnectProvider):
    def extract_extra_data(self, data):
        """Pictures, groups, telephones: not kept."""
        return {}

    def extract_common_fields(self, data):
        data = _pick_data(data)
        return {"email": said(data, "email").lower(), "first_name": said(data, "given_name")}

    def extract_email_addresses(self, data):
        """The address if the provider says that it has been verified. "false" is a text that Python takes for true."""
        data = _pick_data(data)
        address = said(data, "email").lower()
        if not address or data.get("email_verified") not in (True, "true"):
            return []
        return [EmailAddress(email=address, verified=True, primary=True)]


def said(data, name):
    value = data.get(name)
    return value if isinstance(value, str) else ""
