"""A mail relay that takes all it is given and counts it: a process of its own, whose CPU is nobody's here."""

import contextlib
import multiprocessing
import socket


def _serve(listener, counts):
    """Lines are cut by hand: a sink that is slower than what it measures would measure itself."""
    while True:
        line, _ = listener.accept()
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with contextlib.suppress(ConnectionError), line:
            _talk(line, counts)


def _talk(line, counts):
    line.sendall(b"220 sink\r\n")
    kept = b""
    while True:
        kept += _more(line)
        while (end := kept.find(b"\r\n")) >= 0:
            command, kept = kept[:end].upper(), kept[end + 2 :]
            if command.startswith(b"EHLO"):
                line.sendall(b"250-sink\r\n250-PIPELINING\r\n250 SIZE 10000000\r\n")
            elif command == b"DATA":
                line.sendall(b"354 go on\r\n")
                kept = _mail(line, kept, counts)
                line.sendall(b"250 taken\r\n")
            elif command == b"QUIT":
                line.sendall(b"221 bye\r\n")
                return
            else:
                line.sendall(b"250 ok\r\n")


def _more(line):
    data = line.recv(1 << 18)
    if not data:
        raise ConnectionResetError
    return data


def _mail(line, kept, counts):
    """Up to the dot on a line of its own; answers what came after it."""
    pieces, tail = [kept], kept[-4:]
    while b"\r\n.\r\n" not in (tail if len(pieces) > 1 else kept):
        piece = _more(line)
        tail = (pieces[-1][-4:] + piece)[-(len(piece) + 4) :]
        pieces.append(piece)
    mail, _, rest = b"".join(pieces).partition(b"\r\n.\r\n")
    with counts.get_lock():
        counts[0] += 1
        counts[1] += len(mail)
    return rest


@contextlib.contextmanager
def listening():
    """(port, counts): mails taken and their bytes."""
    listener = socket.create_server(("127.0.0.1", 0))
    forked = multiprocessing.get_context("fork")
    counts = forked.Array("q", 2)
    process = forked.Process(target=_serve, args=(listener, counts), daemon=True)
    process.start()
    try:
        yield listener.getsockname()[1], counts
    finally:
        process.terminate()
        process.join()
        listener.close()
