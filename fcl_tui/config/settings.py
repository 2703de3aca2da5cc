"""Where the application keeps what it writes, and the few settings a person may change.

Everything lives under one home: `--home`, else `FCL_HOME`, else the platform's data directory.
`settings.toml` in it is read with the standard library alone, so that start-up stays short.
"""

import os
import re
import tomllib
from dataclasses import field
from datetime import date
from pathlib import Path
from typing import Any, Literal

from data.dataclass import dataclass
from data.errors import DataError
from fcl_tui.config.by_kind import CASELOAD_KINDS, DISCUSSED_KINDS, by_kind
from fcl_tui.config.plain_file import read_plain
from fcl_tui.config.targets import keys, targets

FILE = "settings.toml"


@dataclass(frozen=True)
class Settings:
    """What `settings.toml` may say; every value has a default."""

    home: Path
    keep_snapshots: int = 5
    stale_after_hours: int = 24
    max_loss: float = 10.0
    """Percent of the children that may go from one load to the next without being asked about."""
    assessment_target: float = 90.0
    visit_target: float = 90.0
    """Per cent of visits in time that is aimed at"""
    review_target: float = 90.0
    """Per cent of reviews in time that is aimed at"""
    cp_visit_internal: int = 10
    """Working days of the internal line for child protection visits, beside the rule's own"""
    cin_visit_internal: int = 20
    """Working days of the internal line for child in need visits"""
    caseload_limit: float | None = None
    """Cases per full-time worker above which a caseload is over; None: there is no limit"""
    caseload_comparator: str | None = None
    """An average caseload to stand beside one's own, in words with its year: England 15.2 (September 2025)"""
    targets: dict[str, tuple[float, float | None]] = field(default_factory=dict)
    """The table [targets]: green and amber of a measure, by its key"""
    highlights: tuple[str, ...] = ()
    """The measures of the Monthly Highlights, in order; empty: the usual ones"""
    caseload_points: dict[str, float] = field(default_factory=dict)
    """The table [caseload_points]: points of a child by what it counts as; empty: cases are not weighted"""
    carer_supervision_weeks: int = 6
    """Weeks between supervisions of a foster carer"""
    supervision_weeks: int = 4
    """Weeks between one-to-one supervisions of a worker"""
    supervision_weeks_newly_qualified: int = 2
    """The same for those named in `newly_qualified`"""
    newly_qualified: tuple[str, ...] = ()
    """Newly qualified workers, by the name or number in the case system"""
    discussed_days: dict[str, float] = field(default_factory=dict)
    """The table [discussed_days]: calendar days after which a child of each kind should have been discussed
    again; those not in it have the defaults of `records.supervising.rows.LIMITS`"""
    discussed_weeks: int = 12
    """Weeks after which a child was not lately discussed in supervision"""
    missing_often: int = 3
    """Missing episodes in `missing_often_days` from which a child is often missing"""
    missing_often_days: int = 90
    chase_days: int = 3
    """Working days after which an item that was chased and is still owed stands in My day again"""
    fewest_cases: int = 10
    """A percentage of fewer cases than this is not called good or bad"""
    board_polarity: dict[str, str] = field(default_factory=dict)
    """The table [board_polarity]: which way is good for an indicator of the Board, by its number"""
    board_run: int = 7
    """Points in a row on one side of the mean that are a shift on a control chart"""
    board_screen: bool = True
    """Leave ranges out of all proportion out of the limits of a control chart"""
    authority: str | None = None
    """The authority's code in published figures, E06000043; it gives its region and its neighbours"""
    neighbour_average: str = "mean"
    """What is made of the statistical neighbours' figures: mean or median"""
    authority_name: str | None = None
    """The authority's name, which stands in every file"""
    protective_marking: str | None = None
    """How files are marked, such as OFFICIAL-SENSITIVE"""
    ascii: bool | None = None
    """True, False, or None: let the locale decide"""
    mouse: bool | None = None
    """True, False, or None: off over SSH, on elsewhere"""
    theme: str | None = None
    office: str | None = None
    """URL of the office database; None: a file in the home. FCL_OFFICE and the file
    `office_url` go before it."""
    name: str | None = None
    """Who marks are by; None: the name of the account"""
    snapshots: str | None = None
    """Where snapshots are read that another host loads: its home, or s3://bucket/folder; None: this home"""
    engine: Literal["auto", "in-memory", "streaming"] = "auto"
    """Who carries out the reports, of ENGINES"""
    idle_minutes: float = 10.0
    """Minutes without a key until the screen goes blank"""
    end_minutes: float = 30.0
    """Minutes without a key until the session ends"""
    exports_days: float = 30.0
    """Days `purge` leaves exported files"""
    notes_days: float = 90.0
    """Days `purge` leaves a note on a child after it has expired"""
    access_log: bool = False
    """Keep an access log without a list of who may come in; with one it is always kept."""
    open_without_list: bool = False
    """Let everybody with a key in where nobody was ever listed. On the host itself the owner of the home may
    always work without a list; once there was one, nobody may."""
    closures: tuple[date, ...] = ()
    """Days on which the authority's offices are closed; they are no working days, from the next load on."""
    mail: dict[str, Any] = field(default_factory=dict)
    """The table [mail], by which a digest is sent; `fcl_tui.cli.sending.mail` reads it."""
    audits: dict[str, Any] = field(default_factory=dict)
    """The table [audits], the rules for audits of practice; `fcl_tui.config.audits` reads it."""
    unknown: tuple[str, ...] = field(default=())
    """Keys of the file that mean nothing here; `doctor` names them."""

    @property
    def rules_path(self) -> Path | None:
        """The authority's own rules, if it has any."""
        path = self.home / "rules.toml"
        return path if path.exists() else None

    @property
    def office_url(self) -> str | None:
        """Where the marks are, if not in a file in the home."""
        from fcl_tui.config.secrets import office_url_in

        return os.environ.get("FCL_OFFICE") or office_url_in(self.home) or self.office

    @property
    def who(self) -> str:
        """Who marks are by; in a session over SSH nobody but the person it was opened for."""
        import getpass

        from fcl_tui.config import identity

        if identity.current().forced:
            return identity.current().user
        try:
            return (self.name or getpass.getuser()).strip()[:60] or "unknown"
        except (OSError, KeyError):  # an account without a name
            return "unknown"

    @property
    def over_ssh(self) -> bool:
        """True in a session that came through SSH."""
        return bool(os.environ.get("SSH_CONNECTION"))

    @property
    def use_mouse(self) -> bool:
        """Mouse reporting costs bytes on every movement; over SSH it is off unless asked for."""
        return self.mouse if self.mouse is not None else not self.over_ssh


KINDS: dict[str, tuple[type, ...]] = {
    "keep_snapshots": (int,),
    "stale_after_hours": (int,),
    "max_loss": (int, float),
    "assessment_target": (int, float),
    "visit_target": (int, float),
    "review_target": (int, float),
    "cp_visit_internal": (int,),
    "cin_visit_internal": (int,),
    "caseload_limit": (int, float),
    "caseload_comparator": (str,),
    "carer_supervision_weeks": (int,),
    "supervision_weeks": (int,),
    "supervision_weeks_newly_qualified": (int,),
    "discussed_weeks": (int,),
    "missing_often": (int,),
    "missing_often_days": (int,),
    "chase_days": (int,),
    "fewest_cases": (int,),
    "board_run": (int,),
    "board_screen": (bool,),
    "authority": (str,),
    "neighbour_average": (str,),
    "authority_name": (str,),
    "protective_marking": (str,),
    "ascii": (bool,),
    "mouse": (bool,),
    "theme": (str,),
    "office": (str,),
    "name": (str,),
    "snapshots": (str,),
    "engine": (str,),
    "idle_minutes": (int, float),
    "end_minutes": (int, float),
    "exports_days": (int, float),
    "notes_days": (int, float),
    "access_log": (bool,),
    "open_without_list": (bool,),
}

ENGINES = ("auto", "in-memory", "streaming")


def home_directory(option: Path | None = None) -> Path:
    """The home: the option, else FCL_HOME, else the platform's place for a user's data."""
    if option is not None:
        return option.expanduser().absolute()
    named = os.environ.get("FCL_HOME")
    if named:
        return Path(named).expanduser().absolute()
    from platformdirs import user_data_path

    return user_data_path("fcl-tui", appauthor=False)


def read(home: Path) -> Settings:
    """The settings under this home.

    Raises:
        DataError: the file is not TOML, or a value is not of the kind it must be.
    """
    path = home / FILE
    try:
        told: dict[str, Any] = tomllib.loads(read_plain(path).decode("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return Settings(home)
    except OSError as error:
        raise DataError(f"The settings in {path} cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(
            f"The settings in {path} are not valid TOML: {error}. Fix or remove the file."
        ) from error
    known: dict[str, Any] = {}
    for key, kinds in KINDS.items():
        if key not in told:
            continue
        value = told[key]
        wrong = not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds)
        if wrong or (not isinstance(value, bool) and isinstance(value, int | float) and value <= 0):
            wanted = " or ".join("true/false" if kind is bool else kind.__name__ for kind in kinds)
            shown = "…" if key == "office" else repr(value)  # a URL may hold a password
            raise DataError(f"{path}: {key} = {shown} is not usable; it takes a {wanted} above zero.")
        known[key] = value
    if known.get("engine", "auto") not in ENGINES:
        raise DataError(f"{path}: engine = {known['engine']!r} is not usable; it takes {', '.join(ENGINES)}.")
    if known.get("neighbour_average", "mean") not in ("mean", "median"):
        raise DataError(
            f"{path}: neighbour_average = {known['neighbour_average']!r} is not usable; it takes mean "
            "or median."
        )
    if not re.fullmatch(r"[EW]\d{8}", known.get("authority", "E06000043")):
        raise DataError(
            f"{path}: authority = {known['authority']!r} is not usable; it takes the code in published "
            "figures, such as E06000043."
        )
    closures = told.get("closures", [])
    if not isinstance(closures, list) or not all(type(day) is date for day in closures):
        raise DataError(
            f"{path}: closures takes a list of days, such as closures = [2026-12-29, 2026-12-30]."
        )
    newly = told.get("newly_qualified", [])
    if not isinstance(newly, list) or not all(isinstance(name, str) for name in newly):
        raise DataError(f'{path}: newly_qualified takes a list of names, such as ["Sam Carter"].')
    known["newly_qualified"] = tuple(newly)
    mail = told.get("mail", {})
    if not isinstance(mail, dict):
        raise DataError(f"{path}: mail is a table: [mail], then host, from and the rest under it.")
    others = {"audits", "closures", "mail", "caseload_points", "newly_qualified", "board_polarity"}
    others |= {"discussed_days", "targets", "highlights"}
    known["targets"] = targets(path, told.get("targets", {}))
    known["highlights"] = keys(path, told.get("highlights", []))
    unknown = tuple(sorted(set(told) - set(KINDS) - others))
    points = by_kind(path, "caseload_points", told.get("caseload_points", {}), CASELOAD_KINDS)
    limits = by_kind(path, "discussed_days", told.get("discussed_days", {}), DISCUSSED_KINDS)
    days = tuple(sorted(closures))
    known |= {"discussed_days": limits, "caseload_points": points}
    known |= {"board_polarity": _polarity(path, told.get("board_polarity", {}))}
    known |= {"audits": told.get("audits", {}), "closures": days, "mail": mail}
    return Settings(home, **known, unknown=unknown)


def _polarity(path: Path, told: Any) -> dict[str, str]:
    ways = ("high", "low", "target", "none")
    if not isinstance(told, dict):
        raise DataError(f'{path}: board_polarity is a table: [board_polarity], then 28 = "none" and so on.')
    for no, way in told.items():
        if no not in map(str, range(1, 52)) or way not in ways:
            known = ", ".join(ways)
            raise DataError(
                f"{path}: [board_polarity] {no} = {way!r} is not usable; it takes the number of an "
                f"indicator, 1 to 51, and one of {known}."
            )
    return dict(told)
