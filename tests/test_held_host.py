"""What a load and an export leave on the host: nothing outside the home, nothing unlimited."""

import configparser
import tempfile
from datetime import date
from pathlib import Path

import pytest

from data.demo import DemoSource
from fcl_tui.export import content
from fcl_tui.loading.load import load
from tests.asking import asked

AS_AT = date(2026, 11, 23)


def test_no_temporary_file_is_asked_for_outside_the_home(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "there is no such folder"))
    home = tmp_path / "home"
    load([DemoSource(children=5, seed=3, as_at=AS_AT)], home, data_date=AS_AT)
    for report in ("client-overview", "caseload"):
        answer = asked(home, report, as_at=AS_AT)
        for form in ("xlsx", "docx", "csv", "json"):
            assert content(answer, form)
    assert {path.name for path in tmp_path.iterdir()} == {"home"}
    wide = [path for path in home.rglob("*") if not path.is_symlink() and path.stat().st_mode & 0o077]
    assert wide == [], "open to others"


@pytest.mark.parametrize("word", ["MemoryMax", "MemorySwapMax", "TimeoutStartSec", "NoNewPrivileges"])
def test_the_nightly_load_is_bounded_by_its_unit(word):
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str
    unit.read(Path(__file__).parent.parent / "docs" / "systemd" / "fcl-load.service")
    assert unit["Service"][word] not in ("", "infinity", "no")
