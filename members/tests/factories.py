"""People for tests. `MemberFactory()` is let in, has a profile and a confirmed address.

client.force_login(MemberFactory())             a signed-in member
sign_in_staff(client, ModeratorFactory())       staff whose second factor was used in this session
send_mail()                                     what waits in the outbox goes to the `mailbox` fixture
"""

import re
import time

import factory
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth.models import Group
from django.utils import timezone

from members import entries, terms
from members.models import Invitation, User

PASSWORD = "a password for tests"


class UserFactory(factory.django.DjangoModelFactory):
    """Somebody with an account and a confirmed address, not yet let in."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    first_name = factory.Faker("first_name", locale="en_GB")
    email = factory.Sequence(lambda n: f"person{n}@example.org")
    welcomed_at = factory.LazyFunction(timezone.now)
    agreed_version = factory.LazyFunction(lambda: terms.current().number)
    password = PASSWORD

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return model_class.objects.create_user(*args, **kwargs)

    @factory.post_generation
    def address(self, create, extracted, **kwargs):
        EmailAddress.objects.create(user=self, email=self.email, primary=True, **{"verified": True, **kwargs})

    @factory.post_generation
    def profile(self, create, extracted, **fields):
        """`profile__organisation="..."`, `profile__works_in=[...]` and so on set fields of the profile."""
        if not fields:
            return  # it is born with the account
        for name, value in fields.items():
            if name in {"works_in", "would_cross_to", "practices"}:
                getattr(self.profile, name).set(value)
            else:
                setattr(self.profile, name, value)
        self.profile.save()
        entries.refresh(self.pk)


class MemberFactory(UserFactory):
    approved_at = factory.LazyFunction(timezone.now)


class ListedMemberFactory(MemberFactory):
    """In the directory, by choice."""

    profile__listed_at = timezone.now()


def in_group(name):
    return factory.PostGeneration(lambda user, create, extracted: user.groups.add(Group.objects.get(name=name)))


class StaffFactory(MemberFactory):
    is_staff = True


class ModeratorFactory(StaffFactory):
    group = in_group("Moderators")


class EditorFactory(StaffFactory):
    group = in_group("Editors")


class AdminFactory(StaffFactory):
    is_superuser = True


class InvitationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Invitation

    email = factory.Sequence(lambda n: f"invited{n}@example.org")
    invited_by = factory.SubFactory(MemberFactory)
    created_at = factory.LazyFunction(timezone.now)


def give_totp(user):
    """Sets up an authenticator app and returns its secret, which `totp_code` turns into a code."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def totp_code(secret):
    counters = list(yield_hotp_counters_from_time())
    return f"{hotp_value(secret, counters[len(counters) // 2]):06d}"


def sign_in_staff(client, user):
    """Signs in with a second factor that counts as used in this session, and returns the client."""
    authenticator = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if authenticator is None:
        give_totp(user)
        authenticator = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "mfa", "at": time.time(), "type": "totp", "id": authenticator.pk}
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client


def send_mail():
    from members.tasks import send_notices

    send_notices()


def prove(client, user):
    """Signs in as somebody who has shown a moment ago that it is them, and returns the client."""
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client


def without_tokens(words):
    """A mail's words with the way out of its kind as it stands in a snapshot."""
    return re.sub(r"/account/mail/stop/[^/]+/", "/account/mail/stop/the-token/", words)
