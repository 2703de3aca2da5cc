"""Writing what is on a screen to a file in the session's own export folder."""

import os
import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from data.errors import DataError
from data.office import access_log as log
from fcl_tui.config.faults import tell
from fcl_tui.export import content
from fcl_tui.export.folder import told_where
from fcl_tui.reports.answer import Answer

if TYPE_CHECKING:
    from fcl_tui.reports.framework import Entry
    from screens.messages import Listed
    from screens.session import Session


def write_beside(session: "Session", report: "Entry", listed: "Listed", kind: str) -> str:
    """Write a list as a file of a kind; the result is the sentence that says where, or why not."""
    now = datetime.now()
    answer = Answer(
        report=report.key,
        title=report.title,
        tier=report.tier_name,
        as_at=session.as_at,
        snapshot_id=session.snapshot.id,
        data_date=session.data_date,
        parameters=listed.parameters,
        rows=listed.rows,
        columns=listed.columns,
        left_out=listed.left_out,
        parts=listed.parts,
        who=session.who,
        exported=now,
        masked=listed.masked,
        builds={kind: listed.build} if listed.build else {},
        chart=listed.chart,
        chart_rows=listed.chart_rows,
        chart_target=listed.chart_target,
        authority=session.door.settings.authority_name or "",
        marking=session.door.settings.protective_marking or "",
    )
    try:
        session.door.record(
            log.EXPORTED,
            report=report.key,
            person_id=session.door.number(listed.parameters.get("client")),
            detail=_in_words(listed, kind),
        )
    except DataError as error:
        return str(error)
    name = re.sub(r"[^a-z0-9-]", "", report.key)
    stem = f"{name}-{session.as_at:%Y%m%d}-{now:%H%M}"  # short: a line of 80 has to name it
    try:
        body = content(answer, kind)
        session.exports.mkdir(mode=0o700, parents=True, exist_ok=True)
        session.exports.chmod(0o700)
        path = put_new(body, session.exports, stem, kind)
    except DataError as error:
        return str(error)
    except OSError as error:
        where = f"Nothing was written to {session.exports}: {error.strerror}."
        return f"{where} Make room or ask IT; x tries again."
    except Exception as error:
        return tell(error)
    number = "1 row" if listed.rows.height == 1 else f"{listed.rows.height:,} rows"
    masked = " masked" if listed.masked else ""
    return f"{number} written{masked}{told_where(path)}"


def _in_words(listed: "Listed", kind: str) -> str:
    """What a file is of, for the log; a filter may be a name, so it is not quoted."""
    told = [
        name if name == "filter" else f"{name} {words}"
        for name, words in listed.parameters.items()
        if name != "client"
    ]
    return ", ".join([kind, *told]) + f"; {listed.rows.height} rows"


def put_new(body: bytes, folder: Path, stem: str, kind: str) -> Path:
    """Write a file (0600), whole or not at all, under a name that nobody else has or gets.

    Raises:
        OSError: the folder will not have it.
    """
    number = 1
    while True:
        path = folder / f"{stem}{f'-{number}' if number > 1 else ''}.{kind}"
        number += 1
        beside = folder / f".{path.name}.new"
        try:
            handle = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
        except FileExistsError:  # another session is writing under this name
            continue
        try:
            with os.fdopen(handle, "wb") as file:
                if path.exists():
                    continue
                file.write(body)
            beside.replace(path)
            return path
        finally:
            beside.unlink(missing_ok=True)
