"""Who may sign in, asked at sign-in and again at every request of a session."""

from allauth.account.auth_backends import AuthenticationBackend

from design.compiled import compiled
from members import ties

_account = compiled(ties.account)


class MemberBackend(AuthenticationBackend):
    def user_can_authenticate(self, user):
        return user.may_sign_in

    def get_user(self, user_id):
        """Of a session, at each request: as Django's own, by a question that is written once."""
        user = next(iter(_account(user_id)), None)
        return user if user and self.user_can_authenticate(user) else None
