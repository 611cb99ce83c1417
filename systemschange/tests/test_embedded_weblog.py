"""What the log says of a page, and what it keeps to itself."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from gunicorn.config import Config

from systemschange.embedded.weblog import Logger


@pytest.mark.parametrize(
    ("path", "lines"),
    [
        ("/stories/", ["GET /stories/ 200 12 ms"]),
        ("/letter/leave/AbC.signature/", ["GET /letter/leave/... 200 12 ms"]),
        ("/account/invitation/AbC-123/", ["GET /account/invitation/... 200 12 ms"]),
        ("/static/css/site.css", []),
    ],
)
def test_a_page_is_one_line_without_the_token_of_a_mail(caplog, path, lines):
    logger = Logger(Config())
    logger.access_log.addHandler(caplog.handler)
    request = SimpleNamespace(method="GET", path=path)
    logger.access(SimpleNamespace(status="200 OK"), request, {}, timedelta(milliseconds=12))
    logger.access_log.removeHandler(caplog.handler)
    assert caplog.messages == lines
