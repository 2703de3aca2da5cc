"""What a pod manager does with an audit that was handed in: agree, change the grade, return; and the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.errors import DataError
from fcl_tui.quality.grades import GRADES
from screens.dialogs.name import NameDialog
from screens.quality.confirm import Confirm
from widgets.menus.letter_menu import LetterMenu
from widgets.menus.menu import Choice

if TYPE_CHECKING:
    from collections.abc import Callable

    from fcl_tui.access.quality.cases import Case
    from fcl_tui.access.quality.desk import Desk
    from screens.quality.form import FormScreen

SENTENCE = 1000
"""Characters a reason may have"""


class Moderating:
    """Acts on the audit that one screen shows."""

    def __init__(self, screen: FormScreen) -> None:
        self._screen = screen

    def agree(self) -> None:
        """Validate the auditor's grade and the plan, once y is pressed."""
        screen = self._screen
        if screen.loaded is None:
            return
        first = screen.loaded.case.row["auditor_grade"]
        confirms = screen.confirms

        def sure(answer: str | None) -> None:
            if answer == "y":
                self._do(_confirm if confirms else lambda desk, case: _moderate(desk, case, None, ""))

        question = "Confirm the pod manager's Inadequate?"
        screen.ask(Confirm(question if confirms else f"Agree: {GRADES.get(first, '')}, and the plan?"), sure)

    def other_grade(self) -> None:
        """Ask which grade and why."""
        screen = self._screen

        def chosen(digit: str | None) -> None:
            if digit is None:
                return
            grade = int(digit)

            def why(reason: str | None) -> None:
                if reason is not None:
                    self._do(lambda desk, case: _moderate(desk, case, grade, reason))

            note = "In a sentence, which the auditor reads; enter validates"
            screen.ask(NameDialog(f"Why {GRADES[grade]}?", note, longest=SENTENCE), why)

        choices = [Choice(str(grade), words) for grade, words in sorted(GRADES.items())]
        screen.ask(LetterMenu("Which grade is validated?", choices), chosen)

    def give_back(self) -> None:
        """Ask why, and return it."""
        screen = self._screen
        whom = "the pod manager" if screen.confirms else "its auditor"
        step = _do_not_confirm if screen.confirms else _give_back

        def why(reason: str | None) -> None:
            if reason is not None:
                self._do(lambda desk, case: step(desk, case, reason))

        note = "What is to be done, in a sentence that they read"
        screen.ask(NameDialog(f"Return this audit to {whom}?", note, longest=SENTENCE), why)

    def _do(self, step: Callable[[Desk, Case], str]) -> None:
        screen = self._screen

        def work() -> None:
            from fcl_tui.access.quality.cases import case_of

            try:
                desk = screen.desk()
                done = step(desk, case_of(desk, screen.case_id))
            except DataError as error:
                screen.from_thread(screen.say, str(error))
                return
            screen.from_thread(screen.reload)
            screen.from_thread(screen.say, f"{done}. ] goes to the next that waits.")

        screen.in_thread(work, group="moderate", exclusive=True)

    def waiting(self, way: int) -> None:
        """Go to the next audit that waits to be moderated."""
        screen = self._screen
        if screen.loaded is None or not screen.loaded.waiting:
            return
        cases = screen.loaded.waiting
        at = cases.index(screen.case_id) if screen.case_id in cases else -1 if way > 0 else 0
        screen.open_case(cases[(at + way) % len(cases)])


def _moderate(desk: Desk, case: Case, grade: int | None, reason: str) -> str:
    from fcl_tui.access.quality import moderation

    return moderation.moderate(desk, case, grade, reason)


def _give_back(desk: Desk, case: Case, reason: str) -> str:
    from fcl_tui.access.quality import moderation

    moderation.give_back(desk, case, reason)
    return "Returned"


def _confirm(desk: Desk, case: Case) -> str:
    from fcl_tui.access.quality import confirming

    confirming.confirm(desk, case)
    return "Confirmed"


def _do_not_confirm(desk: Desk, case: Case, reason: str) -> str:
    from fcl_tui.access.quality import confirming

    confirming.do_not_confirm(desk, case, reason)
    return "Returned to the pod manager"
