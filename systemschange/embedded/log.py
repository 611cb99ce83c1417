"""One readable log of many processes: each line begins with the name of who said it."""

import os
import selectors

WIDTH = 8


class Log:
    """Reads the children's output without threads, so that starting another child is always safe."""

    def __init__(self):
        self.selector = selectors.DefaultSelector()
        self.said = {}

    def follow(self, name: str, stream) -> None:
        os.set_blocking(stream.fileno(), False)
        self.selector.register(stream, selectors.EVENT_READ, (name, bytearray()))
        self.said.setdefault(name, "")

    def pump(self, patience: float = 0) -> None:
        """Print what has been said by now, waiting at most `patience` seconds for the first word."""
        if not self.selector.get_map():
            return
        for key, _ in self.selector.select(patience):
            name, unfinished = key.data
            heard = os.read(key.fd, 65536)
            unfinished += heard
            *lines, rest = unfinished.split(b"\n")
            if not heard:
                self.selector.unregister(key.fileobj)
                key.fileobj.close()
                lines, rest = ([bytes(rest)] if rest else []), b""
            unfinished[:] = rest
            for line in lines:
                self.line(name, line.decode(errors="replace"))

    def line(self, name: str, text: str) -> None:
        """One line of a child. What the mail backend says in web or worker stands under a name of its own."""
        if text.startswith("mail to "):
            name = "mail"
        self.said[name] = (self.said.get(name, "") + text + "\n")[-4000:]
        say(f"{name:<{WIDTH}} | {text}")


def say(text: str) -> None:
    print(text, flush=True)
