"""What the command line says to its user."""

from __future__ import annotations

import sys


def say(text: str = "") -> None:
    """Write a line for the user."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def complain(text: str) -> None:
    """Write a line about what went wrong."""
    sys.stderr.write(f"{text}\n")
