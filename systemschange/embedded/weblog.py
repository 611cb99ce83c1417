"""Gunicorn's log as a person reads it: who asked for what is not kept, nor is every stylesheet a line."""

from gunicorn.glogging import Logger as GunicornLogger

QUIET = ("/static/", "/healthz")


class Logger(GunicornLogger):
    """One short line a page: method, path without its query, status, milliseconds."""

    error_fmt = access_fmt = "%(message)s"

    def access(self, resp, req, environ, request_time):
        if not req.path.startswith(QUIET):
            milliseconds = request_time.total_seconds() * 1000
            self.access_log.info("%s %s %s %.0f ms", req.method, req.path, resp.status.split()[0], milliseconds)
