"""What can be done with the audit under the cursor: assign, replace, flag, open again, challenge, check."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from screens.dialogs.name import NameDialog
from screens.report.audits.entry import OTHER, SENTENCE, desk_of, do
from widgets.menus.letter_menu import LetterMenu
from widgets.menus.menu import Choice, Menu

if TYPE_CHECKING:
    from fcl_tui.access.quality.cases import Case
    from fcl_tui.access.quality.desk import Desk
    from screens.report.host import ReportHost


def audit_case(host: ReportHost) -> None:
    """Ask what to do with the case under the cursor."""
    case_id = host.table.cursor_row().get("case_id")
    if not case_id:
        host.say("Move to an audit first")
        return
    choices = [
        Choice("a", "Assign, to an auditor"),
        Choice("r", "Replace it by the next case in reserve"),
        Choice("e", "Exemplar to learn from, or no longer"),
        Choice("o", "Open a moderated audit again"),
        Choice("c", "Challenge the validated grade"),
        Choice("k", "Check the consistency of the whole quarter"),
    ]

    def chosen(letter: str | None) -> None:
        if letter is not None:
            STEPS[letter](host, str(case_id))

    host.ask(LetterMenu("What with this audit?", choices), chosen)


def _of(case_id: str, step: Callable[[Desk, Case], str]) -> Callable[[Desk], str]:
    from fcl_tui.access.quality.cases import case_of

    return lambda desk: step(desk, case_of(desk, case_id))


def _assign(host: ReportHost, case_id: str) -> None:
    def work() -> None:
        people = desk_of(host).auditors()
        host.from_thread(lambda: host.ask(Menu("Who audits it?", [*_choices(people)]), named))

    def named(auditor: str | None) -> None:
        if auditor == OTHER:
            host.ask(NameDialog("Who audits it?", "The account they sign in with", longest=100), named)
        elif auditor is not None:
            do(host, _of(case_id, lambda desk, case: _assigned(desk, case, auditor)))

    host.in_thread(work, group="audit", exclusive=True)


def _choices(people: list[str]) -> list[Choice]:
    return [*(Choice(one, one) for one in people), Choice(OTHER, "Another person: type the name")]


def _assigned(desk: Desk, case: Case, auditor: str) -> str:
    from fcl_tui.access.quality import steps

    reason = "given to another auditor" if case.state == "assigned" else ""
    steps.assign(desk, case, auditor, reason=reason)
    return f"Assigned to {auditor}"


def _replace(host: ReportHost, case_id: str) -> None:
    from fcl_tui.access.quality import again
    from fcl_tui.quality.states import REASONS_TO_REPLACE

    def step(desk: Desk, case: Case, reason: str) -> str:
        new = again.replace(desk, case, reason)
        return "Replaced by the next reserve" if new else "Replaced; the stratum has no reserve left"

    def chosen(key: str | None) -> None:
        if key is not None:
            reason = REASONS_TO_REPLACE[key]
            do(host, _of(case_id, lambda desk, case: step(desk, case, reason)))

    host.ask(Menu("Why is it replaced?", [Choice(*one) for one in REASONS_TO_REPLACE.items()]), chosen)


def _exemplar(host: ReportHost, case_id: str) -> None:
    from fcl_tui.access.quality import concerns

    def step(desk: Desk, case: Case) -> str:
        wanted = not case.row["exemplar"]
        concerns.flag(desk, case, exemplar=wanted)
        return "An exemplar" if wanted else "No longer an exemplar"

    do(host, _of(case_id, step))


def _reopen(host: ReportHost, case_id: str) -> None:
    from fcl_tui.access.quality import moderation

    def step(desk: Desk, case: Case, reason: str) -> str:
        moderation.reopen(desk, case, reason)
        return "Open again: the pod manager corrects it"

    def why(reason: str | None) -> None:
        if reason is not None:
            do(host, _of(case_id, lambda desk, case: step(desk, case, reason)))

    host.ask(NameDialog("Why is it opened again?", "In a sentence", longest=SENTENCE), why)


def _challenge(host: ReportHost, case_id: str) -> None:
    from fcl_tui.access.quality import moderation
    from fcl_tui.quality.grades import GRADES

    def step(desk: Desk, case: Case, grade: int, words: str) -> str:
        moderation.challenge(desk, case, grade, words)
        return "Challenged: the validated grade stays until the pod manager changes it"

    def graded(digit: str | None) -> None:
        if digit is not None:
            note = "Why, in a sentence the pod manager reads"
            host.ask(
                NameDialog(f"Why {GRADES[int(digit)]}?", note, longest=SENTENCE),
                lambda words: (
                    do(host, _of(case_id, lambda desk, case: step(desk, case, int(digit), words)))
                    if words is not None
                    else None
                ),
            )

    host.ask(LetterMenu("Which grade?", [Choice(str(one), GRADES[one]) for one in sorted(GRADES)]), graded)


def _consistency(host: ReportHost, case_id: str) -> None:
    from fcl_tui.access.quality import again

    def step(desk: Desk, case: Case) -> str:
        count = again.check_consistency(desk, str(case.row["period"]))
        return f"{count} audits to grade again, without their grades: see Yours to do"

    do(host, _of(case_id, step))


STEPS: dict[str, Callable[[ReportHost, str], None]] = {
    "a": _assign, "r": _replace, "e": _exemplar, "o": _reopen, "c": _challenge, "k": _consistency,
}  # fmt: skip
