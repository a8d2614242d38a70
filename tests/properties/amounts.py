"""How many random examples a property is tried on: few in `make test`, as many as one likes in `make fuzz`."""

from __future__ import annotations

import os

from hypothesis import settings


def examples(number: int) -> settings:
    """Try so many examples, or ALUR_FUZZ_EXAMPLES (then with seeds of its own) where it is set."""
    wanted = os.environ.get("ALUR_FUZZ_EXAMPLES")
    if wanted is None:
        return settings(max_examples=number)
    return settings(max_examples=int(wanted), derandomize=False)
