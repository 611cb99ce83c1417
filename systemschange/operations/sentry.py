"""Errors to Sentry, where SENTRY_DSN is set: which kind, where in the code, in which request. Nothing of anybody.

What may go is listed here; all else that the library gathers (addresses, bodies, users, breadcrumbs, values) stays.
"""

import sentry_sdk
from django.conf import settings

from systemschange.operations import logs

KEPT = ("event_id", "timestamp", "level", "platform", "environment", "release", "logger", "sdk")
OF_FRAMES = ("filename", "function", "module", "lineno", "in_app")


def begin() -> None:
    sentry_sdk.init(
        dsn=settings.SENTRY_DSN,
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        server_name="",
        auto_session_tracking=False,
        traces_sample_rate=0,
        before_send=only_what_may_go,
    )


def only_what_may_go(event, hint):
    told = {name: event[name] for name in KEPT if name in event}
    told["tags"] = {"request": logs.request_id.get()}
    if "exception" in event:
        told["exception"] = {"values": [kind_and_place(one) for one in event["exception"].get("values", [])]}
    if template := event.get("logentry", {}).get("message"):
        told["logentry"] = {"message": logs.cut(template)}
    return told


def kind_and_place(error):
    frames = (error.get("stacktrace") or {}).get("frames", [])
    kept = [{name: frame[name] for name in OF_FRAMES if name in frame} for frame in frames]
    return {"type": error.get("type"), "module": error.get("module"), "value": "", "stacktrace": {"frames": kept}}
