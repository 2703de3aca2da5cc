"""Which records are restricted, who keeps each and who may open it: `restricted.csv` in the home."""

import csv
import io
import re
from dataclasses import dataclass, field
from pathlib import Path

from data.errors import DataError

LIST = "restricted.csv"
DEMO_LIST = "restricted-demo.csv"
COLUMNS = ("person_id", "reason", "owner", "may_open")


@dataclass(frozen=True)
class Seal:
    """One restricted record."""

    reason: str = ""
    owner: str = ""
    """The user who answers for it and hears when somebody breaks glass"""
    may_open: tuple[str, ...] = ()
    """Users to whom it is open; the owner too"""

    def open_to(self, user: str) -> bool:
        """Whether the user is one of the named people."""
        return user != "" and (user == self.owner or user in self.may_open)


@dataclass(frozen=True)
class Restricted:
    """The sealed records of a home: person id and why, and by whom they may be opened."""

    reasons: dict[str, str]
    seals: dict[str, Seal] = field(default_factory=dict)

    def __contains__(self, person_id: object) -> bool:
        return person_id in self.reasons

    @property
    def person_ids(self) -> list[str]:
        """The ids, in the order of the file."""
        return list(self.reasons)


def restricted(home: Path, *, demo: bool = False) -> Restricted:
    """Read `restricted.csv` (columns `person_id`, `reason`, `owner`, `may_open`); no file means none.

    The demo authority has a list of its own, so that its numbers never seal a real child's record.

    Raises:
        DataError: the file is there but cannot be understood. A list that protects children is never
            taken as empty because of a slip in it.
    """
    path = home / (DEMO_LIST if demo else LIST)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
            headings = rows[0].keys() if rows else ()
    except (FileNotFoundError, NotADirectoryError):
        return Restricted({})
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataError(
            f"The list of restricted records {path} cannot be read ({error}). Mend it first."
        ) from error
    if rows and "person_id" not in headings:
        raise DataError(f"The list of restricted records {path} has no column person_id. Mend it first.")
    seals = {
        row["person_id"].strip(): Seal(
            (row.get("reason") or "").strip(),
            (row.get("owner") or "").strip(),
            tuple(one for one in re.split(r"[\s;]+", row.get("may_open") or "") if one),
        )
        for row in rows
        if row["person_id"].strip()
    }
    return Restricted({person: seal.reason for person, seal in seals.items()}, seals)


def write(home: Path, seals: dict[str, Seal], *, demo: bool = False) -> None:
    """Put a list in force, all or nothing."""
    from fcl_tui.access.roster import replace_file

    out = io.StringIO(newline="")
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(COLUMNS)
    for person, seal in seals.items():
        rows.writerow((person, seal.reason, seal.owner, " ".join(seal.may_open)))
    replace_file(home / (DEMO_LIST if demo else LIST), out.getvalue())
