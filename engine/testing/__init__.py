"""What tests need in place of a database, a machine's clock and chance; shipped, so that users test as we do.

`MemoryStore` is a real implementation of the port, kept in step with `storage.store.SqlStore` by one contract suite
(`tests/storage/test_store_contract.py`). It keeps nothing when the process ends.
"""

from engine.testing.clock import FixedClock, predictable_ids
from engine.testing.examples import example_actor, example_office, example_post
from engine.testing.jobs import MemoryJobs
from engine.testing.store import MemoryStore

__all__ = [
    "FixedClock",
    "MemoryJobs",
    "MemoryStore",
    "example_actor",
    "example_office",
    "example_post",
    "predictable_ids",
]
