"""The office database: what people mark on due items, apart from the snapshot and shared by everyone.

`Office` (module `office`) is all that the application needs. Nothing here is imported until it is asked for.
"""

HEAD = "0007"
"""The newest schema version this application knows. A test holds it to the newest migration."""

FILE = "office.db"
JOURNAL = "office-journal.jsonl"
