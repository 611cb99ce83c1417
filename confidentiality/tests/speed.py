"""Seconds that mean the same on a slow machine: what grows with the square of a text takes a hundred times as long."""

import time

COUNTING = 0.06  # seconds of CPU that counting to three million takes where the limits were set


def allowed(seconds):
    """So many seconds of CPU; on a machine that is slower at this moment as many more. Shared ones slow down for
    minutes."""
    begun = time.process_time()
    for _ in range(3_000_000):
        pass
    return seconds * max(1, (time.process_time() - begun) / COUNTING)
