"""`manage.py create_first_admin EMAIL`: the account from which all other staff are made."""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from members.models import User


class Command(BaseCommand):
    help = "Makes the first administrator. Asks nothing; refuses where there is one."

    def add_arguments(self, parser):
        parser.add_argument("email", help="an address that only this person reads: sign-in codes go there")

    @transaction.atomic
    def handle(self, *, email, **options):
        email = self.checked(email)
        now = timezone.now()
        admin = User.objects.filter(email__iexact=email).first() or User.objects.create_user(email, welcomed_at=now)
        admin.is_staff = admin.is_superuser = True
        admin.approved_at = admin.approved_at or now
        admin.save()
        EmailAddress.objects.update_or_create(
            user=admin, email=admin.email, defaults={"verified": True, "primary": True}
        )
        self.stdout.write(
            f"{admin.email} is the first administrator.\n"
            f"1. Open {settings.SITE_URL}{reverse('account_login')} and enter the address, no password. "
            "A code is mailed.\n"
            f"2. Open {settings.SITE_URL}{reverse('wagtailadmin_home')}: it asks for an authenticator app once, "
            "then for its code in each visit."
        )

    def checked(self, email):
        if User.objects.people().filter(is_superuser=True, is_active=True).exists():
            raise CommandError("There is an administrator already: ask them, under Settings, Users in the admin.")
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"{email!r} is not an e-mail address.") from error
        return email.lower()
