#!/usr/bin/env python3
"""The slice of judge.py that `make test` runs: a handful of packages."""

import sys

from judge import main

if __name__ == "__main__":
    sys.exit(main())
