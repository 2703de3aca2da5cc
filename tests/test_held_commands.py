"""Attempts that were refused once and stay refused: words smuggled into what a session is asked."""

import pytest

from data.errors import DataError
from fcl_tui.ssh.original import words

OTHER_COMMANDS = ["digest", "audit", "access", "views", "marks", "check", "rules", "doctor", "purge"]
OTHER_COMMANDS += ["snapshots", "load", "demo", "session"]
SMUGGLED = [
    "--home=/tmp",
    "-o/tmp/x",
    "-oF",
    "--output=/tmp/x",
    "--",
    "--view x",
    "--break-glass",
    "--client --home",
    "--client '--output=/tmp/x'",
    "--out /tmp/x",
    "--hom /tmp",
]
UNPRINTABLE = ["\n", "\t", "\x1b[2J", "\u202e", "\u200b", "\x00", "\x9b"]


@pytest.mark.parametrize("command", OTHER_COMMANDS)
def test_no_other_command_is_let_in(command):
    for asked in (command, f"{command} report", f"'{command}'"):
        with pytest.raises(DataError, match="cannot be run here"):
            words(asked)


@pytest.mark.parametrize("option", SMUGGLED)
@pytest.mark.parametrize("command", ["report client-overview", "find zoe", "why 1 x", "fetch x.csv"])
def test_no_option_with_a_path_is_let_in_wherever_it_is_put(command, option):
    first, *rest = command.split()
    for asked in (f"{command} {option}", f"{first} {option} {' '.join(rest)}", f"{option} {command}"):
        with pytest.raises(DataError, match="cannot be run here"):
            words(asked)


@pytest.mark.parametrize("sign", UNPRINTABLE, ids=ascii)
def test_signs_that_cannot_be_seen_are_refused_and_not_repeated(sign):
    with pytest.raises(DataError, match="cannot be run here") as refused:
        words(f"find zoe{sign}id")
    assert "zoe" not in str(refused.value)


@pytest.mark.parametrize("dash", ["\u2013", "\uff0d", "\u2212"], ids=ascii)
def test_a_dash_that_looks_like_a_hyphen_is_a_word_and_no_option(dash):
    asked = f"report client-overview {dash}{dash}home /tmp"
    assert words(asked)[2] == f"{dash}{dash}home"  # one word too many for the command, which says so
