"""Asks for one address over eight kept connections, in a process of its own, whose CPU is nobody's here.

One question a line on stdin, one answer a line on stdout, both JSON. With `drafts` each connection is a page that saves
what is typed into it, as its script does: other words each time, on top of what it was told was saved last.
"""

import asyncio
import json
import sys
import time
from urllib.parse import urlencode

CONNECTIONS = 8
TOKEN = "0123456789abcdef" * 2  # the form's, and its cookie's
WORDS = "A call to the other desk, then a form that asked for the same letter, and nobody who had read the first. " * 4
EDIT_NUMBERS = {}  # of each draft, as its page was told when it was saved


async def ask(reader, writer, request):
    """(status, bytes of the body, ETag)."""
    writer.write(request)
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    status, _, lines = head.partition("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines.split("\r\n"))}
    status = int(status.split()[1])
    if headers.get("transfer-encoding") == "chunked":
        raise SystemExit("an answer without a length")
    length = 0 if status == 304 else int(headers.get("content-length", 0))
    body = await reader.readexactly(length)
    return status, body, headers


def request_of(question):
    lines = [f"GET {question['path']} HTTP/1.1", f"Host: {question['host']}"]
    lines += [f"{name}: {value}" for name, value in question.get("headers", {}).items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def saved(draft):
    """(path, headers, body) of a draft that saves itself, with other words than the last time."""
    number = EDIT_NUMBERS.setdefault(draft["slug"], draft["edit_number"])
    headers = {
        "Cookie": f"csrftoken={TOKEN}; sessionid={draft['session']}",
        "X-CSRFToken": TOKEN,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    body = urlencode({"edit_number": number, "tried": f"{WORDS}{number}"})
    return f"/stories/{draft['slug']}/autosave/tried/", headers, body


def save_told(draft, answer):
    EDIT_NUMBERS[draft["slug"]] = json.loads(answer)["fields"]["edit_number"]


def save_of(question, draft):
    path, headers, body = saved(draft)
    lines = [f"POST {path} HTTP/1.1", f"Host: {question['host']}", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


async def run(question):
    """As many requests as `seconds` hold, at least 24; how long each took."""
    took, statuses, sizes = [], {}, set()
    began, until = time.perf_counter(), time.perf_counter() + question["seconds"]

    async def connection(draft):
        reader, writer = await asyncio.open_connection("127.0.0.1", question["port"], limit=1 << 22)
        while time.perf_counter() < until or len(took) < 24:
            request = save_of(question, draft) if draft else request_of(question)
            start = time.perf_counter()
            status, body, _ = await ask(reader, writer, request)
            took.append(time.perf_counter() - start)
            if draft and status == 200:
                save_told(draft, body)
            statuses[status] = statuses.get(status, 0) + 1
            sizes.add(len(body))
        writer.close()

    drafts = question.get("drafts") or [None] * CONNECTIONS
    await asyncio.gather(*(connection(draft) for draft in drafts))
    return {"took": took, "statuses": statuses, "seconds": time.perf_counter() - began, "size": max(sizes)}


async def once(question):
    reader, writer = await asyncio.open_connection("127.0.0.1", question["port"], limit=1 << 22)
    status, body, headers = await ask(reader, writer, request_of(question))
    writer.close()
    return {"status": status, "headers": headers, "body": body.decode("utf-8", "replace")}


def main():
    for line in sys.stdin:
        question = json.loads(line)
        answer = asyncio.run(run(question) if "seconds" in question else once(question))
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
