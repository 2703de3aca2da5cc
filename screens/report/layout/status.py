"""The line that is on every screen: what is shown, as at which day, and how old the data is."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from screens.session import Session
from widgets.cells.plain import plain
from widgets.status_line import StatusLine


def tell_status(
    line: StatusLine,
    session: Session,
    *,
    report: str,
    chosen: str = "",
    also: Sequence[str] = (),
    period: str = "",
    selected: str = "",
    mark: str = "",
    filter_text: str = "",
    count: int | None = None,
    total: int | None = None,
) -> None:
    """Say report, what it is narrowed to, n of m, as at, the day of the data and its age."""
    now = datetime.now(session.snapshot.manifest.created.tzinfo)
    warnings = ["OLD DATA"] if session.stale(now) else []
    if session.seen is not None and session.seen.unsaved:
        marks = "1 mark" if session.seen.unsaved == 1 else f"{session.seen.unsaved} marks"
        warnings.append(f"! {marks} not saved")
    line.show(
        report=report,
        as_at=session.as_at,
        team=chosen,
        everyone=of_everyone(chosen),
        also=also,
        period=period,
        selected=selected,
        mark=mark,
        filter=filter_text,
        count=count,
        total=total,
        data_date=session.data_date,
        age=session.age(now),
        warning="  ".join(warnings),
    )


def of_everyone(words: str) -> bool:
    """Whether the words say that nothing is left out: all teams, all advisers."""
    return words.startswith("all ")


def nothing_listed(text: str, total: int, chosen: Mapping[str, str], empty: str) -> str:
    """Why no row is listed: the filter that is typed, what else narrows the report, or there is none."""
    if text and total:
        rows = "1 row" if total == 1 else f"{total:,} rows"
        return f"Nothing matches '{plain(text)}': {rows} hidden, esc clears."
    narrowed = {
        name: words
        for name, words in chosen.items()
        if name not in ("shown", "selected", "client") and not of_everyone(words)
    }
    if not narrowed:
        return empty
    another = " t shows another team, or all." if "team" in narrowed else ""
    return f"{empty.rstrip('.')}: {', '.join(narrowed.values())}.{another}"
