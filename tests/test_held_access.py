"""Attempts on the access list, the folder of files and the log that opened nothing: they open nothing."""

import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa

from data.errors import DataError
from data.office import FILE
from data.office.access_log import OPENED, AccessLog, Look, chained
from data.office.access_log_head import HEAD_FILE
from data.office.models import AccessRow
from fcl_tui.access.readers import roles
from fcl_tui.access.readers.sign_in import at_the_door
from fcl_tui.config import identity
from fcl_tui.config.identity import Identity
from fcl_tui.export.folder import fetch

BOSS = "[[person]]\nuser = 'boss'\nrole = 'administrator'\n"
SAM = "[[person]]\nuser = 'sam'\nrole = 'social worker'\n"


@pytest.fixture
def sam():
    identity.declare(Identity("sam", forced=True))
    yield
    identity.forget()


LISTS = {
    "whole": (BOSS + SAM + "all = true\n").encode(),
    "cut": (BOSS + SAM)[:-4].encode(),
    "empty": b"",
    "all in quotes": (BOSS + SAM + "all = 'yes'\n").encode(),
    "all as a number": (BOSS + SAM + "all = 1\n").encode(),
    "a role in capitals": (BOSS + SAM.replace("social worker", "Social Worker") + "all = true\n").encode(),
    "one person twice": (BOSS + SAM + "teams = ['T1']\n" + SAM + "all = true\n").encode(),
    "not UTF-8": (BOSS + SAM + "all = true\n# \xe9\n").encode("latin-1"),
    "a mark before it": b"\xef\xbb\xbf" + (BOSS + SAM + "all = true\n").encode(),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_that_is_not_in_order_opens_for_nobody(tmp_path, sam, name):
    (tmp_path / roles.FILE).write_bytes(LISTS[name])
    if name == "whole":
        assert at_the_door(tmp_path).reader.scope.everyone
        return
    with pytest.raises(DataError, match="nothing is shown") as refused:
        at_the_door(tmp_path)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("what", ["a link to nowhere", "a folder"])
def test_what_is_no_list_in_its_place_opens_for_nobody(tmp_path, sam, what):
    place = tmp_path / roles.FILE
    if what == "a folder":
        place.mkdir()
    else:
        place.symlink_to(tmp_path / "gone")
    with pytest.raises(DataError):
        at_the_door(tmp_path)


LIKE_SLASHES = ["\uff0f", "\u2215", "\u2044", "\u29f8", "\u2571", "\\", "%2f", "\u338d"]


@pytest.mark.parametrize("slash", LIKE_SLASHES, ids=ascii)
def test_what_looks_like_a_slash_leads_to_no_other_folder(tmp_path, sam, slash, capfdbinary):
    own = tmp_path / "exports" / "sam"
    own.mkdir(parents=True)
    (own / "mine.csv").write_bytes(b"mine")
    (tmp_path / "exports" / "other.csv").write_bytes(b"theirs")
    for name in ("../other.csv", "x/../../other.csv", "./mine.csv", "x/../mine.csv", "/etc/passwd"):
        with pytest.raises(DataError, match="no file of yours"):
            fetch(tmp_path, name.replace("/", slash))
    assert capfdbinary.readouterr().out == b""


def opened(number):
    return Look("sam", "social worker", "here", OPENED, person_id=str(number))


def five(home):
    log = AccessLog(home)
    for number in range(5):
        log.append(opened(number))
    return log


def forced(home, *statements):
    engine = sa.create_engine(f"sqlite:///{home / FILE}", poolclass=sa.NullPool)
    with engine.begin() as connection:
        for what in ("update", "delete"):
            connection.exec_driver_sql(f"DROP TRIGGER access_log_no_{what}")
        for statement in statements:
            connection.exec_driver_sql(statement)


ROW = "seq, at, who, role, origin, action, report, person_id, detail"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE access_log SET report = '' WHERE seq = 3 AND report IS NULL",
        "UPDATE access_log SET who = 'x' WHERE seq = 5",
        "UPDATE access_log SET who = 'x'",
        f"INSERT INTO access_log ({ROW}, previous, hash) SELECT 6, at, 'x', role, origin, action, report, "
        f"person_id, detail, hash, '{'f' * 64}' FROM access_log WHERE seq = 5",
    ],
    ids=["nothing made empty", "the last", "all", "one put in"],
)
def test_a_log_changed_in_another_way_is_told(tmp_path, statement):
    log = five(tmp_path)
    forced(tmp_path, statement)
    assert log.verify()[1]


def test_a_changed_row_with_a_hash_worked_out_again_is_told_by_the_next(tmp_path):
    log = five(tmp_path)
    with sa.create_engine(f"sqlite:///{tmp_path / FILE}").connect() as connection:
        row = connection.execute(sa.select(AccessRow.__table__).where(AccessRow.seq == 3)).one()._asdict()
    new = chained(row["previous"], row | {"who": "x"})
    forced(tmp_path, f"UPDATE access_log SET who = 'x', hash = '{new}' WHERE seq = 3")
    assert log.verify() == (5, ["Row 4 does not follow row 3: rows are missing or moved."])


@pytest.mark.parametrize("what", ["rubbish", "a link", "an empty file"])
def test_a_head_that_is_none_is_told_and_stays_told(tmp_path, what):
    log = five(tmp_path)
    head = tmp_path / HEAD_FILE
    head.unlink()
    if what == "a link":
        head.symlink_to(tmp_path / "gone")
    else:
        head.write_text("}{" if what == "rubbish" else "")
    assert "is missing" in log.verify()[1][0]
    log.append(opened("later"))
    assert "was missing though the log had 5 rows" in log.verify()[1][0]


@pytest.mark.parametrize("what", ["gone", "emptied", "put back as it was"])
def test_a_log_taken_away_alone_is_begun_again_and_told(tmp_path, what):
    log = AccessLog(tmp_path)
    log.append(opened(0))
    log._engine.dispose()
    kept = Path(shutil.copy(tmp_path / FILE, tmp_path / "kept"))
    five(tmp_path)._engine.dispose()
    for path in tmp_path.glob(f"{FILE}*"):
        path.unlink()
    if what == "emptied":
        (tmp_path / FILE).touch(mode=0o600)
    elif what == "put back as it was":
        kept.replace(tmp_path / FILE)
    log = AccessLog(tmp_path)
    log.append(opened("later"))
    count, told = log.verify()
    assert count == (2 if what == "put back as it was" else 1)
    assert any("row 6, once the newest, was gone or changed" in one for one in told)
