"""Asks for one address over eight kept connections, in a process of its own, whose CPU is nobody's here.

One question a line on stdin, one answer a line on stdout, both JSON.
"""

import asyncio
import json
import sys
import time

CONNECTIONS = 8


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


async def run(question):
    """As many requests as `seconds` hold, at least 24; how long each took."""
    request, took, statuses, sizes = request_of(question), [], {}, set()
    began, until = time.perf_counter(), time.perf_counter() + question["seconds"]

    async def connection():
        reader, writer = await asyncio.open_connection("127.0.0.1", question["port"], limit=1 << 22)
        while time.perf_counter() < until or len(took) < 24:
            start = time.perf_counter()
            status, body, _ = await ask(reader, writer, request)
            took.append(time.perf_counter() - start)
            statuses[status] = statuses.get(status, 0) + 1
            sizes.add(len(body))
        writer.close()

    await asyncio.gather(*(connection() for _ in range(CONNECTIONS)))
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
