"""A letter as bytes."""

from email.message import EmailMessage
from email.policy import SMTP

from stories.models import Story


class Press:
    def __init__(self, issue):
        self.issue = issue

    def letter(self, reader, items, *, message_id):
        titles = [Story.objects.get(pk=item["id"]).title for item in items if item["kind"] == "story"]
        mail = EmailMessage(policy=SMTP)
        mail["Subject"], mail["To"], mail["Message-ID"] = "Your weekly letter", reader.email, message_id
        mail.set_content("\n".join([self.issue.note, *titles, self.issue.question]))
        mail.add_alternative(
            f"<html><head><title>x</title></head><body>{'<br>'.join([self.issue.note, *titles])}</body></html>",
            subtype="html",
        )
        return mail.as_bytes()
