"""The figures of one authority, worked out beside its snapshot; run in a process of its own, or by Ray.

    python -m fcl_tui.cli.region.one < request.json

The answer is JSON on standard output: name, as_at, data_date and figures as they may leave the authority, or
error, one sentence.
"""

import contextlib
import json
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any


def figures_of(request: dict[str, Any]) -> dict[str, Any]:
    """What an authority answers to a request (place, name, keys, as_at, first, last); nothing is raised."""
    from data.errors import DataError

    try:
        with _home(request["place"]) as home:
            return _asked(home, request)
    except DataError as error:
        return {"error": str(error)}
    except Exception as error:  # one authority's trouble is told as its own, and the others are answered
        return {"error": f"Its figures could not be worked out ({type(error).__name__})."}


def _asked(home: Path, request: dict[str, Any]) -> dict[str, Any]:
    import polars as pl

    from fcl_tui.cli.asking.measure import measured, picked_of
    from fcl_tui.config.settings import read
    from fcl_tui.records.region import leaving

    typed = {"from": _day(request["first"]), "to": _day(request["last"])}
    answer = measured(home, request["keys"], as_at=_day(request["as_at"]), typed=typed)
    ways = {one.key: one.measure.higher_is_better for one in picked_of(request["keys"])}
    way = pl.col("key").replace_strict(ways, default=None, return_dtype=pl.Boolean)
    rows = leaving(answer.rows.with_columns(higher_is_better=way))
    return {
        "name": request["name"] or read(home).authority_name or "",
        "as_at": answer.as_at.isoformat(),
        "data_date": answer.data_date.isoformat(),
        "figures": rows.to_dict(as_series=False),
    }


def _day(told: str | None) -> date | None:
    return None if told is None else date.fromisoformat(told)


@contextlib.contextmanager
def _home(place: str) -> Iterator[Path]:
    """The home itself, or one for the moment that reads the snapshots at an address."""
    from data.errors import DataError
    from data.snapshots.object_store import is_store

    if not is_store(place):
        home = Path(place).expanduser().absolute()
        if not home.is_dir():
            raise DataError(f"{home} is not a folder.")
        yield home
        return
    with tempfile.TemporaryDirectory(prefix="fcl-region-") as folder:
        home = Path(folder)
        (home / "settings.toml").write_text(f"snapshots = {json.dumps(place)}\n", encoding="utf-8")
        yield home


if __name__ == "__main__":
    json.dump(figures_of(json.load(sys.stdin)), sys.stdout)
