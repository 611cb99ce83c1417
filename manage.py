#!/usr/bin/env python
"""Django's command line. `EMBEDDED=1 python manage.py shell` talks to a running `make run`."""

import os
import sys

# These ask no server and hold no secret: they run without the settings that a site must have.
ALONE = {"check_text", "bench_check_text", "build_words", "train_tagger"}

if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in ALONE and "DATABASE_URL" not in os.environ:
        os.environ.setdefault("EMBEDDED", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "systemschange.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"{error}")
