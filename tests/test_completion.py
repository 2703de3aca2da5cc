"""A shell asks the command itself how a line goes on: the process as the shell starts it."""

import os
import subprocess
import sys

import pytest

from fcl_tui.cli.groups import GROUPS, group
from tests.sshd import REPOSITORY


def completed(line: str, home) -> list[str]:
    words = line.split(" ")
    asked = {
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) - 1),
        "_FCL_TUI_COMPLETE": "complete_bash",
        "FCL_HOME": str(home),
    }
    path = f"sys.path.insert(0, {str(REPOSITORY)!r}); sys.argv[0] = 'fcl-tui'"
    begun = f"import sys; {path}; from fcl_tui.start import main; main()"
    found = subprocess.run(
        [sys.executable, "-c", begun],
        env=os.environ | asked,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.stderr == ""
    return found.stdout.split("\n")


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("fcl-tui boa", {"board"}),
        ("fcl-tui audits dra", {"draw"}),
        ("fcl-tui report client-su", {"client-summary"}),
    ],
)
def test_a_shell_is_told_how_a_line_goes_on(line, wanted, tmp_path):
    assert {word for word in completed(line, tmp_path) if word} == wanted


def test_every_group_is_there_and_says_what_it_is_for():
    for name, (_, told) in GROUPS.items():
        made = group(name)
        assert made.commands, name
        assert made.help == told
