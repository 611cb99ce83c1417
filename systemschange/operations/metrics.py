"""Figures for Prometheus: requests by route, and how the site's own queues stand when it asks.

No label holds anything of a person: a route is the name of an address, never the address. With several processes (and
gunicorn has several) the counts add up only where METRICS_FOLDER names a folder that they share.
"""

import os
import time

from django.conf import settings
from django.db.models import Count, Min
from django.utils import timezone

if settings.METRICS_FOLDER:
    os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", settings.METRICS_FOLDER)

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST as CONTENT_TYPE
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from digests.models import Delivery, Issue
from members.models import Notice
from systemschange.operations import heartbeats, readiness

__all__ = ["CONTENT_TYPE", "Requests", "exposed"]

COUNTED = CollectorRegistry()
REQUESTS = Counter("http_requests", "Requests answered", ["method", "route", "status"], registry=COUNTED)
SECONDS = Histogram(
    "http_request_seconds",
    "Time to answer",
    ["route"],
    buckets=(0.01, 0.03, 0.1, 0.3, 1, 3, 10),
    registry=COUNTED,
)
METHODS = {"GET", "HEAD", "POST", "OPTIONS"}


class Requests:
    """Middleware that counts; in the list only where METRICS_TOKEN is set."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        began = time.perf_counter()
        response = self.get_response(request)
        route = request.resolver_match.view_name if request.resolver_match else "none"
        method = request.method if request.method in METHODS else "other"
        REQUESTS.labels(method, route, response.status_code).inc()
        SECONDS.labels(route).observe(time.perf_counter() - began)
        return response


class Site(Collector):
    """What is asked of the database and of Valkey at the moment when Prometheus asks us."""

    def collect(self):
        ready = GaugeMetricFamily("site_ready", "1 where this part is well", labels=["part"])
        for name, check in readiness.CHECKS.items():
            ready.add_metric([name], int(readiness.look(check).well))
        yield ready
        yield from self.beats()
        now = timezone.now()
        waiting = Notice.objects.waiting(now).aggregate(count=Count("pk"), oldest=Min("due_at"))
        yield GaugeMetricFamily("outbox_due", "Mails that are due", value=waiting["count"])
        late = (now - waiting["oldest"]).total_seconds() if waiting["oldest"] else 0
        yield GaugeMetricFamily("outbox_age_seconds", "How long the oldest due mail has waited", value=late)
        letters = GaugeMetricFamily("letter_deliveries", "Rows of letters on their way", labels=["state"])
        rows = Delivery.objects.filter(issue__in=Issue.objects.under_way()).order_by().values_list("state")
        counts = dict(rows.annotate(count=Count("pk")))
        for state in Delivery.State.values:
            letters.add_metric([state], counts.get(state, 0))
        yield letters

    def beats(self):
        ages = GaugeMetricFamily("heartbeat_age_seconds", "Seconds since it was alive", labels=["of"])
        for name in ("beat", *(f"worker.{queue}" for queue in heartbeats.QUEUES)):
            age = heartbeats.age(name)
            if age is not None:
                ages.add_metric([name], age)
        yield ages


def exposed() -> bytes:
    registry = CollectorRegistry()
    if settings.METRICS_FOLDER:
        MultiProcessCollector(registry)
    else:
        registry.register(COUNTED)
    registry.register(Site())
    return generate_latest(registry)
