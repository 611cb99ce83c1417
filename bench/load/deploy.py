"""A new version goes out while people read and write: the steps of docs/operations.md, behind the proxy of `deploy/`.

The socket is held here, as systemd holds it, and the web server, the worker and beat are asked to end as `systemctl
restart` asks them. Nobody may be refused, and nothing that an editor was told was saved may be missing.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import time

from bench.load.site import PATIENCE, ROOT, WEB, Site

RATE, EDITORS, EVERY = 10, 20, 3
TIMES = 3
PARTS = ("web", "worker", "beat")
# The socket as number three, and told to this very process: gunicorn leaves only such a one where it is when it ends.
AS_SYSTEMD = """import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS="1")
os.execv(sys.executable, [sys.executable, "-m", *sys.argv[2:]])"""
STEPS = (["migrate", "--noinput"], ["collectstatic", "--noinput"])


class Deployed(Site):
    """Its web server's socket outlives it; where nginx is installed, it stands in front, with `deploy/nginx.conf`."""

    def __init__(self, mail_port):
        super().__init__(mail_port)
        self.proxied = shutil.which("nginx")
        where = str(self.folder / "web.sock") if self.proxied else ("127.0.0.1", self.port)
        self.socket = socket.socket(socket.AF_UNIX if self.proxied else socket.AF_INET)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(where)
        self.socket.listen(1024)
        self.passed = [self.socket.fileno()]
        self.commands["web"] = ["-c", AS_SYSTEMD, str(self.socket.fileno()), *WEB, "systemschange.wsgi"]

    def __enter__(self):
        if self.proxied:
            (self.folder / "nginx.conf").write_text(self.proxy())
            command = [self.proxied, "-c", str(self.folder / "nginx.conf"), "-e", str(self.folder / "nginx.log")]
            self.processes["proxy"] = subprocess.Popen(command)
        return super().__enter__()

    def __exit__(self, *told):
        super().__exit__(*told)
        if self.proxied:
            self.processes["proxy"].terminate()
            self.processes["proxy"].wait(PATIENCE)
        self.socket.close()

    def proxy(self):
        """Of the example what stands between a reader and the site, without TLS and names."""
        example = (ROOT / "deploy" / "nginx.conf").read_text()
        upstream = re.search(r"^upstream .*?^}", example, re.MULTILINE | re.DOTALL)[0]
        location = re.findall(r"^    location / \{.*?^    }", example, re.MULTILINE | re.DOTALL)[-1]
        return f"""
            {"user root;" if os.geteuid() == 0 else ""} daemon off; worker_processes 1; pid {self.folder}/nginx.pid;
            error_log {self.folder}/nginx.log; events {{ worker_connections 1024; }}
            http {{ access_log off; client_body_temp_path {self.folder}; proxy_temp_path {self.folder};
            fastcgi_temp_path {self.folder}; uwsgi_temp_path {self.folder}; scgi_temp_path {self.folder};
            {upstream.replace("/run/systemschange.sock", str(self.folder / "web.sock"))}
            server {{ listen 127.0.0.1:{self.port}; keepalive_timeout 30s;
            {location} }} }}
        """

    def deploy(self):
        """Seconds for which the socket held requests that nobody answered yet."""
        for step in STEPS:
            command = [sys.executable, "manage.py", *step]
            subprocess.run(command, cwd=ROOT, env=self.environment, check=True, stdout=subprocess.DEVNULL)
        began = time.monotonic()
        for name in PARTS:
            self.processes[name].terminate()
        for name in PARTS:
            self.processes[name].wait(PATIENCE)
            self.start(name)
        self.wait()
        return time.monotonic() - began
