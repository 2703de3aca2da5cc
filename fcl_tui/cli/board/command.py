"""The command `board`: exception reports, thanks, comments, meetings, registers and packs."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from fcl_tui.cli.options import DAYS, AsAt, Home, Output, day_told, home_told

if TYPE_CHECKING:
    from fcl_tui.access.board.acts import BoardActs
    from fcl_tui.cli.asking.session import CommandSession

board_app = typer.Typer(
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
Number = Annotated[int, typer.Argument(metavar="NO", help="The indicator's number, 1 to 51.")]
Subject = Annotated[str, typer.Argument(metavar="ID", help="Its number, or the beginning of it.")]
Texts = Annotated[str, typer.Option(help="Text.")]
ANSWERS = ("acknowledged", "drafted", "submitted")
REVIEWS = ("accepted", "more_wanted", "monitoring", "closed", "withdrawn")


@board_app.callback()
def board(context: typer.Context, home: Home = None) -> None:
    """Act for the Performance Board: exception reports, thanks, meetings, registers, packs."""
    context.obj = home if home is not None else context.obj


def _acts(
    context: typer.Context, home: Path | None, as_at: datetime | None = None
) -> "tuple[CommandSession, BoardActs]":
    from fcl_tui.access.board.acts import BoardActs
    from fcl_tui.cli.asking.session import CommandSession

    session = CommandSession(home_told(context, home), day_told(as_at))
    session.door.require("board")
    return session, BoardActs(session.door, demo=session.snapshot.manifest.demo, as_at=session.as_at)


@board_app.command()
def request(
    context: typer.Context,
    no: Number,
    reason: Annotated[str, typer.Argument(help="Why it is asked for.")],
    home: Home = None,
    owner: Annotated[str, typer.Option(help="Who answers; without it the indicator's owner.")] = "",
    due: Annotated[datetime | None, typer.Option(formats=DAYS, metavar="DATE", help="By when.")] = None,
) -> None:
    """Ask for an exception report of an indicator."""
    session, acts = _acts(context, home)
    subject = acts.request(no, reason, session.calendar, owner=owner, due=day_told(due))
    print(f"Requested: exception report {subject[:8]} of indicator {no}.")


@board_app.command()
def answer(
    context: typer.Context,
    subject: Subject,
    home: Home = None,
    state: Annotated[str, typer.Option(metavar="|".join(ANSWERS), help="What it is now.")] = "submitted",
    figures: Texts = "",
    cause: Texts = "",
    cause_known: Annotated[str, typer.Option(metavar="known|believed|not_known", help="How sure.")] = "",
    done: Annotated[str, typer.Option(help="What was done already.")] = "",
    actions: Annotated[str, typer.Option(help="What, who, by when.")] = "",
    trajectory: Annotated[str, typer.Option(help="Expected: 2026-27Q3=88; 2026-27Q4=90.")] = "",
    risks: Annotated[str, typer.Option(help="Risks to children.")] = "",
    asked: Annotated[str, typer.Option(help="Help or decision asked for.")] = "",
    findings: Annotated[str, typer.Option(help="Links to audit findings.")] = "",
) -> None:
    """Acknowledge, draft or submit the answer to an exception report."""
    from data.errors import DataError

    if state not in ANSWERS:
        raise DataError(f"--state takes one of {', '.join(ANSWERS)}, not {state!r}.")
    body = {
        "figures": figures, "cause": cause, "cause_known": cause_known, "done": done, "actions": actions,
        "trajectory": trajectory, "risks": risks, "asked": asked, "findings": findings,
    }  # fmt: skip
    _, acts = _acts(context, home)
    acts.change(subject, state, **{name: words for name, words in body.items() if words})
    print(f"Saved: the exception report is {state}.")


@board_app.command()
def review(
    context: typer.Context,
    subject: Subject,
    outcome: Annotated[str, typer.Argument(metavar="|".join(REVIEWS), help="What the Board decided.")],
    home: Home = None,
    words: Annotated[str, typer.Option(help="What the Board said.")] = "",
) -> None:
    """Accept an answer, ask for more, watch it, or close the report."""
    from data.errors import DataError

    if outcome not in REVIEWS:
        raise DataError(f"The outcome is one of {', '.join(REVIEWS)}, not {outcome!r}.")
    _, acts = _acts(context, home)
    acts.change(subject, outcome, **({"review": words} if words else {}))
    print(f"Saved: the exception report is {outcome.replace('_', ' ')}.")


@board_app.command()
def comment(
    context: typer.Context,
    no: Number,
    why: Annotated[str, typer.Argument(help="Why it is as it is.")],
    home: Home = None,
    actions: Annotated[str, typer.Option(help="What is done.")] = "",
    period: Annotated[str, typer.Option(help="Of which period.")] = "",
) -> None:
    """Comment on an indicator."""
    _, acts = _acts(context, home)
    acts.comment(no, why, actions=actions, period=period or None)
    print(f"Saved: a comment on indicator {no}.")


@board_app.command()
def thank(
    context: typer.Context,
    no: Number,
    to_whom: Annotated[str, typer.Argument(metavar="WHOM", help="A team or a person.")],
    words: Annotated[str, typer.Argument(help="What for.")],
    home: Home = None,
) -> None:
    """Word a note of thanks."""
    _, acts = _acts(context, home)
    print(f"Worded: note of thanks {acts.thank(no, to_whom, words)[:8]}.")


@board_app.command()
def sign(
    context: typer.Context,
    subject: Subject,
    name: Annotated[str, typer.Argument(help="Who signs.")],
    home: Home = None,
) -> None:
    """Sign a note of thanks."""
    _, acts = _acts(context, home)
    acts.thanks_went(subject, "signed", signed_by=name)
    print("Saved: the note of thanks is signed. fcl-tui board letter writes it.")


@board_app.command()
def letter(
    context: typer.Context,
    subject: Subject,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="Write here (docx).")],
    home: Home = None,
) -> None:
    """Write a note of thanks as a letter; one that is signed counts as sent."""
    from fcl_tui.export import save
    from fcl_tui.export.thanks import letter as written

    session, acts = _acts(context, home)
    note = acts.note(subject)
    save(
        written(note, session.settings.authority_name or "", session.settings.protective_marking or ""),
        output,
    )
    if note["state"] == "signed":
        acts.thanks_went(note["subject"], "sent")
    print(f"Written: {output}")


@board_app.command()
def meeting(
    context: typer.Context,
    what: Annotated[str, typer.Argument(metavar="open|freeze|held|minuted", help="What happens.")],
    day: Annotated[
        datetime | None, typer.Argument(formats=DAYS, metavar="[DATE]", help="Of one opened.")
    ] = None,
    home: Home = None,
    as_at: AsAt = None,
    forum: Annotated[str, typer.Option(help="board, safeguarding, education or health-send.")] = "board",
    chair: Annotated[str, typer.Option(help="Who chairs.")] = "",
    minutes: Annotated[str, typer.Option(help="What was decided.")] = "",
    subject: Annotated[
        str | None, typer.Option("--meeting", metavar="ID", help="Which; default the newest.")
    ] = None,
) -> None:
    """Open a meeting, freeze its figures, say it was held, keep its minutes."""
    from data.errors import DataError

    session, acts = _acts(context, home, as_at)
    if what == "open":
        if day is None:
            raise DataError("Give the day of the meeting: fcl-tui board meeting open 2026-12-10.")
        made = acts.open_meeting(day_told(day) or day.date(), forum=forum, chair=chair)
        print(f"Opened: meeting {made[:8]} of {day:%d/%m/%Y}.")
    elif what == "freeze":
        print(f"Frozen: {_freeze(session, acts, subject)} indicators.")
    elif what in ("held", "minuted"):
        acts.move_meeting(subject, what, minutes=minutes)
        print(f"Saved: the meeting was {what}.")
    else:
        raise DataError(
            f"A meeting is opened, frozen, held or minuted: open, freeze, held, minuted, not {what!r}."
        )


def _freeze(session: "CommandSession", acts: "BoardActs", subject: str | None) -> int:
    from data.frames import collect
    from fcl_tui.records.board.lines import lines
    from fcl_tui.reports.strategic.board.kept import board_of

    told = board_of(session.context())
    found = collect(lines(told.kept, told.quarter.last))
    return acts.freeze(subject, found, told.quarter.name, session.snapshot.id)


@board_app.command()
def register(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="CSV or xlsx; the columns are in the guidance.")
    ],
    home: Home = None,
    preview: Annotated[bool, typer.Option("--preview", help="Count the lines; save nothing.")] = False,
) -> None:
    """Load lines of the standing registers: all of the file or none of it."""
    from fcl_tui.access.board import kpi as entry

    session, _ = _acts(context, home)
    rows = entry.register_lines(file)
    if not preview:
        entry.save_lines(session.door, rows, demo=session.snapshot.manifest.demo)
    print(f"{len(rows)} lines. {'Nothing was saved.' if preview else 'Saved.'}")


@board_app.command()
def pack(
    context: typer.Context,
    output: Output = None,
    home: Home = None,
    as_at: AsAt = None,
    forum: Annotated[str, typer.Option(help="board, safeguarding, education or health-send.")] = "board",
) -> None:
    """Write the pack of the Board, or of a leadership team: docx or xlsx, by the file's name."""
    from data.errors import DataError
    from fcl_tui.access.board.acts import FORUMS
    from fcl_tui.cli.asking.session import answer as answered
    from fcl_tui.export import write

    if output is None or output.suffix not in (".docx", ".xlsx"):
        raise DataError("Say where to write the pack: -o FILE.docx or -o FILE.xlsx.")
    if forum not in FORUMS:
        raise DataError(f"There is no forum {forum!r}. There are: {', '.join(FORUMS)}.")
    typed: dict[str, Any] = {} if forum == "board" else {"forum": forum}
    kind = output.suffix.removeprefix(".")
    write(
        answered(home_told(context, home), "board", typed, as_at=day_told(as_at), format_=kind), kind, output
    )
