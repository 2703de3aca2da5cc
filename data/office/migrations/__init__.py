"""The migrations of the office database, run by `data.office.database`."""
