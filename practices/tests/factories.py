"""Words and people for tests of this floor, which knows of members only that they have an account."""

import time

import factory
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone

from practices.models import Boundary


class BoundaryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Boundary

    name = factory.Sequence(lambda n: f"Service {n}")
    family = "care"


def sign_in(client, *groups, **fields):
    """A member of these groups, signed in with a second factor that was used in this session."""
    member = get_user_model().objects.create_user(
        f"{'-'.join(groups) or 'nobody'}@example.org", first_name="Sam", approved_at=timezone.now(), **fields
    )
    member.groups.set(Group.objects.filter(name__in=groups))
    totp = Authenticator.objects.create(user=member, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client.force_login(member)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "mfa", "at": time.time(), "type": "totp", "id": totp.pk, "reauthenticated": False}
    ]
    session["account_authentication_methods_user"] = str(member.pk)
    session.save()
    return member
