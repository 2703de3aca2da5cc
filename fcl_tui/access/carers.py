"""The list of foster carers as a reader may use it: checked against the data, whole or not at all."""

from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from data.frames import collect
from fcl_tui.config.carers import DEMO_FILE, FILE, read
from fcl_tui.config.csv_list import faulty

if TYPE_CHECKING:
    from data.frames import Scan
    from fcl_tui.access.gate import Door


def carers(home: Path, door: "Door", scan: "Scan", *, demo: bool) -> pl.DataFrame | None:
    """The carers of the home's list.

    A child must be somebody in the data, whether this reader may see the child or not; a worker must be
    one of the professionals in it, by name or number.

    Returns:
        the columns of `config.carers.SCHEMA`, with placed (Int64, how many children) in place of the
        children's numbers, so that no list of carers says where a child lives; None without a file.

    Raises:
        DataError: the file cannot be understood, or names a child or worker who is not in the data.
    """
    path = home / (DEMO_FILE if demo else FILE)
    listed = read(path)
    if listed is None:
        return None
    known = set(collect(scan("people").select("person_id"))["person_id"].drop_nulls())
    staff = collect(
        scan("professionals").select("prof_professional_id", "prof_staff_id", "prof_professional_name")
    )
    workers = {
        " ".join(name.split()).casefold(): str(called or name)
        for column in staff.columns
        for name, called in zip(staff[column], staff["prof_professional_name"], strict=True)
        if name
    }
    names: list[str | None] = []
    for row in listed.iter_rows(named=True):
        for child in row["children"]:
            if child not in known and not door.hides(child):
                what = "is no child in this data. Correct the number, or take it out."
                raise faulty(path, row["line"], "children", child, what)
        worker = row["worker"]
        called = None if worker is None else workers.get(" ".join(worker.split()).casefold())
        if worker is not None and called is None:
            what = "is no worker in this data. Write the name or number as the case system has it."
            raise faulty(path, row["line"], "worker", worker, what)
        names.append(called)
    return listed.with_columns(
        placed=pl.col("children").list.len().cast(pl.Int64), worker=pl.Series(names, dtype=pl.String)
    ).drop("children")
