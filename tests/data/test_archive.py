"""Folders and zip files from strangers: nothing outside is opened, nothing grows without bound."""

import os
import stat
import struct
import zipfile

import pytest

from data.errors import DataError
from data.sources.archive import Archive, Limits

SMALL = Limits(members=5, member=2**20, total=3 * 2**20, ratio=20, directory=2_000, depth=1)


def made(path, *members, method=zipfile.ZIP_DEFLATED):
    """A zip file of (name or ZipInfo, content)."""
    with zipfile.ZipFile(path, "w", method) as out:
        for name, content in members:
            out.writestr(name, content)
    return path


def names(path, limits=None):
    archive = Archive(path, limits or Limits())
    found = [member.name for member in archive.members()]
    return found, {refused.rule for refused in archive.refused}


def content(path):
    found = {}
    for member in Archive(path).members():
        with member.open() as file:
            found[member.name] = file.read()
    return found


def test_a_zip_file_and_a_folder_hold_the_same(tmp_path):
    (tmp_path / "f" / "in").mkdir(parents=True)
    (tmp_path / "f" / "a.csv").write_bytes(b"a")
    (tmp_path / "f" / "in" / "b.csv").write_bytes(b"b" * 200_000)
    path = made(tmp_path / "z.zip", ("a.csv", b"a"), ("in/b.csv", b"b" * 200_000))
    assert content(path) == content(tmp_path / "f") == {"a.csv": b"a", "in/b.csv": b"b" * 200_000}


def test_a_member_can_be_read_again_from_the_start(tmp_path):
    (member,) = Archive(made(tmp_path / "z.zip", ("a.csv", b"abc"))).members()
    for _ in range(2):
        with member.open() as file:
            assert file.read(2) == b"ab"


@pytest.mark.parametrize(
    "name", ["../out.csv", "a/../../out.csv", "/etc/passwd", "C:/x.csv", "..\\out.csv", "\\\\server\\x.csv"]
)
def test_a_name_that_points_outside_is_not_opened(tmp_path, name):
    path = made(tmp_path / "z.zip", (name, b"x"), ("in.csv", b"y"))
    assert names(path) == (["in.csv"], {"unsafe_name"})


def test_a_link_in_a_zip_file_is_not_followed(tmp_path):
    link = zipfile.ZipInfo("link.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert names(made(tmp_path / "z.zip", (link, "/etc/passwd"))) == ([], {"outside_link"})


def test_links_out_of_a_folder_are_not_followed(tmp_path):
    folder = tmp_path / "f"
    folder.mkdir()
    secret = tmp_path / "secret.csv"
    secret.write_text("x")
    (folder / "in.csv").write_text("y")
    (folder / "again.csv").symlink_to(folder / "in.csv")
    (folder / "out.csv").symlink_to(secret)
    (folder / "nowhere.csv").symlink_to(folder / "gone")
    (folder / "self.csv").symlink_to(folder / "self.csv")
    (folder / "up").symlink_to(tmp_path)
    found, rules = names(folder)
    assert found == ["again.csv", "in.csv"]
    assert rules == {"outside_link", "unreadable_file"}


def test_pipes_and_folders_named_like_files(tmp_path):
    (tmp_path / "x.csv").mkdir()
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "deep" / "er" / "est").mkdir(parents=True)
    (tmp_path / "deep" / "er" / "est" / "y.csv").write_text("y")
    assert names(tmp_path) == ([], {"not_a_file", "too_deep"})


def test_text_that_packs_to_less_than_a_hundredth_is_no_table(tmp_path):
    """Just under a limit of three hundred, four files took 77 s and were held row by row."""
    rows = b"".join(b"x" * 1_000 + os.urandom(2) for _ in range(2**11))
    whole = made(tmp_path / "z.zip", ("rows.csv", rows))
    (info,) = zipfile.ZipFile(whole).infolist()
    assert 100 < info.file_size / info.compress_size < 300
    with pytest.raises(DataError, match="would grow from"):
        Archive(whole).members()
    table = b"".join(b"%d,CIN,Pod 7,2026-11-%02d,seen\n" % (at, at % 30 + 1) for at in range(50_000))
    assert names(made(tmp_path / "t.zip", ("table.csv", table))) == (["table.csv"], set())


@pytest.mark.parametrize(
    "members",
    [
        [("bomb.csv", b"0" * 2 * 2**20)],
        [("big.csv", os.urandom(2**20 + 1))],
        [(f"{n}.csv", os.urandom(2**19 * 2)) for n in range(4)],
        [(f"{n}.csv", b"") for n in range(6)],
        [("n" * 3_000, b"")],
    ],
    ids=["ratio", "member", "total", "members", "names"],
)
def test_what_no_return_holds_is_refused_whole(tmp_path, members):
    with pytest.raises(DataError) as told:
        Archive(made(tmp_path / "z.zip", *members), SMALL).members()
    assert "z.zip" in str(told.value)


def test_a_long_name_is_shown_short(tmp_path):
    archive = Archive(made(tmp_path / "z.zip", ("../" + "n" * 60_000, b"")))
    archive.members()
    assert len(archive.refused[0].name) <= 80


def test_a_member_that_says_it_is_small_and_is_not(tmp_path):
    """No more is given out than it says, and the wrong checksum is told."""
    path = made(tmp_path / "z.zip", ("a.csv", b"0" * 500_000))
    raw = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<L", raw, raw.rindex(signature) + offset, 1_000)
    path.write_bytes(raw)
    (member,) = Archive(path).members()
    with member.open() as file, pytest.raises(DataError):
        assert len(file.read()) <= 1_000


@pytest.mark.parametrize("cut", [5, 60, -30, -1])
def test_a_damaged_zip_file_is_told(tmp_path, cut):
    path = made(tmp_path / "z.zip", ("a.csv", os.urandom(500)))
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(DataError) as told:
        content(path)
    assert "z.zip" in str(told.value)


def test_a_flipped_byte_is_told_when_it_is_read(tmp_path):
    path = made(tmp_path / "z.zip", ("a.csv", os.urandom(5_000)))
    raw = bytearray(path.read_bytes())
    raw[2_000] ^= 255
    path.write_bytes(raw)
    with pytest.raises(DataError):
        content(path)


def test_a_locked_zip_file_is_told(tmp_path):
    path = made(tmp_path / "z.zip", ("a.csv", b"abc"))
    raw = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(signature) + offset] |= 1
    path.write_bytes(raw)
    with pytest.raises(DataError, match="password"):
        content(path)


def test_two_members_of_one_name_are_both_read(tmp_path):
    with pytest.warns(UserWarning, match="Duplicate name"):
        path = made(tmp_path / "z.zip", ("a.csv", b"1"), ("a.csv", b"2"))
    assert content(path) == {"a.csv": b"1", "a.csv (2)": b"2"}


def test_what_is_not_there_is_told(tmp_path):
    with pytest.raises(DataError, match="There is no file"):
        Archive(tmp_path / "none").members()
