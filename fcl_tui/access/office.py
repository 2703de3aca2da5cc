"""Which office database a home uses, and the marks in it."""

import sys

from data.office.office import Office, Seen, schema
from fcl_tui.config.settings import Settings


def office_of(settings: Settings, *, demo: bool) -> Office:
    """The office of these settings; the demo authority has one of its own, its numbers being nobody's."""
    if demo:
        return Office(settings.home / "demo-office")
    return Office(settings.home, settings.office_url)


def known_marks(settings: Settings, *, demo: bool) -> Seen:
    """All marks; what is wrong with the office database goes to standard error, and the report goes on."""
    import polars as pl

    office = office_of(settings, demo=demo)
    if not office.in_use("marks"):
        return Seen(pl.DataFrame(schema=schema()), 0)
    seen = office.read()
    if seen.trouble:
        sys.stderr.write(f"{seen.trouble}\n")
    return seen
