"""The test settings for processes of their own that share a test's database: with kept pages and all."""

import os

from systemschange.tests.settings import *  # noqa: F403

KEPT_PAGES = int(os.environ["KEPT_PAGES"])
