"""The parts of the suite: quick, for every change; and long, what is asked of many or waits.

`long.txt` names the test functions that take long, by what was measured; of those with several cases the
first stays in the quick part. Without `--part` everything runs, so a file that is named runs whole. Again:

    make test-all PYTEST=--junitxml=suite.xml; python -m tests.long suite.xml
"""

import sys
from collections import defaultdict
from pathlib import Path
from xml.etree import ElementTree

import pytest

LIST = Path(__file__).with_name("long.txt")
A_CASE, TOGETHER = 0.5, 10.0
"""Seconds from which on a function is long: its cases on average, or all of them together"""
WHOLE = (
    "tests/data/test_cin_census_round_trip.py",
    "tests/data/test_ssda903_round_trip.py",
    "tests/official/test_kept.py",
    "tests/quality/test_screen_leaks.py",
    "tests/test_load_same.py",
    "tests/test_object_store.py",
    "tests/test_round_trip.py",
    "tests/test_ssh_roles.py",
    "tests/test_unforeseen.py",
)
"""Files of which all is long, since what takes long is what their tests share"""


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option that says which part."""
    parser.addoption("--part", choices=["quick", "long"], help="run this part of the suite; else all of it")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the other part."""
    part = config.getoption("--part")
    if part is None:
        return
    names, seen = set(LIST.read_text(encoding="utf-8").split()), set()
    split: dict[str, list[pytest.Item]] = {"quick": [], "long": []}
    for item in items:
        name, case, _ = item.nodeid.partition("[")
        first = bool(case) and name not in seen
        seen.add(name)
        whole = name.startswith(WHOLE)
        split["long" if whole or (name in names and not first) else "quick"].append(item)
    config.hook.pytest_deselected(items=split["long" if part == "quick" else "quick"])
    items[:] = split[part]


def measured(report: Path) -> list[str]:
    """The functions that took long in a run, from its report in the JUnit form."""
    took: dict[str, list[float]] = defaultdict(list)
    for case in ElementTree.parse(report).iter("testcase"):  # noqa: S314  (our own)
        file = str(case.get("classname")).replace(".", "/")
        took[f"{file}.py::{str(case.get('name')).partition('[')[0]}"].append(float(str(case.get("time"))))
    return sorted(name for name, cases in took.items() if sum(cases) > min(A_CASE * len(cases), TOGETHER))


if __name__ == "__main__":
    found = measured(Path(sys.argv[1]))
    LIST.write_text("\n".join(found) + "\n", encoding="utf-8")
    print(f"{len(found)} functions are long.")
