"""Damage real files at random, for a bounded time, and see that every reader copes.

Run with `make fuzz`, or: python -m tests.fuzz [--seconds N] [--seed N] [LAYOUT ...].
Whatever is done to a file, reading it ends in one sentence (DataError) or in an account in which every row
that came in was used or held. Anything else is printed with what repeats it, and the exit code is 1.
"""

import argparse
import random
import shutil
import sys
import tempfile
import time
import traceback
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from data.demo import generate
from data.demo.files.layouts import LAYOUTS, write_layout
from data.errors import DataError
from data.quiet import is_panic
from data.sources import open_source
from data.sources.base import silent
from tests import broke

AS_AT = date(2026, 3, 31)
BROKE = "broke"
"""Not a layout: the files that once broke a load."""
NASTY = (
    *(b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1b]52;c;aGk=\x1b\\", b"\xe2\x80\xae", b'"', b"'", b"\r\n"),
    *(b",,,,", b";", b"\t", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"<Child>", b"</Child>", b"&b;", b"=1+1"),
    *(b"31/02/2026", b"9" * 400, b"-1", b"PK\x03\x04", b"../../x"),
)


def cut(data: bytearray, rng: random.Random) -> None:
    """Lose the end."""
    del data[rng.randrange(len(data) + 1) :]


def lose(data: bytearray, rng: random.Random) -> None:
    """Lose a piece."""
    start = rng.randrange(len(data) + 1)
    del data[start : start + rng.randrange(1, 200)]


def repeat(data: bytearray, rng: random.Random) -> None:
    """Say a piece again."""
    start = rng.randrange(len(data) + 1)
    data[start:start] = data[start : start + rng.randrange(1, 2000)]


def spoil(data: bytearray, rng: random.Random) -> None:
    """Change some bytes."""
    for _ in range(rng.randrange(1, 20)):
        if data:
            data[rng.randrange(len(data))] = rng.randrange(256)


def put_in(data: bytearray, rng: random.Random) -> None:
    """Put something nasty in."""
    start = rng.randrange(len(data) + 1)
    data[start:start] = rng.choice(NASTY)


WAYS: tuple[Callable[[bytearray, random.Random], None], ...] = (cut, lose, repeat, spoil, put_in)


def damage(path: Path, rng: random.Random) -> str:
    """Damage one file (of a workbook mostly a part inside it) in some ways; returns what was done."""
    if path.suffix == ".xlsx" and rng.random() < 0.9:
        with zipfile.ZipFile(path) as book:
            parts = {name: book.read(name) for name in book.namelist()}
        name = rng.choice(sorted(parts))
        parts[name], done = _damaged(parts[name], rng)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
            for part, data in parts.items():
                book.writestr(part, data)
        return f"{path.name}, {name}: {done}"
    data, done = _damaged(path.read_bytes(), rng)
    path.write_bytes(data)
    return f"{path.name}: {done}"


def _damaged(content: bytes, rng: random.Random) -> tuple[bytes, str]:
    data, done = bytearray(content), []
    for _ in range(rng.randrange(1, 4)):
        way = rng.choice(WAYS)
        way(data, rng)
        done.append(way.__name__)
    return bytes(data), ", ".join(done)


def read(path: Path) -> str:
    """Read a source; returns how it ended. Raises AssertionError when a row went missing."""
    try:
        source = open_source(str(path))
        for batch in source.batches(silent):
            assert batch.frame.height >= 0
    except DataError as error:
        return "FAILED" if "\n" in str(error) else "refused"
    for place in source.places():
        assert place.rows_in == place.rows_used + place.rows_held, place
        assert min(place.rows_used, place.rows_held) >= 0, place
    source.coverage()
    source.checksum()
    source.data_date()
    return "read"


def fuzz(layouts: list[str], seconds: float, seed: int) -> int:
    """Damage and read until the time is up. Returns how many readings failed."""
    tables = generate(children=12, seed=3, as_at=AS_AT)
    failed = 0
    with tempfile.TemporaryDirectory() as place:
        sound = Path(place) / "sound"
        for layout in layouts:
            if layout == BROKE:
                broke.write(sound / layout)
            else:
                write_layout(tables, sound / layout, layout, AS_AT)
        for layout in layouts:
            ends: dict[str, int] = {}
            until, number = time.monotonic() + seconds / len(layouts), 0
            while time.monotonic() < until:
                number += 1
                rng = random.Random(f"{seed} {layout} {number}")
                folder = Path(place) / "damaged"
                shutil.rmtree(folder, ignore_errors=True)
                if layout == BROKE:  # each is a source of its own
                    one = rng.choice(sorted(path for path in (sound / layout).rglob("*") if path.is_file()))
                    folder.mkdir()
                    place_of_it = Path(shutil.copy(one, folder))
                    done = damage(place_of_it, rng)
                else:
                    shutil.copytree(sound / layout, folder)
                    files = sorted(path for path in folder.iterdir() if path.is_file())
                    place_of_it, done = folder, damage(rng.choice(files), rng)
                try:
                    end = read(place_of_it)
                except BaseException as error:
                    if not isinstance(error, Exception) and not is_panic(error):
                        raise
                    end, failed = "FAILED", failed + 1
                    print(f"{layout} {number} (seed {seed}): {done}", file=sys.stderr)
                    traceback.print_exc()
                ends[end] = ends.get(end, 0) + 1
            told = ", ".join(f"{count} {end}" for end, count in sorted(ends.items()))
            print(f"{layout:<14}{number:>6} damaged: {told}", flush=True)
    return failed


def main() -> None:
    """Read the command line and run."""
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--seconds", type=float, default=60, help="for all layouts together")
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("layouts", nargs="*", default=[*LAYOUTS, BROKE], help=", ".join([*LAYOUTS, BROKE]))
    told = words.parse_args()
    sys.exit(1 if fuzz(told.layouts, told.seconds, told.seed) else 0)


if __name__ == "__main__":
    main()
