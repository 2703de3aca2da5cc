"""The audit tool in use: of the home, else the one that comes with the application; frozen once a
round uses it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from data.errors import DataError
from data.frames import collect
from data.office.quality import store
from fcl_tui.config.plain_file import NotAPlainFileError, read_plain
from fcl_tui.quality import tool as tools

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fcl_tui.access.quality.desk import Desk
    from fcl_tui.quality.tool import Tool

FOLDER = "audit_tools"


def in_use(desk: Desk, name: str | None = None) -> Tool:
    """The tool that the next round uses. DataError: there is none of that name, or it is not in order."""
    wanted = name or desk.rules.tool
    if not wanted.replace("-", "").replace("_", "").isalnum():
        raise DataError(f"{wanted!r} is not the name of an audit tool. Name it as in the folder {FOLDER}.")
    path = desk.door.home / FOLDER / f"{wanted}.toml"
    try:
        return tools.read(read_plain(path).decode("utf-8"), str(path))
    except (FileNotFoundError, NotADirectoryError):
        pass
    except (NotAPlainFileError, OSError, UnicodeDecodeError) as error:
        raise DataError(f"The audit tool {path} cannot be read ({type(error).__name__}).") from error
    try:
        return tools.packaged(wanted)
    except FileNotFoundError as error:
        raise DataError(f"There is no audit tool {wanted}: put {wanted}.toml into {path.parent}.") from error


def frozen(desk: Desk, name: str | None = None) -> tuple[str, list[dict[str, Any]]]:
    """The id of the tool in use, and the row to keep where it was not used before.

    Raises:
        DataError: its text is another than the one kept under this key and version.
    """
    tool = in_use(desk, name)
    kept = collect(
        desk.tables("audit_tools")["audit_tools"].filter(
            pl.col("key") == tool.key, pl.col("version") == tool.version
        )
    )
    if kept.height:
        if kept["sha256"][0] != tool.sha256:
            raise DataError(
                f"The audit tool {tool.key} {tool.version} was used already and has another text now. "
                "Give the changed tool a new version."
            )
        return str(kept["tool_id"][0]), []
    tool_id = store.new_id()
    names = ("key", "kind", "version", "valid_from", "body", "sha256")
    return tool_id, [
        {"tool_id": tool_id, "approved_by": desk.who, **{one: getattr(tool, one) for one in names}}
    ]


def of_round(desk: Desk, tool_id: str) -> Tool:
    """The tool that a round was made with, as it was then. DataError: it is not there."""
    kept = collect(desk.tables("audit_tools")["audit_tools"].filter(pl.col("tool_id") == tool_id))
    if kept.is_empty():
        raise DataError("The audit tool of this round is not in the office database.")
    row = kept.row(0, named=True)
    return tools.read(row["body"], f"{row['key']} {row['version']}")


def standards_of(tables: Mapping[str, pl.LazyFrame]) -> dict[str, str]:
    """Names of standards by key, of every tool kept; the newest name counts."""
    bodies = collect(tables["audit_tools"].select("key", "version", "body"))
    return {
        one.key: one.name
        for key, version, body in bodies.rows()
        for one in tools.read(body, f"{key} {version}").standards
    }
