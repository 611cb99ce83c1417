"""Mail in the embedded mode: each one a file, its sign-in code in the log."""

import re
import secrets
import time
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend

from systemschange.embedded import places

# A sign-in code stands on a line of its own.
CODE = re.compile(r"^\s*(\d{6})\s*$", re.MULTILINE)


def folder() -> Path:
    return places.folder(Path(settings.STATE) / "mail")


class FileBackend(BaseEmailBackend):
    """Keeps mails as `.eml` files whose names sort by the moment they were sent."""

    def send_messages(self, email_messages):
        for message in email_messages:
            # A reader of the folder never sees half a mail: it gets its name when it is complete.
            draft = folder() / f".{secrets.token_hex(8)}"
            draft.write_bytes(message.message().as_bytes())
            draft.rename(folder() / f"{time.time_ns():020d}-{secrets.token_hex(4)}.eml")
            print(log_line(message), flush=True)
        return len(email_messages)


def log_line(message) -> str:
    code = CODE.search(message.body)
    return f"mail to {', '.join(message.recipients())}: {message.subject}" + (f" (code {code[1]})" if code else "")
