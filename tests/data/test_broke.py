"""Files that once broke a load (see tests/broke.py): refused or read, soon and in little memory."""

import resource
import time

import pytest

from data.snapshots.directory import STAGING
from data.snapshots.place import FOLDER
from fcl_tui.loading.load import load
from tests import broke, fuzz


@pytest.mark.parametrize("name", [*broke.REFUSED, *broke.READ])
def test_it_is_refused_or_read(tmp_path, name):
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    (broke.REFUSED | broke.READ)[name](path)
    before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    assert fuzz.read(path) == ("refused" if name in broke.REFUSED else "read")
    assert time.process_time() - begun < 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < before + 500_000  # kilobytes


def test_a_load_that_is_refused_leaves_nothing_behind(tmp_path):
    from data.errors import DataError

    path = tmp_path / "long.db"
    broke.REFUSED["long values.db"](path)
    with pytest.raises(DataError):
        load([str(path)], tmp_path / "home")
    assert list((tmp_path / "home" / FOLDER).glob(f"{STAGING}*")) == []


def test_fuzzing_damages_them_too(capsys):
    assert fuzz.fuzz([fuzz.BROKE], 3, 1) == 0
    assert "broke" in capsys.readouterr().out
