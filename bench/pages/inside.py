"""Asks the site itself, without a server before it, as the budgets were measured: what is told is the CPU of the one
process that answers. PostgreSQL's is not in it, nor that of reading and writing HTTP.

One question a line on stdin, one answer a line on stdout, both JSON, as `bench.pages.client`.
"""

import gc
import json
import sys
import time
from io import BytesIO
from itertools import cycle
from urllib.parse import unquote, urlsplit

from bench.pages.client import save_told, saved


def environ(method, path, headers, body=b""):
    """What a server would hand to the site."""
    found = urlsplit(path)
    given = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
    return {
        **given,
        "REQUEST_METHOD": method,
        "PATH_INFO": unquote(found.path, "latin-1"),
        "QUERY_STRING": found.query,
        "CONTENT_TYPE": headers.get("Content-Type", ""),
        "CONTENT_LENGTH": str(len(body)),
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.input": BytesIO(body),
        "wsgi.url_scheme": "http",
    }


def ask(application, given):
    """(status, body)."""
    begun = []
    answer = application(given, lambda status, headers, failed=None: begun.append(status))
    body = b"".join(answer)
    answer.close()
    return int(begun[0].split()[0]), body


def run(application, question):
    """As many requests as `seconds` hold, at least 24."""
    host = {"Host": question["host"]}
    drafts = cycle(question["drafts"]) if question.get("drafts") else None
    count, statuses = 0, {}
    until, used = time.perf_counter() + question["seconds"], 0
    while time.perf_counter() < until or count < 24:
        draft = next(drafts) if drafts else None
        if draft:
            path, headers, body = saved(draft)
            given = environ("POST", path, host | headers, body.encode())
        else:
            given = environ("GET", question["path"], host | question.get("headers", {}))
        began = time.process_time()
        status, body = ask(application, given)
        used += time.process_time() - began
        if draft and status == 200:
            save_told(draft, body)
        statuses[status] = statuses.get(status, 0) + 1
        count += 1
    return {"count": count, "cpu": used / count, "statuses": statuses}


def main():
    from bench.pages.wsgi import application

    # As `deploy/gunicorn.conf.py` does: else a search through all that is loaded falls upon some page now and then.
    gc.collect()
    gc.freeze()
    for line in sys.stdin:
        print(json.dumps(run(application, json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
