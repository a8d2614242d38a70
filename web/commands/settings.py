"""The settings of this call of the command line."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from web.config import read_settings

if TYPE_CHECKING:
    from web.config import Settings


def settings_here() -> Settings:
    """Read the settings of the environment. Raises InvalidSettings."""
    return read_settings(os.environ)
