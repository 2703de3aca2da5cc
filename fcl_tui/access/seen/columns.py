"""What each column tells about a child: what stays when a record is restricted, and what goes.

The fields of the standard are listed in `ssd_fields`; the columns of the frames made at load are declared
beside the functions that make them. A column that neither names goes (`class_of`), and a test names it, so
that nothing new is shown because nobody thought of it.
"""

from functools import cache

from data.issues import model as issues
from data.schema import tables
from data.schema.fields import Access, Field, names_of
from fcl_tui.access.seen import ssd_fields
from fcl_tui.access.seen.visible import View
from fcl_tui.prepared import figures, find_index, prepare

NUMBER = "person_id"

_FRAMES: dict[str, tuple[Field, ...]] = prepare.FIELDS | {"issues": issues.FIELDS}

PREPARED = tuple(name for name, fields in _FRAMES.items() if NUMBER in names_of(fields))
"""Frames made at load, by person_id."""

NO_CHILD = frozenset({"professionals", "department", "version_log", "coverage", *_FRAMES} - {*PREPARED})
"""Frames that hold no child: everybody who may come in reads them whole."""

OF_ALL = frozenset({figures.NAME})
"""Frames that hold no child and add up all of them: only for who sees all children as they are."""


INDEX = frozenset(find_index.FIELDS)
"""Where names are looked for: for who sees all children but some closed records (see `access.seen.search`)"""


def withheld(view: View) -> frozenset[str]:
    """The frames that a reader who sees this may not have."""
    if view.whole:
        return frozenset()
    return OF_ALL if view.visible is None else OF_ALL | INDEX


@cache
def _listed() -> dict[str, Access]:
    classes: dict[str, Access] = dict.fromkeys(ssd_fields.HIDDEN, "hidden")
    classes |= dict.fromkeys(ssd_fields.KEPT, "kept")
    classes |= dict.fromkeys(ssd_fields.KEYS, "key")
    for name in PREPARED:
        classes |= {field.name: field.access for field in _FRAMES[name]}
    for table in tables.names():
        if table in NO_CHILD:
            continue
        for field in tables.fields(table):
            parent = field.foreign_key.split(".")[0]
            if parent == "person" or (table == "person" and field.primary_key):
                classes[field.name] = "person"
            elif field.primary_key or (parent and parent not in NO_CHILD):
                classes[field.name] = "key"
    return classes


def class_of(column: str) -> Access:
    """The class of a column of a frame about children; hidden when nobody has said."""
    return _listed().get(column, "hidden")


def unclassified(columns: list[str]) -> list[str]:
    """Columns that have not been classified."""
    return [column for column in columns if column not in _listed()]
