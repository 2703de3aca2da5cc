"""Ask a public list whether anything that is locked here has a known vulnerability.

Run with `make audit`, or: python -m tests.audit LOCK... (needs pip-audit, which has a lock of its own).
Exit code 0: it was asked, and knows of none. 1: it knows of some, which are listed. 3: it could not be asked,
so nothing is known either way. (make itself ends with 2 for both, and prints the code.)
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

NONE_KNOWN, SOME_KNOWN, NOT_ASKED = 0, 1, 3

PATIENCE = 600
"""Seconds for one lock."""
NAMED = 5
"""Packages named that could not be looked up."""


def asked(lock: str) -> dict[str, Any]:
    """What pip-audit says of a lock. Raises OSError or ValueError when it could not find out."""
    words = ["--requirement", lock, "--require-hashes", "--disable-pip", "--format", "json"]
    command = [sys.executable, "-m", "pip_audit", *words, "--progress-spinner", "off"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        raise ValueError(f"no answer in {PATIENCE} seconds") from None
    try:
        told = json.loads(done.stdout)
    except ValueError:
        last = [line for line in done.stderr.splitlines() if line.strip()][-1:]
        raise ValueError((last or ["it said nothing"])[0].strip().partition(":")[0][:200]) from None
    if isinstance(told, dict) and isinstance(told.get("dependencies"), list):
        return told
    raise ValueError("it answered something else")


def judged(lock: str, told: dict[str, Any]) -> int:
    """Print what is known of the packages of a lock; returns the exit code."""
    packages = told["dependencies"]
    skipped = [one for one in packages if "skip_reason" in one]
    bad = [(one, each) for one in packages for each in one.get("vulns", ())]
    for one, each in bad:
        mended = ", ".join(each.get("fix_versions", ())) or "no version yet"
        print(f"{lock}: {one['name']} {one['version']}: {each['id']}, mended in {mended}")
    if skipped:
        names = ", ".join(one["name"] for one in skipped[:NAMED]) + (", ..." if len(skipped) > NAMED else "")
        print(
            f"{lock}: {len(skipped)} of {len(packages)} packages could NOT be looked up ({names}). Nothing "
            "is known of them.",
            file=sys.stderr,
        )
    if bad:
        return SOME_KNOWN
    if skipped or not packages:
        return NOT_ASKED
    print(f"{lock}: {len(packages)} packages, no vulnerability known.")
    return NONE_KNOWN


def main(locks: Sequence[str]) -> int:
    """Ask about each lock. What is known outweighs what could not be asked."""
    codes = set()
    for lock in locks:
        try:
            codes.add(judged(lock, asked(lock)))
        except (OSError, ValueError) as error:
            codes.add(NOT_ASKED)
            print(
                f"{lock}: the list of known vulnerabilities could NOT be asked ({error}). Nothing is "
                "known of these packages, neither good nor bad; try again where there is a way out to it.",
                file=sys.stderr,
            )
    return SOME_KNOWN if SOME_KNOWN in codes else NOT_ASKED if NOT_ASKED in codes or not codes else NONE_KNOWN


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
