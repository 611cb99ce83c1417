"""A Postfix of the test's own: on a port of loopback, with its own configuration and queue, into one Maildir.

    with Postfix() as relay:          # relay.port
        ... send ...
        relay.wait_for(2)             # the mails, as `email.message.EmailMessage`s

The machine's own Postfix, its configuration and its queue are neither read nor touched. Its master wants to be root;
elsewhere `sudo` without a password will do.
"""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from email import message_from_bytes, policy
from pathlib import Path

MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
myhostname = mail.example.org
mydestination =
local_recipient_maps =
alias_maps =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, reject
recipient_delimiter =
virtual_mailbox_domains = example.org
virtual_mailbox_base = {folder}/mail
virtual_mailbox_maps = static:box/
virtual_minimum_uid = 1
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
default_transport = error:this Postfix reaches nobody else
"""
MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
proxymap unix - - n - - proxymap
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
error unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
"""
PATIENCE = 20


def command():
    """How to call Postfix as root, or None where it cannot be."""
    found = shutil.which("postfix", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if not found or os.getuid() == 0:
        return found and [found]
    sudo = shutil.which("sudo")
    allowed = sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0
    return [sudo, "-n", found] if allowed else None


class Postfix:
    """Started, and gone with everything it had at the end."""

    def __enter__(self):
        # Not below pytest's own folder, which its daemons may not enter.
        self.folder = Path(tempfile.mkdtemp(prefix="sc-postfix-"))
        self.folder.chmod(0o755)
        with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as free:
            self.port = free.getsockname()[1]
        self._configure()
        try:
            self._call("start")
        except RuntimeError:
            self._remove()
            raise
        return self

    def __exit__(self, *_):
        try:
            self._call("stop")
        finally:
            self._remove()

    def wait_for(self, count):
        """So many mails as they lie in the mailbox, in the order in which they came."""
        until = time.monotonic() + PATIENCE
        while (
            len(found := sorted(self.folder.glob("mail/box/new/*"), key=lambda path: path.stat().st_mtime_ns)) < count
        ):
            if time.monotonic() > until:
                raise AssertionError(f"{len(found)} of {count} mails came:\n{self.said}")
            time.sleep(0.05)
        return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in found]

    @property
    def said(self):
        log = self.folder / "log"
        return log.read_text() if log.exists() else ""

    def _configure(self):
        # Its deliveries never run as root.
        owner = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
        values = {"folder": self.folder, "port": self.port, "uid": owner.pw_uid, "gid": owner.pw_gid}
        for name in ("etc", "queue", "data", "mail"):
            (self.folder / name).mkdir()
        (self.folder / "etc" / "main.cf").write_text(MAIN.format(**values))
        (self.folder / "etc" / "master.cf").write_text(MASTER.format(**values))
        os.chown(self.folder / "mail", owner.pw_uid, owner.pw_gid)
        self._as_root("chown", "postfix", str(self.folder / "data"))

    def _call(self, verb):
        *root, postfix = command()
        done = subprocess.run(
            [*root, postfix, "-c", self.folder / "etc", verb], capture_output=True, text=True, check=False, timeout=60
        )
        if done.returncode:
            raise RuntimeError(f"postfix {verb} failed:\n{done.stdout}\n{done.stderr}\n{self.said}")

    def _as_root(self, *words):
        *root, _ = command()
        subprocess.run([*root, *words], check=True, capture_output=True)

    def _remove(self):
        self._as_root("rm", "-rf", str(self.folder))
