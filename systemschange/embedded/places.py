"""Where the embedded servers listen: short private folders, so that long paths and ports never clash."""

import hashlib
import os
import tempfile
from pathlib import Path

# A unix socket's path holds 107 bytes on Linux and 103 on macOS; "/postgres/.s.PGSQL.5432" is the longest name in it.
LONGEST_FOLDER = 80
SHORT_TEMP = Path("/", "tmp")  # for systems whose own temp folder is deep; `make_private` guards what is made in it


def sockets(state: Path) -> Path:
    """The folder of this state's sockets: the same for everybody who asks with the same state, user and temp folder."""
    short = hashlib.sha256(os.fsencode(Path(state).resolve())).hexdigest()[:12]
    name = f"systemschange-{os.getuid()}-{short}"
    folder = Path(tempfile.gettempdir()) / name
    return folder if len(os.fsencode(folder)) <= LONGEST_FOLDER else SHORT_TEMP / name


def make_private(folder: Path) -> Path:
    """Make the folder, or refuse it if somebody else could have: the temp folder is open to every user.

    As root others may pass through it: PostgreSQL runs as nobody and keeps its socket in a folder of its own inside.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    if folder.is_symlink() or found.st_uid != os.getuid() or found.st_mode & 0o022:
        raise PermissionError(f"{folder} belongs to somebody else, or others can write in it: remove it first.")
    folder.chmod(0o711 if os.getuid() == 0 else 0o700)
    return folder


def folder(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    return path


def database_url(folder: Path, name: str) -> str:
    """As django-environ reads a socket: its folder is the beginning of the path."""
    return f"postgres://systemschange@/{folder / 'postgres' / name}"


def redis_url(folder: Path) -> str:
    return f"unix://{folder / 'valkey.sock'}"


def kept_secret(path: Path, new: str) -> str:
    """The secret in this file, readable by its owner only. The first to ask makes it `new`, even if two ask at once."""
    if not path.exists():
        descriptor, draft = tempfile.mkstemp(dir=folder(path.parent), prefix=path.name)
        with os.fdopen(descriptor, "w") as file:
            file.write(new + "\n")
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            os.unlink(draft)
    return path.read_text().strip()
