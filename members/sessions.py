"""Sessions as Django keeps them in the database, found by a question that is written once (docs/decisions/0084). What
was found to be signed by us is not worked out again while it stays the same."""

from functools import lru_cache

from django.conf import settings
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.core import signing
from django.utils import timezone

from design.compiled import compiled


@compiled
def _held(key, now):
    return Session.objects.filter(session_key=key, expire_date__gt=now)


class AsItIs:
    """A serializer that leaves the text to whoever asked."""

    @staticmethod
    def loads(data):
        return data


@lru_cache(maxsize=1024)
def _signed_text(session_data, salt, *keys):
    """The text in it. Raises BadSignature where none of these keys signed it."""
    return signing.loads(session_data, salt=salt, serializer=AsItIs)


class SessionStore(db.SessionStore):
    def _get_session_from_db(self):
        """The row while it holds; without one this key is nobody's any more."""
        found = next(iter(_held(str(self.session_key), timezone.now())), None)
        if found is None:
            self._session_key = None
        return found

    def decode(self, session_data):
        try:
            text = _signed_text(session_data, self.key_salt, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        except Exception:
            return super().decode(session_data)  # as Django answers what is broken
        return self.serializer().loads(text)
