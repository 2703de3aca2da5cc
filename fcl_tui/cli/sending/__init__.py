"""The digest of a team, printed or sent by mail."""
