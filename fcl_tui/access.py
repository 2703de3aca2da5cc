"""Which records are restricted. One function, asked by the screens and the command line alike."""

import csv
from dataclasses import dataclass
from pathlib import Path

from data.errors import DataError

LIST = "restricted.csv"
DEMO_LIST = "restricted-demo.csv"


@dataclass(frozen=True)
class Restricted:
    """The sealed records of a home: person id and why."""

    reasons: dict[str, str]

    def __contains__(self, person_id: object) -> bool:
        return person_id in self.reasons

    @property
    def person_ids(self) -> list[str]:
        """The ids, in the order of the file."""
        return list(self.reasons)


def restricted(home: Path, *, demo: bool = False) -> Restricted:
    """Read `restricted.csv` (columns `person_id`, `reason`); no file means none.

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
    return Restricted(
        {
            row["person_id"].strip(): (row.get("reason") or "").strip()
            for row in rows
            if row["person_id"].strip()
        }
    )
