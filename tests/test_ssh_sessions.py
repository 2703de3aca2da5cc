"""Sessions over a real SSH server: people get their reports, and nobody gets out."""

import pytest

from tests.sshd import ssh, ssh_server

__all__ = ["ssh", "ssh_server"]


def test_a_person_logs_in_and_sees_the_client_overview(ssh, ssh_server):
    client = ssh()
    client.see("Families, Children & Learning")
    client.press(b"2\r")
    client.see("[red]O'Brien[")
    client.press(b"q")
    client.wait(client.gone, "leaving")
    assert client.status == 0


def test_reports_for_scripts(ssh_server):
    asked = ssh_server.ask("report client-overview --format json")
    assert (asked.returncode, asked.stderr) == (0, b"")
    assert asked.stdout.startswith(b'{')
    assert ssh_server.ask("find zoe").returncode == 0


def test_a_key_without_a_line_is_refused(ssh_server):
    asked = ssh_server.ask("find zoe", user="nobody")
    assert (asked.returncode, asked.stdout) == (255, b"")
