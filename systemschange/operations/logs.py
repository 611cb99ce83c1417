"""The log for real: one JSON object a line, an id that joins the lines of one request, and nothing of a person.

A line holds what the code says, not what people gave it: routes instead of addresses, exceptions by kind and place and
never by their text, and of others' messages neither words in quotation marks, nor paths, nor addresses, nor arguments.
"""

import json
import logging
import re
import time
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from uuid import uuid4

from celery import current_task
from django.conf import settings

request_id = ContextVar("request_id", default="")
requests = logging.getLogger("systemschange.requests")

ROOMS = {
    "systemschange", "digests", "reports", "insights", "stories", "networks", "members", "practices", "design",
    "confidentiality",
}  # fmt: skip
GIVEN_ID = re.compile(r"[\w-]{8,64}")
ADDRESS = re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+")
QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|‘[^’]*’|“[^”]*”")
PATH = re.compile(r"(?<![\w.])/\S+|\bhttps?://\S+")
LEFT_OUT = "…"
# Of a dictionary of arguments: Celery's own words.
TOLD = {"id", "name", "runtime", "retry"}


class RequestId:
    """Outermost middleware: an id for each request, in its lines and in its answer, and one line when it has gone.

    A proxy's id is taken where there is a proxy of ours (TRUSTED_PROXY_COUNT); anybody else could write into the log.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        believed = hasattr(settings, "ALLAUTH_TRUSTED_PROXY_COUNT") and GIVEN_ID.fullmatch(given)
        mark = request_id.set(given if believed else uuid4().hex)
        began = time.perf_counter()
        try:
            response = self.get_response(request)
            response.headers["X-Request-ID"] = request_id.get()
            if settings.LOG_FORMAT == "json":
                tell(request, response, time.perf_counter() - began)
                response._has_been_logged = True  # Django would say it again, with the address
        finally:
            request_id.reset(mark)
        return response


def tell(request, response, seconds):
    match = request.resolver_match
    if match is None and request.path.startswith(f"/{settings.STATIC_URL.strip('/')}/"):
        return
    if match and match.view_name == "healthz":
        return
    told = {"method": request.method, "route": match.view_name if match else None, "status": response.status_code}
    requests.info("answered", extra={"told": {**told, "ms": round(seconds * 1000)}})


class Json(logging.Formatter):
    """One record as one line of JSON."""

    def format(self, record):
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": safe_message(record),
        }
        if request_id.get():
            line["request"] = request_id.get()
        if current_task and current_task.request.id:
            line["task"], line["task_id"] = current_task.name, current_task.request.id
        line |= getattr(record, "told", {})
        if record.exc_info and record.exc_info[0]:
            line |= error_of(*record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=lambda value: type(value).__name__)


def safe_message(record) -> str:
    """What our own rooms say, as they say it, without addresses. Of what others say, their own words only."""
    if record.name.partition(".")[0] in ROOMS:
        return ADDRESS.sub(LEFT_OUT, record.getMessage())
    if record.name.startswith("django.security") or (
        record.exc_info and str(record.exc_info[1]) in record.getMessage()
    ):
        return LEFT_OUT  # an exception's own text, which may hold whatever was sent
    words = cut(str(record.msg))
    if not record.args:
        return words
    args = record.args
    if isinstance(args, dict):
        args = {name: value if name in TOLD else harmless(value) for name, value in args.items()}
    else:
        args = tuple(harmless(value) for value in args)
    try:
        return words % args
    except (TypeError, ValueError, KeyError):
        return words


def harmless(value):
    return value if isinstance(value, int | float) else LEFT_OUT


def cut(text) -> str:
    return PATH.sub(LEFT_OUT, QUOTED.sub(LEFT_OUT, ADDRESS.sub(LEFT_OUT, text)))


def error_of(kind, error, trace) -> dict:
    """The kinds of an exception and of what led to it, and where: file, line and function, outermost first."""
    frames = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
    causes = []
    while error := error.__cause__ or error.__context__:
        causes.append(type(error).__name__)
    return {"error": kind.__name__, "where": frames, **({"because": causes} if causes else {})}
