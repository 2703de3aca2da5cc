"""The list of restricted records: a slip in it shuts, it never opens."""

from datetime import date

import polars as pl
import pytest
from typer.testing import CliRunner

from data.errors import DataError
from data.snapshots.reader import open_current
from fcl_tui.access import DEMO_LIST, LIST, restricted
from fcl_tui.access.readers import access_list as roster
from fcl_tui.access.readers.access_list import Person, Roster
from fcl_tui.access.readers.sign_in import at_the_door
from fcl_tui.access.seen.restricted_records import alike
from fcl_tui.cli.main import app
from fcl_tui.config import identity
from fcl_tui.config.identity import Identity
from fcl_tui.loading.load import load
from tests.asking import asked
from tests.authority import ROWS, write

TODAY = date.today()
HEADING = "person_id,reason,owner,may_open\n"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """Three children whose numbers have letters."""
    home = tmp_path_factory.mktemp("loaded")
    rows = {
        table: [
            {
                name: f"PX0{value}Q" if name.endswith("person_id") and value else value
                for name, value in row.items()
            }
            for row in some
        ]
        for table, some in ROWS.items()
    }
    load([write(f"sqlite:///{home / 'ssd.db'}", rows)], home, data_date=TODAY, demo=True)
    return home


@pytest.fixture
def home(loaded, tmp_path):
    """People are listed; nothing is restricted yet."""
    (tmp_path / "home").mkdir(mode=0o700)
    (tmp_path / "home" / "snapshots").symlink_to(loaded / "snapshots")
    people = (Person("boss", "administrator"), Person("sen", "senior manager", all=True))
    roster.write(tmp_path / "home", Roster((*people, Person("maya", "social worker", all=True))))
    yield tmp_path / "home"
    identity.forget()


@pytest.fixture
def child():
    """Who is on a plan now."""
    return "PX01Q"


def run(home, *words, code=0):
    done = CliRunner().invoke(app, ["--home", str(home), *words])
    assert done.exit_code == code, (done.output, done.exception)
    return done.output


def reads(home, user="sen"):
    identity.forget()
    identity.declare(Identity(user, forced=True))
    return at_the_door(home)


def sees(home, child):
    """Whether the record opens."""
    door = reads(home)
    door.snapshot()
    if not door.sealed(child):
        door.admit(child)
        return True
    with pytest.raises(DataError, match="restricted record"):
        door.admit(child)
    return False


SLIPS = {
    "a quotation mark before a number": '"{0},x,own,\nPX9,x,own,\n',
    "one within a number": '"{0}"9,x,own,\n',
    "two of them": '"{0},x,own,\n"PX9,x,own,\n',
    "one round several rows": '"{0},x,own,\nPX9",x,own,\n',
    "one in a reason that takes the next row in": '{0},"x\nPX9,x",own,\n',
    "a comma within a number": '"{0},PX9",x,own,\n',
    "a semicolon between two": "{0};PX9,x,own,\n",
    "a cell too few": "{0},x,own\n",
    "a cell too many": "{0},x,own,sam,ann\n",
    "a row without a number": ",x,own,\n",
    "a number as a spreadsheet writes it": "1.23E+11,x,own,\n",
    "a number twice": "{0},x,own,\n{0},y,own,\n",
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_list_that_is_not_in_order_shuts_with_its_line(home, child, slip):
    (home / DEMO_LIST).write_text(HEADING + SLIPS[slip].format(child))
    with pytest.raises(DataError, match=r"restricted-demo\.csv.*nothing is shown"):
        reads(home).snapshot()
    with pytest.raises(DataError, match="nothing is shown"):
        asked(home, "client-overview")
    identity.forget()
    assert "nothing is shown" in run(home, "doctor", code=1)


@pytest.mark.parametrize("text", ["", "\n\n", "reason,owner\nx,y\n", "person_id,person_id\n1,2\n", "\ufeff"])
def test_an_empty_file_or_one_without_numbers_shuts(home, text):
    (home / DEMO_LIST).write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match="nothing is shown"):
        reads(home).snapshot()


def test_a_list_that_is_in_order_is_read_as_before(home):
    text = (
        "\ufeff"
        + HEADING.replace("\n", "\r\n")
        + ' 12\u00a0,"a, b",maya,"sam ann;joe"\r\n,,,\r\n34,,,\r\n\r\n'
    )
    (home / LIST).write_bytes(text.encode())
    found = restricted(home)
    assert found.person_ids == ["12", "34"]
    assert (found.seals["12"].reason, found.seals["12"].may_open) == ("a, b", ("sam", "ann", "joe"))
    (home / LIST).write_text(HEADING)
    assert restricted(home).person_ids == []


@pytest.mark.parametrize("written", ["{}", " {} ", "{lower}", "000{}", "\uff30{rest}"])
def test_a_number_in_another_case_or_width_or_with_other_zeros_still_restricts(home, child, written):
    number = written.format(child, lower=child.lower(), rest=child[1:])
    assert alike(number) == alike(child)
    (home / DEMO_LIST).write_text(f"{HEADING}{number},x,own,\n", encoding="utf-8")
    assert not sees(home, child)
    with pytest.raises(DataError, match="restricted record"):
        asked(home, "client-summary", client=child)
    names = asked(home, "client-overview", by="child").rows
    assert child not in names["person_id"].to_list()
    assert (names["name"] == "Restricted").sum() == 1
    identity.forget()
    assert "1 restricted records listed" in run(home, "doctor")


def test_a_number_that_nobody_has_is_told_by_doctor_and_check(home):
    (home / DEMO_LIST).write_text(f"{HEADING}NOBODY1,x,sen,\n")
    assert "Restricted record NOBODY1: no child" in run(home, "doctor")
    assert "No child in the snapshot in use has the number NOBODY1" in run(home, "access", "check", code=1)


def test_a_list_that_is_gone_shuts_where_a_command_had_restricted_somebody(home, child):
    run(home, "access", "restrict", child.lower(), "--owner", "maya")
    assert restricted(home, demo=True).person_ids == [child]
    assert not sees(home, child)
    (home / DEMO_LIST).unlink()
    with pytest.raises(DataError, match=r"is gone.*nothing is shown.*access restrict"):
        reads(home).snapshot()
    identity.forget()
    assert "is gone" in run(home, "doctor", code=1)
    run(home, "access", "restrict", child, "--owner", "maya")
    assert not sees(home, child)


def test_a_record_taken_off_by_hand_stays_restricted_until_a_command_opens_it(home, child):
    run(home, "access", "restrict", child, "--owner", "maya")
    (home / DEMO_LIST).write_text(HEADING)
    assert not sees(home, child)
    identity.forget()
    assert "stays restricted" in run(home, "doctor")
    assert "stays restricted" in run(home, "access", "check", code=1)
    run(home, "access", "unrestrict", child)
    assert sees(home, child)
    identity.forget()
    assert "stays restricted" not in run(home, "doctor")


def test_a_child_restricted_in_the_demo_shuts_nothing_once_other_data_is_loaded(home, child):
    run(home, "access", "restrict", child, "--owner", "maya")
    (home / DEMO_LIST).unlink()
    whole = open_current(home)
    door = reads(home)

    class Others(type(whole)):
        def scan(self, name):
            frame = super().scan(name)
            return frame.filter(pl.col("person_id") != child) if name == "people" else frame

    people = door.narrowed(Others(whole.path, whole.manifest)).scan("people").collect()
    assert people.height == 2
    assert "Restricted" not in people["name"].to_list()
