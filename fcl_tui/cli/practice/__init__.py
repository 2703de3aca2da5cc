"""The commands for audits of practice and supervision of staff."""
