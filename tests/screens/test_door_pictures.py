"""What is told at the door, at 80x24 and 120x40: a refusal, the reason for breaking glass, notices."""

import pytest

from fcl_tui.access.gate import Door
from fcl_tui.access.readers.reader import Reader
from fcl_tui.access.readers.remit import Scope
from fcl_tui.access.seen.restricted_records import Seal
from fcl_tui.access.seen.restricted_records import write as seal
from fcl_tui.config import identity
from fcl_tui.config.settings import Settings
from fcl_tui.terminal.app import FclApp
from screens.client_summary.break_glass import ReasonDialog
from screens.messages import ClientWanted
from tests.screens.conftest import settled, until, withheld
from tests.screens.small_authority import AS_AT, SmallSnapshot

TOLD = (
    "Your restricted record 101 was opened by sen (senior manager) on 23/11/2026 at 07:45 UTC, "
    "because: child at the hospital, mother asks who is with them",
    "Your restricted record 104 was opened by mo (front-line manager) on 23/11/2026 at 16:02 UTC, "
    "because: police at the door",
)


@pytest.fixture
def opened(tmp_path):
    """Makes the application of a reader in a role, one child being restricted."""
    seal(tmp_path, {"101": Seal("adoption", "olive")})

    def make(role, **more):
        reader = Reader("sen", role, frozenset((role,)), Scope(everyone=True))
        settings = Settings(tmp_path)
        door = Door(tmp_path, settings, reader, logs=True)
        snapshot = door.narrowed(SmallSnapshot())
        return FclApp(snapshot, settings, as_at=AS_AT, door=door, **more)

    yield make
    identity.forget()


async def shut(pilot):
    await settled(pilot)
    pilot.app.post_message(ClientWanted("101"))
    await until(pilot, lambda: withheld(pilot.app))


@pytest.mark.parametrize("role", ["senior manager", "social worker"])
def test_a_restricted_record_refused(opened, role, size, snap_compare):
    assert snap_compare(opened(role), terminal_size=size, run_before=shut)


def test_a_report_of_another_role_refused(opened, size, snap_compare):
    async def refused(pilot):
        await settled(pilot)
        pilot.app.action_report("assessments")
        await until(pilot, lambda: withheld(pilot.app))

    assert snap_compare(opened("social worker"), terminal_size=size, run_before=refused)


@pytest.mark.parametrize("reason", ["", "because"])
def test_the_reason_for_breaking_glass(opened, reason, size, snap_compare):
    async def asked(pilot):
        await shut(pilot)
        await pilot.press("B")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReasonDialog))
        if reason:
            await pilot.press(*reason, "enter")
        await settled(pilot)

    assert snap_compare(opened("senior manager"), terminal_size=size, run_before=asked)


def test_notices(opened, size, snap_compare):
    async def counted(pilot):
        await settled(pilot)
        home = pilot.app.screen_stack[1]
        await until(pilot, lambda: "to chase" in home._counted)
        await pilot.pause(0.1)

    assert snap_compare(opened("senior manager", notices=TOLD), terminal_size=size, run_before=counted)
