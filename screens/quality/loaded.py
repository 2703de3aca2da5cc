"""One audit as its form shows it, and what its reader may do with it now."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from data.dataclass import dataclass
from fcl_tui.quality.form import Draft
from fcl_tui.quality.states import ASSIGNED, AUDITOR, HEAD, IN_PROGRESS, POD_MANAGER, REOPENED, SUBMITTED

if TYPE_CHECKING:
    from fcl_tui.access.quality.cases import Case, Said


@dataclass(frozen=True)
class Loaded:
    """One audit as it is shown."""

    case: Case
    draft: Draft
    history: list[Said] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    waiting: list[str] = field(default_factory=list)
    """the audits that wait for the reader to moderate, in their order"""

    @property
    def writes(self) -> bool:
        """Whether the reader writes this audit now."""
        return writes(self.case)

    @property
    def moderates(self) -> bool:
        """Whether the reader moderates this audit now."""
        waits = self.case.row["to_confirm"]
        return POD_MANAGER in self.case.parts and self.case.state in (SUBMITTED, REOPENED) and not waits

    @property
    def confirms(self) -> bool:
        """Whether the reader, the head of service, confirms an Inadequate now."""
        return HEAD in self.case.parts and self.case.state == SUBMITTED and bool(self.case.row["to_confirm"])


def writes(case: Case) -> bool:
    """Whether the reader is its auditor, and it is being written."""
    return AUDITOR in case.parts and case.state in (ASSIGNED, IN_PROGRESS)
