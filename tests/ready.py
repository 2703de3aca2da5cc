"""Homes that are loaded once a run, whichever worker asks first; every module works on a copy of its own."""

import os
import shutil
import tempfile
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl
import pytest


class Ready:
    """What has been made in this run."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(mode=0o700, exist_ok=True)

    def copy(self, name: str, make: Callable[[Path], object], to: Path) -> Path:
        """A copy of a home; it is made with `make` if no worker has made it yet.

        There is no lock, which a dead worker would leave behind: two workers that begin one at the same
        moment both make it, and what the later one made is not used.

        Args:
            name: of what is made; says all that it depends on.
            make: is given an empty home.
            to: where the copy goes, a folder that is empty or not there.
        """
        made = self._folder / name
        if not made.exists():
            place = Path(tempfile.mkdtemp(dir=self._folder, prefix="making-"))
            make(place)
            try:
                place.rename(made)
            except OSError:  # another worker's came to be there meanwhile
                shutil.rmtree(place)
        return Path(shutil.copytree(made, to, symlinks=True, dirs_exist_ok=True))

    def loaded(self, children: int, seed: int, day: date, to: Path, *, demo: bool = False) -> Path:
        """A home with a demo authority, loaded as any source is."""

        def make(home: Path) -> None:
            from data.demo import DemoSource
            from fcl_tui.loading.load import load

            load([DemoSource(children=children, seed=seed, as_at=day)], home, data_date=day, demo=demo)

        return self.copy(f"loaded-{children}-{seed}-{day}-{'demo' if demo else 'plain'}", make, to)

    def restricted(self, children: int, seed: int, day: date) -> pl.DataFrame:
        """The children whom the demo authority holds as restricted records."""
        path = self._folder / f"restricted-{children}-{seed}-{day}.csv"
        if not path.exists():
            from data.demo import restricted

            place = path.with_suffix(f".{os.getpid()}")
            restricted(demo_tables(children, seed, day), seed).write_csv(place)
            place.replace(path)
        return pl.read_csv(path, infer_schema=False)

    def demonstrated(self, children: int, seed: int, day: date | None, to: Path) -> Path:
        """A home as `fcl-tui demo` leaves it; the day is today's if it is not given."""

        def make(home: Path) -> None:
            from fcl_tui.cli.demo.made import demonstrate

            demonstrate(home, children=children, seed=seed, as_at=day, write=None, open_it=False)

        return self.copy(f"demonstrated-{children}-{seed}-{day or date.today()}", make, to)

    def awkward(self, to: Path) -> Path:
        """A home with the small authority, names full of markup and escape sequences."""

        def make(home: Path) -> None:
            from fcl_tui.loading.load import load
            from tests.terminal import AS_AT, Awkward

            load([Awkward()], home, data_date=AS_AT)

        return self.copy("awkward", make, to)


@cache
def demo_tables(children: int, seed: int, day: date) -> dict[str, pl.DataFrame]:
    """The tables of a demo authority, made once a process: copy the dictionary before you change it."""
    from data.demo import generate

    return generate(children, seed, day)


@pytest.fixture(scope="session")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Ready:
    """Homes that are ready to be copied, shared by the workers of a run."""
    base = tmp_path_factory.getbasetemp()
    # each worker's folder is inside the one of the run
    return Ready((base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "ready")
