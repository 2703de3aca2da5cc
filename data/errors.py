"""The one kind of error that is meant for the person at the keyboard."""


class DataError(Exception):
    """Something about the data, a file or a database that its owner can fix.

    The message is one or two sentences: what is wrong, where (file, sheet or table, row, column,
    value), and what to do. It never holds a password and never a child's name.
    """

    exit_code = 1
    """What the command line ends with."""


class StoppedError(DataError):
    """The person or the system asked the work to stop; exit_code is 128 and the signal's number."""

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.exit_code = exit_code
