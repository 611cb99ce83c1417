from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from members import actions
from members.models import User
from members.privacy.ledger import EVERYTHING


class Command(BaseCommand):
    help = "Close somebody's account for them, as they asked by mail: what others read of it stays without a name."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--take-away", action="store_true", help="nothing of theirs stays")

    def handle(self, *, email, take_away, **options):
        member = User.objects.people().filter(email__iexact=email).first()
        if member is None:
            raise CommandError("There is no account with this address.")
        try:
            actions.close(member, kept=() if take_away else EVERYTHING, now=timezone.now())
        except actions.StaffStay as refused:
            raise CommandError("Take the staff mark from the account first.") from refused
        self.stdout.write("The account is closed.")
