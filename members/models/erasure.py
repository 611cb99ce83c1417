"""The ledger of closed accounts: enough to close them again in a restored backup, too little to say whose they were."""

from django.db import models


class Erasure(models.Model):
    """An account was closed. Every text here is a keyed hash; `members.privacy.ledger` makes and compares them."""

    account = models.CharField(max_length=64, unique=True)
    # Of the addresses by which it was known, and of what of theirs stays here without a name.
    addresses = models.JSONField(default=list)
    kept = models.JSONField(default=list)
    # Of the account with which it was merged: what was theirs went there.
    merged_into = models.CharField(max_length=64, blank=True)
    erased_at = models.DateTimeField()

    def __str__(self):
        return "A closed account"
