"""Mail over a line made safe by STARTTLS, with a login, to a server that is not ours."""

import ssl

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from data.errors import DataError
from fcl_tui.cli.sending.mail import Server, send
from tests.sshd import free_port

SECRET = "hunter2-in-clear"


class Keeps:
    """What came in, and who was logged in on what kind of line."""

    def __init__(self):
        self.mails = []

    async def handle_DATA(self, server, session, envelope):
        self.mails.append((session.auth_data, session.ssl is not None, envelope.content.decode()))
        return "250 taken"


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@pytest.fixture
def mailbox(authority):
    """A mail server for localhost, whose certificate is from an authority of the test."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(context)

    def logs_in(server, session, envelope, mechanism, given):
        right = (given.login, given.password) == (b"fcl", SECRET.encode())
        return AuthResult(success=right, handled=False, auth_data=given.login if right else None)

    keeps = Keeps()
    controller = Controller(
        keeps, "127.0.0.1", free_port(), tls_context=context, require_starttls=True, authenticator=logs_in,
        auth_required=True,
    )  # fmt: skip
    controller.start()
    keeps.port = controller.port
    yield keeps
    controller.stop()


@pytest.fixture
def trusted(authority, tmp_path, monkeypatch):
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))


def mail_to(mailbox, host="localhost"):
    send(Server(host, "fcl@example.gov.uk", mailbox.port, user="fcl"), "team@example.gov.uk", "Due", "J.S. 1")


def test_the_password_goes_over_a_safe_line_alone(mailbox, trusted, monkeypatch):
    monkeypatch.setenv("FCL_SMTP_PASSWORD", SECRET)
    mail_to(mailbox)
    ((login, safe, text),) = mailbox.mails
    assert (login, safe) == (b"fcl", True)
    assert "J.S. 1" in text
    assert SECRET not in text


def test_a_wrong_password_is_said_and_not_repeated(mailbox, trusted, monkeypatch):
    monkeypatch.setenv("FCL_SMTP_PASSWORD", "wrong-in-clear")
    with pytest.raises(DataError, match="did not take the user and password") as told:
        mail_to(mailbox)
    assert "wrong-in-clear" not in str(told.value)
    assert mailbox.mails == []


def test_a_server_nobody_vouches_for_gets_nothing(mailbox, monkeypatch):
    monkeypatch.setenv("FCL_SMTP_PASSWORD", SECRET)
    with pytest.raises(DataError, match="certificate is not trusted"):
        mail_to(mailbox)
    assert mailbox.mails == []


def test_a_certificate_for_another_name_is_no_good(mailbox, trusted, monkeypatch):
    monkeypatch.setenv("FCL_SMTP_PASSWORD", SECRET)
    with pytest.raises(DataError, match="certificate is not trusted"):
        mail_to(mailbox, "127.0.0.1")
    assert mailbox.mails == []
