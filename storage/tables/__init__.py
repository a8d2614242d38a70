"""The tables, one module an area. What a column means is said where its value is declared in `engine/`.

Moments are ISO 8601 texts in UTC (`engine.clock.as_text`), so they sort alike everywhere; JSON is kept as bytes, never as
jsonb, because its canonical form is hashed. What a database needs beside tables and indexes (history that refuses every
UPDATE and DELETE) is in the migration.
"""

from storage.tables.accounts import known_browsers, password_resets, sessions, spent_tries
from storage.tables.base import metadata
from storage.tables.calendar import calendar_years, work_calendars
from storage.tables.cases import (
    candidates,
    case_titles,
    definition_calls,
    definition_forms,
    definition_lanes,
    definitions,
    instances,
    user_tasks,
)
from storage.tables.decisions import decision_deployments, decisions
from storage.tables.drafts import drafts
from storage.tables.files import files, instance_files, preview_pages, previews, uploads
from storage.tables.history import history, personal_values
from storage.tables.letters import letter_numbers, letter_rules, letter_sequences
from storage.tables.maps import maps
from storage.tables.office import agencies, holdings, persons, post_lanes, posts, units
from storage.tables.office_values import office_values
from storage.tables.waits import incidents, subscriptions, wait_lengths
from storage.tables.work import jobs, notices

__all__ = [
    "agencies",
    "calendar_years",
    "candidates",
    "case_titles",
    "decision_deployments",
    "decisions",
    "definition_calls",
    "definition_forms",
    "definition_lanes",
    "definitions",
    "drafts",
    "files",
    "history",
    "holdings",
    "incidents",
    "instance_files",
    "instances",
    "jobs",
    "known_browsers",
    "letter_numbers",
    "letter_rules",
    "letter_sequences",
    "maps",
    "metadata",
    "notices",
    "office_values",
    "password_resets",
    "personal_values",
    "persons",
    "post_lanes",
    "posts",
    "preview_pages",
    "previews",
    "sessions",
    "spent_tries",
    "subscriptions",
    "units",
    "uploads",
    "user_tasks",
    "wait_lengths",
    "work_calendars",
]
