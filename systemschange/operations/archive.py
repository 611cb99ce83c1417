"""The file that a backup is: a tar stream, encrypted as age does it, so that the server itself cannot read it back.

Nothing lies on a disk unencrypted, and nothing is ever whole in memory: large things go in pieces, and the list of all
pieces with their checksums (`manifest.json`) comes last.
"""

import contextlib
import hashlib
import io
import json
import os
import tarfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pyrage

PIECE = 16 * 1024 * 1024
MANIFEST = "manifest.json"


class Broken(Exception):
    """A backup that cannot be used, with why."""


class Writer:
    """Adds things to an archive; `manifest` holds what else is to be known about it."""

    def __init__(self, stream: BinaryIO):
        self.tar = tarfile.open(fileobj=stream, mode="w|")  # noqa: SIM115  closed in `close`
        self.sums = {}
        self.manifest = {}

    def add(self, name: str, content: BinaryIO) -> None:
        """Everything that can be read from `content`, as pieces `name/0`, `name/1` ..."""
        number = 0
        while (piece := read_fully(content, PIECE)) or not number:
            self._add(f"{name}/{number}", piece)
            number += 1

    def _add(self, name: str, data: bytes) -> None:
        self.sums[name] = hashlib.sha256(data).hexdigest()
        self._put(name, data)

    def _put(self, name: str, data: bytes) -> None:
        about = tarfile.TarInfo(name)
        about.size, about.mode = len(data), 0o600
        self.tar.addfile(about, io.BytesIO(data))

    def abandon(self) -> None:
        """Nothing more is written, also not when this is thrown away."""
        self.tar.fileobj.closed = True

    def close(self) -> None:
        self._put(MANIFEST, json.dumps({**self.manifest, "sums": self.sums}, indent=1).encode())
        self.tar.close()


def read_fully(stream: BinaryIO, size: int) -> bytes:
    """So many bytes, or what is left: a pipe gives them in crumbs."""
    crumbs = []
    while size and (crumb := stream.read(size)):
        crumbs.append(crumb)
        size -= len(crumb)
    return b"".join(crumbs)


@contextlib.contextmanager
def writing(path: Path, recipients: list[str]) -> Iterator[Writer]:
    """An archive for whoever holds the keys of these recipients; it gets its name when it is complete."""
    keys = [pyrage.x25519.Recipient.from_str(one) for one in recipients]
    draft = path.with_name(path.name + ".part")
    reading, writing = os.pipe()
    failed = []
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        thread = threading.Thread(target=_pass, args=(pyrage.encrypt_io, os.fdopen(reading, "rb"), file, keys, failed))
        thread.start()
        try:
            with os.fdopen(writing, "wb") as stream:
                writer = Writer(stream)
                try:
                    yield writer
                    writer.close()
                except BaseException:
                    writer.abandon()
                    raise
        except BaseException:
            thread.join()
            draft.unlink()
            raise
        thread.join()
        file.flush()
        os.fsync(file.fileno())
    if failed:
        draft.unlink()
        raise failed[0]
    draft.rename(path)


def _pass(work, source, target, keys, failed):
    """Encrypt or decrypt in a thread of its own, and hang up at the end so that the other side notices."""
    try:
        work(source, target, keys)
    except Exception as error:
        failed.append(error)
    finally:
        source.close()


def pieces(path: Path, identities: list) -> Iterator[tuple[str, bytes]]:
    """Each piece's name and bytes in order, the manifest last. Raises Broken where it cannot be read to the end."""
    reading, writing = os.pipe()
    failed = []

    def decrypt():
        with os.fdopen(writing, "wb") as target:
            _pass(pyrage.decrypt_io, path.open("rb"), target, identities, failed)

    thread = threading.Thread(target=decrypt)
    thread.start()
    stream = os.fdopen(reading, "rb")
    try:
        with tarfile.open(fileobj=stream, mode="r|") as tar:
            for about in tar:
                yield about.name, tar.extractfile(about).read()
    except tarfile.TarError as error:
        stream.close()
        thread.join()
        raise Broken(_why(failed)) from error
    finally:
        stream.close()
        thread.join()
    if failed and not isinstance(failed[0], BrokenPipeError):
        raise Broken(_why(failed))


def _why(failed) -> str:
    if failed and isinstance(failed[0], pyrage.DecryptError):
        return "it cannot be decrypted: it was made for another key, or it was changed"
    return "it ends too early: it was not copied whole"


def verify(path: Path, identities: list) -> dict:
    """The manifest of an archive of which every piece is there as it was written."""
    found, manifest = {}, None
    for name, data in pieces(path, identities):
        if name == MANIFEST:
            manifest = json.loads(data)
        else:
            found[name] = hashlib.sha256(data).hexdigest()
    if manifest is None:
        raise Broken("it ends too early: it was not copied whole")
    if found != manifest["sums"]:
        raise Broken("some of it is not as it was written")
    return manifest


def whole(path: Path, identities: list, folder: str) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Each thing below a folder of the archive, with its pieces; take them before you ask for the next."""
    name, waiting = None, []
    for piece, data in pieces(path, identities):
        thing = piece.rpartition("/")[0]
        if thing != name:
            if waiting:
                yield name, waiting
            name, waiting = thing, []
        if piece.startswith(f"{folder}/"):
            waiting.append(data)
    if waiting:
        yield name, waiting


def read_identities(path: Path) -> list:
    """The secret keys of a file as age-keygen or `manage.py backup --new-key` writes it."""
    lines = [line.strip() for line in path.read_text().splitlines()]
    found = [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    if not found:
        raise Broken(f"{path} holds no secret key")
    return found
