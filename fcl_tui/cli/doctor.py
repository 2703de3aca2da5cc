"""`fcl-tui doctor`: this installation, terminal, permissions and snapshot, each with what to do about it."""

import importlib.util
import locale
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from data.errors import DataError

if TYPE_CHECKING:
    from fcl_tui.config.settings import Settings

Mark = Literal["ok", "!", "!!"]
PACKAGES = ("textual", "rich", "polars", "sqlalchemy", "alembic", "typer", "holidays")
DRIVERS = {"PostgreSQL": ("psycopg", "fcl-tui"), "SQL Server": ("mssql_python", "fcl-tui[mssql]")}

Part: TypeAlias = Callable[[], Iterator[tuple[Mark, str]]]


def examine(home: Path) -> int:
    """Print what was found; 1 when something stops the application from working."""
    from widgets.cells.plain import plain

    worst = 0
    of_home = (_home, _restricted, _rules, _snapshot, _office, _access)
    parts: list[Part] = [_installation, _terminal, *(partial(one, home) for one in of_home)]
    for part in parts:
        for mark, finding in _found(part):
            print(plain(f"{mark:<3}{finding}"))  # what files of the home hold may be anything
            worst = max(worst, 1 if mark == "!!" else 0)
    return worst


def _found(part: Part) -> Iterator[tuple[Mark, str]]:
    """What a part finds; what stops it is a finding, and the other parts go on."""
    try:
        yield from part()
    except DataError as error:
        yield "!!", str(error)


def _installation() -> Iterator[tuple[Mark, str]]:
    from fcl_tui import __version__

    yield "ok", f"fcl-tui {__version__} on Python {sys.version.split()[0]}"
    for package in PACKAGES:
        try:
            yield "ok", f"{package} {version(package)}"
        except PackageNotFoundError:
            yield "!!", f"{package} is missing; install fcl-tui again."
    for database, (module, package) in DRIVERS.items():
        if importlib.util.find_spec(module):
            yield "ok", f"{database} can be read"
        else:
            yield "ok", f"{database} cannot be read on this installation; to add it: pip install '{package}'"
    textual = importlib.util.find_spec("textual")
    source = Path(textual.origin) if textual and textual.origin else None
    if source and not Path(importlib.util.cache_from_source(str(source))).exists():
        yield (
            "!",
            "Compiled modules are missing, so every start takes three times as long. "
            f"Run once: {sys.executable} -m compileall -q {source.parent.parent}",
        )


def _terminal() -> Iterator[tuple[Mark, str]]:
    term = os.environ.get("TERM", "")
    if not sys.stdout.isatty():
        yield "!", "Standard output is not a terminal: the reports work, the screens do not."
    elif term in ("", "dumb"):
        yield "!", f"TERM is {term or 'not set'}: the screens cannot be drawn; use fcl-tui report."
    else:
        size = shutil.get_terminal_size()
        small = size.columns < 80 or size.lines < 24
        yield (
            "!" if small else "ok",
            f"Terminal {term}, {size.columns}x{size.lines}" + ("; 80x24 is wanted" if small else ""),
        )
    encoding = locale.getpreferredencoding(False)
    if "utf" in encoding.lower():
        yield "ok", f"Text encoding {encoding}"
    else:
        yield (
            "!",
            f"Text encoding {encoding}: plain characters are used; set LANG=en_GB.UTF-8 for better ones.",
        )
    from fcl_tui.ssh.shell import shell_fault

    if fault := shell_fault():
        yield "!", fault
    if os.environ.get("SSH_CONNECTION"):
        yield "ok", "Over SSH: mouse off, 'Compression yes' in the SSH client saves nine bytes in ten"


def _home(home: Path) -> Iterator[tuple[Mark, str]]:
    from fcl_tui.config.permissions import not_private
    from fcl_tui.config.settings import read

    if not home.exists():
        yield "ok", f"Home {home} will be made when first needed"
        return
    if not os.access(home, os.W_OK | os.X_OK):
        yield "!!", f"Home {home} cannot be written to; fix its permissions or choose another with --home."
    try:
        faults = not_private(home)
        for fault in faults:
            yield "!", fault
        if not faults:
            yield "ok", f"Home {home} is private to this account"
        settings = read(home)
        for key in settings.unknown:
            yield "!", f"settings.toml: {key} means nothing here and is ignored"
        yield "ok", "Settings read"
    except DataError as error:
        yield "!!", str(error)


def _restricted(home: Path) -> Iterator[tuple[Mark, str]]:
    """The lists of restricted records, held against the access log and the snapshot in use."""
    from fcl_tui.access import restricted
    from fcl_tui.access.readers.validation import known, list_faults
    from fcl_tui.access.seen.memory import unknown

    try:
        seals = {**restricted(home, demo=True).seals, **restricted(home).seals}
        data = known(home)
        listed = restricted(home, demo=data.demo).seals
        for fault in list_faults(home, data):
            yield "!", fault
        for number in unknown(data.snapshot, listed) if data.snapshot is not None else []:
            yield "!", f"Restricted record {number}: no child in the snapshot in use has that number"
        yield "ok", f"{len(listed if data.snapshot is not None else seals)} restricted records listed"
    except DataError as error:
        yield "!!", str(error)


def _rules(home: Path) -> Iterator[tuple[Mark, str]]:
    from fcl_tui.timescales.rulebook.packaged import load_rules
    from fcl_tui.timescales.rulebook.rules import RulesError

    path = home / "rules.toml"
    if not path.exists():
        yield "ok", "Timescales as delivered (no rules.toml of the authority's own)"
        return
    try:
        load_rules(path)
        yield "ok", f"Timescales with the authority's own {path}"
    except RulesError as error:
        yield "!!", f"{path}: {error}"


def _snapshot(home: Path) -> Iterator[tuple[Mark, str]]:
    from data.snapshots.place import FOLDER
    from data.snapshots.reader import advice
    from fcl_tui.config.current_snapshot import snapshot_in_use
    from fcl_tui.config.settings import read

    try:
        settings = read(home)
    except DataError:
        return  # told with the settings
    try:
        snapshot = snapshot_in_use(settings)
    except DataError as error:
        none_yet = settings.snapshots is None and not (home / "snapshots" / "current").exists()
        yield "!" if none_yet else "!!", str(error)
        return
    manifest = snapshot.manifest
    age = (datetime.now(manifest.created.tzinfo) - manifest.created).days
    kind = "demo snapshot" if manifest.demo else "snapshot"
    yield "ok", f"Current {kind} {snapshot.id}, data of {manifest.data_date:%d/%m/%Y}, made {age} days ago"
    faults = snapshot.verify()
    for fault in faults:
        yield "!!", f"Snapshot {snapshot.id}: {fault}"
    if faults:
        yield "!!", advice(home / FOLDER, snapshot.id) + "."
    if not faults:
        yield "ok", f"Its {len(manifest.files)} files are whole"


def _is_demo(settings: "Settings") -> bool:
    """Whether the demo authority is in use, whose marks are kept apart."""
    from fcl_tui.config.current_snapshot import snapshot_in_use

    try:
        return snapshot_in_use(settings).manifest.demo
    except DataError:
        return False  # told with the snapshot


def _office(home: Path) -> Iterator[tuple[Mark, str]]:
    from fcl_tui.access.office import office_of
    from fcl_tui.config.settings import read

    try:
        settings = read(home)
    except DataError:
        return  # told with the settings
    try:
        office = office_of(settings, demo=False)  # what is wrong with its address is said in a demo too
        demo = _is_demo(settings)
        office = office_of(settings, demo=True) if demo else office
    except DataError as error:
        yield "!!", str(error)
        return
    where = f"{home}/demo-office/office.db" if demo else f"{home}/office.db"
    where = "in the settings" if office.url else where
    if demo:
        where += " (the demo's own: the snapshot in use is the demo authority)"
    if not office.in_use():
        yield "ok", f"Office database {where}: none yet; it is made with the first mark"
        return
    seen = office.read()
    if seen.trouble:
        yield "!!", seen.trouble
    if seen.unsaved:
        yield "!!", f"{seen.unsaved} marks are kept in this home and not saved in the office database yet"
    if not seen.trouble:
        yield "ok", f"Office database {where}: {seen.marks.height:,} entries, all readable"


def _access(home: Path) -> Iterator[tuple[Mark, str]]:
    from data.office.access_log import AccessLog
    from fcl_tui.access.readers import access_list
    from fcl_tui.access.readers.roles import FILE
    from fcl_tui.config.settings import read

    try:
        settings, listed = read(home), access_list.read(home)
        log = AccessLog(home, settings.office_url)
    except access_list.RosterError as error:
        yield "!!", str(error)
        return
    except DataError:
        return  # told with the settings or the office database
    if listed is None and log.memory().listed:
        yield "!!", f"The list {home / FILE} is gone, so no one may come in (fcl-tui access add)"
    elif listed is None:
        yield "!", "No access list: any account that can read the home sees everything (fcl-tui access add)"
        if settings.open_without_list:
            yield "!", "settings.toml has open_without_list: every person with a key sees every child"
    else:
        yield "ok", f"Access is set up; people listed: {len(listed.people)}"
    if listed is None and not settings.access_log:
        return
    try:
        rows, faults = log.verify()
    except DataError as error:
        yield "!!", str(error)
        return
    for fault in faults:
        yield "!!", f"Access log: {fault}"
    if not faults:
        yield "ok", f"The access log is intact: {rows:,} rows"
