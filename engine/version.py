"""A version of a process by its number and tag, without what it is made of: for finding the one that a call means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from typing_extensions import override

from engine.decision.stored import Binding

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from engine.call_ref import CallRef
    from engine.ids import DefinitionId
    from engine.process import Process


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One deployed version of a process; `tag` is its version tag, '' for none."""

    id: DefinitionId
    version: int
    tag: str = ""

    @override
    def __str__(self) -> str:
        """Give number and tag, as a list of versions shows them: `3 (musrenbang-2026)`."""
        return f"{self.version} ({self.tag})" if self.tag else str(self.version)


def find_called(call: CallRef, versions: Iterable[Version]) -> Version | None:
    """Give the version that a call means, of those of its process, the newest first; None when none of them is meant."""
    fits = {
        Binding.LATEST: lambda _version: True,
        Binding.DEPLOYMENT: lambda _version: False,
        Binding.VERSION: lambda version: version.version == call.version,
        Binding.VERSION_TAG: lambda version: bool(call.tag) and version.tag == call.tag,
    }
    return next(filter(fits[call.binding], versions), None)


def means_brought(call: CallRef, brought: Process | None, versions: Sequence[Version]) -> bool:
    """Tell whether a call means what comes in the same package, if that becomes a new version behind those there are."""
    if brought is None:
        return False
    if call.binding is Binding.VERSION:
        return call.version == next_version(versions)
    return call.binding is not Binding.VERSION_TAG or (bool(call.tag) and brought.tag == call.tag)


def next_version(versions: Sequence[Version]) -> int:
    """Give the number of a new version."""
    return versions[0].version + 1 if versions else 1
