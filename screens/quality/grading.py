"""What an auditor grades: the line under the cursor by one key, what does not apply, and the next line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fcl_tui.quality.grades import GRADES, NOT_APPLICABLE, OUTCOMES
from screens.quality.form_lines import after_grading, kind_of, next_line
from widgets.menus.letter_menu import LetterMenu
from widgets.menus.menu import Choice

if TYPE_CHECKING:
    from screens.quality.form import FormScreen


class Grading:
    """Acts on the audit that one screen shows."""

    def __init__(self, screen: FormScreen) -> None:
        self._screen = screen

    def grade(self, value: int) -> None:
        """Grade the line under the cursor and go on."""
        screen = self._screen
        if screen.loaded is None:
            return
        tool, draft, key = screen.loaded.case.tool, screen.loaded.draft, screen.line
        kind = kind_of(tool, key)
        if kind == "outcome":
            names = list(OUTCOMES)
            if not 1 <= value <= len(names):
                return
            changed = draft.changed(key, outcome=names[value - 1])
        elif kind == "overall" and value in GRADES:
            changed = draft.changed(key, value=value)
        elif kind == "standard" and value in tool.values:
            changed = draft.changed(key, value=value, not_applicable=None)
        else:
            return
        screen.drafting.change(changed, go_to=after_grading(tool, changed, key))

    def not_applicable(self) -> None:
        """Say why a standard does not apply."""
        screen = self._screen
        if screen.loaded is None or kind_of(screen.loaded.case.tool, screen.line) != "standard":
            screen.say("Only a standard can be not applicable")
            return
        key = screen.line

        def chosen(letter: str | None) -> None:
            if letter is not None and screen.loaded is not None:
                changed = screen.loaded.draft.changed(key, value=None, not_applicable=letter)
                go_to = after_grading(screen.loaded.case.tool, changed, key)
                screen.drafting.change(changed, go_to=go_to)

        choices = [Choice(letter, words) for letter, words in NOT_APPLICABLE.items()]
        screen.ask(LetterMenu("Why does it not apply?", choices), chosen)

    def next_missing(self, way: int) -> None:
        """Go to the next line that lacks something."""
        screen = self._screen
        if screen.loaded is None:
            return
        key = next_line(screen.loaded.case.tool, screen.loaded.draft, screen.line, way)
        if key is None:
            screen.say("Nothing is missing: S hands it in")
        else:
            screen.table.select_key(key)
