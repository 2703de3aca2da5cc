"""The name of the socket, in the home, through which sessions are opened where a session host runs."""

SOCKET = "session-host"
