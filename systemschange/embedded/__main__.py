"""`make run`: everything in the foreground."""

import sys

from systemschange.embedded.supervisor import main

if __name__ == "__main__":
    sys.exit(main())
