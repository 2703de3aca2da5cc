"""The one kind of error that is meant for the person at the keyboard."""


class DataError(Exception):
    """Something about the data, a file or a database that its owner can put right.

    The message is one or two sentences: what is wrong, where (file, sheet or table, row, column,
    value), and what to do. It never holds a password and never a child's name.
    """
