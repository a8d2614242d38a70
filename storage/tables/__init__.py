"""The tables, one module an area. What a column means is said where its value is declared in `engine/`.

Moments are ISO 8601 texts in UTC (`engine.clock.as_text`), so they sort alike everywhere; JSON is kept as bytes, never as
jsonb, because its canonical form is hashed. What a database needs beside tables and indexes (history that refuses every
UPDATE and DELETE) is in the migration.
"""

from storage.tables.base import metadata
from storage.tables.cases import (
    candidates,
    definition_calls,
    definition_forms,
    definition_lanes,
    definitions,
    instances,
    user_tasks,
)
from storage.tables.files import files, instance_files, uploads
from storage.tables.history import history, personal_values
from storage.tables.office import agencies, holdings, persons, post_lanes, posts, sessions, units

__all__ = [
    "agencies",
    "candidates",
    "definition_calls",
    "definition_forms",
    "definition_lanes",
    "definitions",
    "files",
    "history",
    "holdings",
    "instance_files",
    "instances",
    "metadata",
    "personal_values",
    "persons",
    "post_lanes",
    "posts",
    "sessions",
    "units",
    "uploads",
    "user_tasks",
]
