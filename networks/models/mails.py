"""What a mail of this room tells of, so that it can be asked again right before it goes whether it is still right."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext

from members.models import Notice
from networks.models.coalition import Coalition, Membership
from networks.models.conversation import Message, Seat
from networks.models.introduction import Introduction
from networks.models.joining import CoalitionInvitation, JoinRequest


class MailAbout(models.Model):
    """Which mail tells of which message, which coalition or which introduction."""

    notice = models.OneToOneField(Notice, on_delete=models.CASCADE, related_name="+", primary_key=True)
    message = models.ForeignKey(Message, null=True, on_delete=models.CASCADE, related_name="mails")
    coalition = models.ForeignKey(Coalition, null=True, on_delete=models.CASCADE, related_name="mails")
    introduction = models.ForeignKey(Introduction, null=True, on_delete=models.CASCADE, related_name="mails")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(message__isnull=False, coalition=None, introduction=None)
                | Q(message=None, coalition__isnull=False, introduction=None)
                | Q(message=None, coalition=None, introduction__isnull=False),
                name="a_mail_is_about_one_thing",
            )
        ]

    def __str__(self):
        return gettext("A mail about what is between members")

    def may_go(self, *, now):
        """To whoever could still open what it tells of: they may have left since, been removed, or said no."""
        member, kind = self.notice.member, self.notice.kind.removeprefix("networks.")
        if kind == "message":
            return self._may_tell_of_a_message(member)
        if kind == "introduction_waits":
            return Introduction.objects.waiting_for(member, now=now).filter(pk=self.introduction_id).exists()
        if self.introduction_id:
            return Introduction.objects.visible_to(member).filter(pk=self.introduction_id).exists()
        return self._may_go_from_a_coalition(kind, member)

    def _may_tell_of_a_message(self, member):
        """To whoever still sits there, wants mail from there, and has not looked since."""
        own = Seat.objects.open_to(member).filter(conversation=self.message.conversation_id, muted_at=None).first()
        return bool(own and own.read_at <= self.message.said_at)

    def _may_go_from_a_coalition(self, kind, member):
        if kind == "coalition_taken_down":
            return True  # nobody opens it any more, and whoever was in it hears so
        if kind == "coalition_invited":
            asked = Q(email__iexact=self.notice.to) | Q(member__isnull=False, member=member)
            standing = CoalitionInvitation.objects.standing().filter(asked, coalition=self.coalition_id)
            return standing.exists()
        if kind == "coalition_asked":
            convenes = Membership.objects.convenors().filter(coalition=self.coalition_id, member=member)
            waiting = JoinRequest.objects.shown_to(member).filter(coalition=self.coalition_id)
            return convenes.exists() and waiting.exists()
        coalitions = Coalition.objects
        found = coalitions.visible_to(member) if kind == "coalition_answered" else coalitions.joined_by(member)
        return found.filter(pk=self.coalition_id).exists()
