"""Sending a text by mail, through the SMTP server that the table [mail] of the settings names."""

import os
from typing import TYPE_CHECKING

from data.dataclass import dataclass
from data.errors import DataError

if TYPE_CHECKING:
    from fcl_tui.config.settings import Settings

PASSWORD = "FCL_SMTP_PASSWORD"
"""The variable that holds the password; it stands nowhere else."""
PATIENCE = 20.0
"""Seconds the server has for each answer."""
KINDS = {"host": str, "from": str, "port": int, "starttls": bool, "user": str}


@dataclass(frozen=True)
class Server:
    """By which server mail goes, and from whom."""

    host: str
    sender: str
    port: int = 587
    starttls: bool = True
    user: str | None = None


def server_of(settings: "Settings") -> Server:
    """The server that the settings name.

    Raises:
        DataError: they name none, or not rightly. No value of the table is repeated.
    """
    told, path = settings.mail, settings.home / "settings.toml"
    if not told:
        raise DataError(f"No mail server is set. Put a table [mail] with host and from into {path}.")
    for key, value in told.items():
        if key not in KINDS:
            kept = f" A password goes into {PASSWORD} alone." if "pass" in key.casefold() else ""
            raise DataError(f"{path}: [mail] takes {', '.join(KINDS)} and nothing else.{kept}")
        if type(value) is not KINDS[key] or value == "":
            raise DataError(f"{path}: {key} in [mail] takes a {KINDS[key].__name__}.")
    if "host" not in told or "from" not in told:
        raise DataError(f"{path}: [mail] needs host and from.")
    server = Server(
        told["host"],
        address(told["from"]),
        told.get("port", 587),
        told.get("starttls", True),
        told.get("user"),
    )
    if not 0 < server.port < 65_536:
        raise DataError(f"{path}: port in [mail] takes a number from 1 to 65535.")
    if server.user is not None and not server.starttls:
        raise DataError(f"{path}: [mail] has a user but starttls = false: the password would go in clear.")
    return server


def address(text: str) -> str:
    """One address as it is written into a header; DataError when it is none."""
    name, at, host = text.partition("@")
    fits = text.isascii() and text.isprintable() and not set(text) & set(' ,;:<>"()[]\\')
    if not (name and at and host and "@" not in host and fits and len(text) <= 254):
        raise DataError("This is not a mail address. Give one such as team@example.gov.uk.")
    return text


def send(server: Server, to: str, subject: str, text: str) -> None:
    """Send a plain text.

    Raises:
        DataError: it could not be sent; why, in words that hold neither password nor what the server said.
    """
    import smtplib
    import ssl
    from email.message import EmailMessage
    from email.utils import formatdate, make_msgid

    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = server.sender, to, subject
    message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain="fcl-tui.invalid")
    message.set_content(text, cte="quoted-printable")
    password = os.environ.get(PASSWORD)
    if server.user is not None and not password:
        raise DataError(f"[mail] has a user: put the password into the variable {PASSWORD}.")
    taken = False
    try:
        with smtplib.SMTP(server.host, server.port, timeout=PATIENCE) as line:
            if server.starttls:
                line.starttls(context=ssl.create_default_context())
            if server.user is not None and password:
                line.login(server.user, password)
            line.send_message(message)
            taken = True
    except (smtplib.SMTPException, OSError, ValueError) as error:
        if not taken:  # what goes wrong in saying goodbye must not have it sent a second time
            raise DataError(f"The mail was not sent: {_why(error)}") from None


def _why(error: Exception) -> str:
    import smtplib
    import ssl

    if isinstance(error, smtplib.SMTPAuthenticationError):
        return "the mail server did not take the user and password."
    if isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPSenderRefused):
        return "the mail server refused the address it goes to or comes from."
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return "the mail server offers no STARTTLS or no login; see [mail] in settings.toml."
    if isinstance(error, ssl.SSLError):
        return "no safe connection to the mail server could be made (its certificate is not trusted here)."
    if isinstance(error, smtplib.SMTPResponseException | smtplib.SMTPServerDisconnected):
        return "the mail server broke off."
    return "the mail server cannot be reached; see host and port under [mail] in settings.toml."
