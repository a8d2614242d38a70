"""A decision at rest, and how a business rule task says which one it means."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from engine.ids import AgencyId, DecisionId, DeploymentId


class Binding(StrEnum):
    """Which version of a decision is meant; the words are those of `camunda:decisionRefBinding`."""

    LATEST = "latest"
    DEPLOYMENT = "deployment"
    VERSION = "version"
    VERSION_TAG = "versionTag"


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRef:
    """A decision as a drawing names it: by the id of the decision in its DMN file (`key`).

    `version` counts for the binding VERSION and `tag` for VERSION_TAG only.
    """

    key: str
    binding: Binding = Binding.LATEST
    version: int = 0
    tag: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDecision:
    """One version of a decision, as deployed: the whole DMN file that it stands in, byte for byte.

    `key` is the id of the decision (or decision service) in the file, `tag` its `camunda:versionTag`, `digest` the SHA-256
    of the file in hex.
    """

    id: DecisionId
    deployment: DeploymentId
    agency: AgencyId
    key: str
    version: int
    tag: str
    name: str
    digest: str
    resource: str
    source: bytes
    deployed_at: datetime
