"""Gunicorn's log as a person reads it: who asked for what is not kept, nor is every stylesheet a line."""

import re

from gunicorn.glogging import Logger as GunicornLogger

QUIET = ("/static/", "/healthz")
# What follows in the links of mails is a token: whoever reads the log could use it.
MAIL_LINK = re.compile(r"^(/letter/leave/|/letter/new-stories/\w+/|/account/invitation/|/stories/together/).+")


class Logger(GunicornLogger):
    """One short line a page: method, path without its query, status, milliseconds."""

    error_fmt = access_fmt = "%(message)s"

    def access(self, resp, req, environ, request_time):
        if not req.path.startswith(QUIET):
            milliseconds = request_time.total_seconds() * 1000
            path = MAIL_LINK.sub(r"\1...", req.path)
            self.access_log.info("%s %s %s %.0f ms", req.method, path, resp.status.split()[0], milliseconds)
