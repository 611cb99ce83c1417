"""Who may sign in, asked at sign-in and again at every request of a session."""

from allauth.account.auth_backends import AuthenticationBackend


class MemberBackend(AuthenticationBackend):
    def user_can_authenticate(self, user):
        return user.may_sign_in
