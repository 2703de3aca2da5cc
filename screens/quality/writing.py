"""What an auditor does beside grading: words, actions, the child's record, a concern, handing in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.errors import DataError
from fcl_tui.quality.form import LONGEST, Action, missing
from fcl_tui.quality.grades import GOOD
from fcl_tui.quality.states import ASSIGNED
from screens.dialogs.name import NameDialog
from screens.messages import AuditedChildWanted
from screens.quality.confirm import Confirm
from widgets.menus.menu import Choice, Menu

if TYPE_CHECKING:
    from collections.abc import Callable

    from screens.quality.form import FormScreen

OTHER = "\0other"


class Writing:
    """Acts on the audit that one screen shows."""

    def __init__(self, screen: FormScreen) -> None:
        self._screen = screen
        self._begun = False

    def begin(self) -> None:
        """With the first thing written an assigned audit is in progress. Runs in a thread."""
        from fcl_tui.access.quality import steps

        screen = self._screen
        if self._begun or screen.loaded is None or screen.loaded.case.state != ASSIGNED:
            return
        self._begun = True
        try:
            steps.start(screen.desk(), screen.loaded.case)
        except DataError as error:
            screen.from_thread(screen.say, str(error))
            return
        screen.from_thread(screen.reload)

    # Words

    def text(self, key: str) -> None:
        """Write on a line: evidence, a summary, why another grade."""
        screen = self._screen
        assert screen.loaded is not None
        tool, name = screen.loaded.case.tool, str(screen.table.cursor_row()["name"])
        standard = next((one for one in tool.standards if one.key == key), None)
        note = "" if standard is None else "\n".join([standard.question, *standard.prompts])

        def keep(text: str) -> None:
            if screen.loaded is not None and screen.entry(key).text != text:
                screen.drafting.change(screen.loaded.draft.changed(key, text=text))

        screen.edit(name, note, screen.entry(key).text, keep)

    def no_action(self) -> None:
        """Say why the standard under the cursor needs no action."""
        screen = self._screen
        key, value = screen.line, screen.entry(screen.line).value
        if value is None or value >= GOOD:
            screen.say("Only a standard below Good needs an action or a reason for none")
            return

        def chosen(text: str | None) -> None:
            if text is not None and screen.loaded is not None:
                screen.drafting.change(screen.loaded.draft.changed(key, no_action=text))

        note = "Why no action is needed"
        window = NameDialog("No action, because", note, longest=400, value=screen.entry(key).no_action)
        screen.ask(window, chosen)

    # Actions

    def action(self) -> None:
        """Ask what, who and by when."""
        screen = self._screen
        key = screen.line
        names = {one.key for one in screen.loaded.case.tool.standards} if screen.loaded else set()

        def what(text: str | None) -> None:
            if text is not None:
                screen.in_thread(lambda: self._owners(lambda names: ask(text, names)), group="owners")

        def ask(text: str, people: list[str]) -> None:
            choices = [*(Choice(one, one) for one in people), Choice(OTHER, "Another person: type the name")]
            screen.ask(Menu("Who does it?", choices), lambda owner: who(text, owner))

        def who(text: str, owner: str | None) -> None:
            if owner == OTHER:
                window = NameDialog("Who does it?", "The name", longest=100)
                screen.ask(window, lambda name: who(text, name) if name else None)
            elif owner is not None:
                self._when(lambda due: self._add(Action(key if key in names else "", text, owner, due)))

        screen.ask(NameDialog("Action for this child", "What is to be done", longest=LONGEST), what)

    def _owners(self, then: Callable[[list[str]], None]) -> None:
        screen = self._screen
        people = screen.desk().auditors()
        if screen.loaded is not None:
            row = screen.loaded.case.row
            first = [row["allocated_worker"], row["moderator"], row["auditor"]]
            people = list(dict.fromkeys([*(one for one in first if one), *people]))
        screen.from_thread(then, people)

    def _when(self, then: Callable[[str], None]) -> None:
        from fcl_tui.config.date_input import day_ahead

        screen = self._screen

        def chosen(typed: str | None) -> None:
            if typed is None:
                return
            day, said = day_ahead(typed, screen.session.as_at)
            if day is None:
                screen.say(f"{said}. Nothing was added.")
            else:
                then(day.isoformat())

        screen.ask(NameDialog("By when?", "A day: 14/12, 2w, +10, fri", longest=12), chosen)

    def _add(self, action: Action) -> None:
        screen = self._screen
        if screen.loaded is not None:
            screen.drafting.change(screen.loaded.draft.with_action(action))

    # The child, and a concern

    def child(self) -> None:
        """Open the child's record because of the audit; where it may not be, say why."""
        screen = self._screen

        def work() -> None:
            from dataclasses import replace

            from fcl_tui.access.quality import look

            try:
                door, snapshot = look.opened(screen.desk(), screen.case_id)
            except DataError as error:
                screen.from_thread(screen.say, str(error))
                return
            session = replace(
                screen.session, snapshot=snapshot, door=door, restricted=door.restricted, office=None
            )
            assert screen.loaded is not None
            screen.post_message(AuditedChildWanted(session, screen.loaded.case.person_id))

        screen.in_thread(work, group="child", exclusive=True)

    def concern(self) -> None:
        """Ask what the concern is, and save it at once."""
        screen = self._screen

        def chosen(text: str | None) -> None:
            if text is not None:
                screen.in_thread(lambda: save(text), group="concern")

        def save(text: str) -> None:
            from fcl_tui.access.quality import concerns

            try:
                assert screen.loaded is not None
                desk = screen.desk()
                answers = screen.loaded.case.row["concern_open"] and screen.moderates
                (concerns.answer_concern if answers else concerns.concern)(desk, screen.loaded.case, text)
            except DataError as error:
                screen.from_thread(screen.say, f"Nothing was saved. {error}")
                return
            screen.from_thread(screen.reload)
            screen.from_thread(screen.say, "Saved: the pod manager and the quality manager see it first")

        note = "Told at once, apart from the audit. A child in danger now: use the emergency procedure too."
        screen.ask(NameDialog("A concern about this child's safety", note, longest=LONGEST), chosen)

    # Handing in

    def submit(self) -> None:
        """List what is missing, or ask and hand it in."""
        screen = self._screen
        if screen.loaded is None:
            return
        gaps = missing(screen.loaded.case.tool, screen.loaded.draft)
        if gaps:
            choices = [Choice(f"{number} {key}", words) for number, (key, words) in enumerate(gaps)]

            def go(chosen: str | None) -> None:
                if chosen is not None:
                    screen.table.select_key(chosen.split(" ", 1)[1])

            screen.ask(Menu(f"{len(gaps)} things are missing; enter goes there", choices), go)
            return

        def sure(answer: str | None) -> None:
            if answer == "y":
                screen.in_thread(self._submit, group="submit", exclusive=True)

        screen.ask(Confirm("Hand this audit in? It cannot be changed afterwards."), sure)

    def _submit(self) -> None:
        from fcl_tui.access.quality import steps
        from fcl_tui.access.quality.cases import case_of

        screen = self._screen
        assert screen.loaded is not None
        try:
            desk = screen.desk()
            case = steps.start(desk, case_of(desk, screen.case_id))
            steps.submit(desk, case, screen.loaded.draft)
        except DataError as error:
            screen.from_thread(screen.say, str(error))
            return
        screen.drafting.handed_in()
        screen.from_thread(screen.reload)
        screen.from_thread(screen.say, "Handed in: the pod manager moderates it now")
