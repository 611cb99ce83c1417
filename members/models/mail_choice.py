"""What a member wants of each kind of mail."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class MailChoice(models.Model):
    """The answer to one group of mails (`members.kinds`); where there is none, they come at once."""

    class Answer(models.TextChoices):
        NOW = "now", _("At once")
        LETTER = "letter", _("In the weekly letter")
        NEVER = "never", _("Never")

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_choices")
    group = models.CharField(max_length=20)
    answer = models.CharField(max_length=6, choices=Answer)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "group"], name="one_answer_a_group_of_mails")]

    def __str__(self):
        return f"{self.group}: {self.answer}"
