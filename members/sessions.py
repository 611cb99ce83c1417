"""Sessions as Django keeps them in the database, found by a question that is written once (docs/decisions/0084)."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from design.compiled import compiled


@compiled
def _held(key, now):
    return Session.objects.filter(session_key=key, expire_date__gt=now)


class SessionStore(db.SessionStore):
    def _get_session_from_db(self):
        """The row while it holds; without one this key is nobody's any more."""
        found = next(iter(_held(str(self.session_key), timezone.now())), None)
        if found is None:
            self._session_key = None
        return found
