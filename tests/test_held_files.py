"""Attempts that were refused once and stay refused: junk in the place of the files of a home."""

import json
import os
from datetime import date

import pytest

from data.errors import DataError
from data.office import FILE
from data.office.access_log import OPENED, AccessLog, Look
from data.snapshots.reader import open_current


@pytest.fixture
def home(ready, tmp_path):
    ready.loaded(12, 3, date(2026, 11, 23), tmp_path / "home")
    return tmp_path / "home"


def current(home):
    return home / "snapshots" / (home / "snapshots" / "current").read_text().strip()


JUNK = ["", "{", "[]", "null", '"x"', "{}", json.dumps({"files": []}), "\x00\xff" * 50, "[" * 100_000]


@pytest.mark.parametrize("text", JUNK, ids=lambda text: repr(text[:12]))
def test_a_manifest_of_junk_is_refused_in_one_sentence(home, text):
    path = current(home) / "manifest.json"
    path.chmod(0o600)
    path.write_text(text)
    with pytest.raises(DataError) as refused:
        open_current(home)
    assert "\n" not in str(refused.value).strip()


@pytest.mark.parametrize("name", ["", "../..", "/etc", ".", "..", "none-such", "a\nb", "\x1b[2J", "x" * 5000])
def test_a_pointer_leads_nowhere_else(home, name):
    (home / "snapshots" / "current").write_text(name)
    with pytest.raises(DataError) as refused:
        open_current(home)
    assert "\x1b" not in str(refused.value)


@pytest.mark.parametrize("what", ["junk", "folder", "pipe"])
def test_what_is_in_the_place_of_the_office_lets_nothing_be_written_down(tmp_path, what):
    path = tmp_path / FILE
    if what == "junk":
        path.write_bytes(b"junk" * 1000)
    elif what == "folder":
        path.mkdir()
    else:
        os.mkfifo(path)
    with pytest.raises(DataError) as refused:
        AccessLog(tmp_path).append(Look("sam", "social worker", "here", OPENED, person_id="1"))
    assert "Traceback" not in str(refused.value)
