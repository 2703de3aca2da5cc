"""What the application is made of: locked with hashes, licensed, and asked after."""

import re
import sys
import tomllib
from pathlib import Path

import pytest

from tests import audit

ROOT = Path(__file__).parent.parent
LOCKS = sorted(path.name for path in ROOT.glob("requirements*.lock"))
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)(\[[a-z,]+\])?==([^\s;\\]+)(.*)$")


def pins(lock):
    """Name and version of each package of a lock."""
    lines = (ROOT / lock).read_text().splitlines()
    return {found[1]: found[3] for line in lines if (found := PIN.match(line))}


def normal(name):
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=;~! ]", name)[0]).lower()


def test_there_are_locks_for_running_building_testing_and_asking():
    assert [f"requirements{kind}.lock" for kind in ("-audit", "-build", "-dev", "")] == LOCKS


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_of_a_lock_is_a_pin_with_its_hashes(lock):
    """No URL, no registry, no option; what has no hash could be anything."""
    text = (ROOT / lock).read_text()
    for line in text.splitlines():
        assert PIN.match(line) or re.match(r"^    (--hash=sha256:[0-9a-f]{64}( \\)?$|#)", line), line
    for entry in re.split(r"\n(?=[a-z0-9])", text.strip()):
        assert "--hash=sha256:" in entry, entry


def test_what_builds_the_wheel_is_locked():
    told = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = {normal(name) for name in told["build-system"]["requires"]}
    assert wanted <= {normal(name) for name in told["dependency-groups"]["build"]}
    assert wanted | {"editables"} <= set(pins("requirements-build.lock"))


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_locks_that_share_an_environment_agree(lock):
    build, other = pins("requirements-build.lock"), pins(lock)
    assert {name: other[name] for name in build if name in other} == {
        name: version for name, version in build.items() if name in other
    }


def test_make_installs_nothing_that_has_no_hash():
    """Each `pip install` checks hashes; the one of the application itself downloads nothing."""
    recipe = (ROOT / "Makefile").read_text().replace("\\\n", " ")
    installs = [line for line in recipe.splitlines() if re.search(r"\binstall\b.*-(r|e)\b", line)]
    assert len(installs) >= 4
    for line in installs:
        own = "--no-deps" in line and "--no-build-isolation" in line
        assert "--require-hashes" in line or own, line


def test_the_table_of_licences_names_every_package_that_is_installed():
    table = (ROOT / "docs" / "licences.md").read_text()
    rows = dict(re.findall(r"^\| ([a-z0-9-]+) \| ([^|]+?) \|", table, re.MULTILINE))
    rows.pop("package", None)
    assert set(rows) == {normal(name) for name in pins("requirements.lock")}
    assert all(rows.values())
    assert {name for name, licence in rows.items() if "GPL" in licence} == {"psycopg", "psycopg-binary"}


def test_the_project_has_a_licence():
    text = (ROOT / "LICENSE").read_text()
    assert text.startswith("MIT License\n\nCopyright (c) 2026 The fcl-tui authors\n")
    told = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert (told["license"], told["license-files"]) == ("MIT", ["LICENSE"])


# The audit

SOUND = {"dependencies": [{"name": "rich", "version": "15.0.0", "vulns": []}]}
BAD = {
    "dependencies": [
        {"name": "rich", "version": "1.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1"]}]},
        {"name": "six", "version": "1.0", "vulns": []},
    ]
}
SKIPPED = {"dependencies": [{"name": "odd", "skip_reason": "not found"}]}


@pytest.mark.parametrize(
    ("told", "code", "said"),
    [
        (SOUND, 0, "no vulnerability known"),
        (BAD, 1, "PYSEC-1, mended in 1.1"),
        (SKIPPED, 3, "1 of 1 packages could NOT be looked up (odd)"),
    ],
)
def test_the_audit_tells_what_is_known(monkeypatch, capsys, told, code, said):
    monkeypatch.setattr(audit, "asked", lambda lock: told)
    assert audit.main(["a.lock"]) == code
    assert said in "".join(capsys.readouterr())


def test_an_audit_that_could_not_ask_says_so_and_has_a_code_of_its_own(monkeypatch, capsys, tmp_path):
    """No answer is not a good answer."""
    (tmp_path / "pip_audit.py").write_text(
        "import sys\nprint('x\\nConnectionError: no way out', file=sys.stderr)\nsys.exit(1)\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert audit.main(["a.lock"]) == 3
    told = capsys.readouterr()
    assert told.out == ""
    assert "could NOT be asked (ConnectionError)" in told.err
    assert audit.main([]) == 3


def test_what_is_known_of_one_lock_outweighs_that_another_could_not_be_asked(monkeypatch):
    def asked(lock):
        if lock == "b.lock":
            raise ValueError("gone")
        return BAD

    monkeypatch.setattr(audit, "asked", asked)
    assert audit.main(["a.lock", "b.lock"]) == 1
    assert audit.main(["b.lock"]) == 3


def test_the_audit_is_asked_with_the_python_that_has_it(monkeypatch, tmp_path):
    (tmp_path / "pip_audit.py").write_text(
        "import json, sys\n"
        "print(json.dumps({'dependencies': [{'name': word, 'version': '1'} for word in sys.argv]}))\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    names = [one["name"] for one in audit.asked("a.lock")["dependencies"]]
    assert names[1:4] == ["--requirement", "a.lock", "--require-hashes"]
    assert sys.executable
