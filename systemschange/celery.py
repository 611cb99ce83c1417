"""Background work: tasks live in each room's `tasks.py`, their hours in CELERY_BEAT_SCHEDULE in the settings."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "systemschange.settings")

app = Celery("systemschange")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    {
        "timezone": "UTC",
        "task_ignore_result": True,
        # A task is taken off the queue before it runs: the database, not the queue, knows what was sent.
        "task_acks_late": False,
        "worker_prefetch_multiplier": 1,
        "broker_connection_retry_on_startup": True,
        # A web request that queues a task must not hang while Valkey is away.
        "broker_transport_options": {
            "socket_connect_timeout": 3,
            "socket_timeout": 10,
            "visibility_timeout": 3600,
            "max_retries": 1,
            "interval_start": 0,
            "interval_step": 0,
        },
        "task_publish_retry_policy": {"max_retries": 1},
        "beat_scheduler": "systemschange.beat:OneOfMany",
        "worker_hijack_root_logger": False,
        "worker_redirect_stdouts": False,
    }
)
app.autodiscover_tasks()
app.autodiscover_tasks(["systemschange.operations"], related_name="heartbeats")
