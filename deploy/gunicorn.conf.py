"""How gunicorn runs the site: `gunicorn --config deploy/gunicorn.conf.py systemschange.wsgi`.

SIGTERM lets every request that has begun end, for up to `graceful_timeout`; with the socket in systemd's hands (or
nginx waiting for it) nobody is refused while a new version starts.
"""

import gc
import os
from pathlib import Path

from gunicorn.glogging import Logger as GunicornLogger

preload_app = True  # the word lists are loaded once, and a version that cannot start never takes over
threads = 4
timeout = 60
graceful_timeout = 30
keepalive = 5
# What leaks, leaks for a while only; the spread keeps workers from going at the same moment.
max_requests, max_requests_jitter = 5000, 500
control_socket_disable = True
# The proxy is asked for addresses by the site itself (TRUSTED_PROXY_COUNT); gunicorn believes none, and over a socket
# too nobody says where the site lies.
forwarded_allow_ips = ""
forwarder_headers = ""
if Path("/dev/shm").is_dir():  # noqa: S108  memory: a worker's sign of life must not wait for a disk
    worker_tmp_dir = "/dev/shm"  # noqa: S108


class Logger(GunicornLogger):
    """Its words in the site's own form: with JSON, and without the address of a request that failed."""

    def setup(self, cfg):
        super().setup(cfg)
        if os.environ.get("LOG_FORMAT", "json") == "json":
            from systemschange.operations.logs import Json

            for handler in self.error_log.handlers:
                handler.setFormatter(Json())


logger_class = Logger


def on_starting(server):
    """Counts of processes from before are nobody's."""
    if folder := os.environ.get("METRICS_FOLDER"):
        Path(folder).mkdir(mode=0o700, parents=True, exist_ok=True)
        for path in Path(folder).glob("*.db"):
            path.unlink()


def when_ready(server):
    """What is loaded stays: workers that look for rubbish in it would each get a copy of what they share."""
    gc.collect()
    gc.freeze()


def child_exit(server, worker):
    if os.environ.get("METRICS_TOKEN") and os.environ.get("METRICS_FOLDER"):
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(worker.pid, path=os.environ["METRICS_FOLDER"])
