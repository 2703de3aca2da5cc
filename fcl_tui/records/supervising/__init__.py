"""Supervision of staff: on a day, the sheet of one worker, and over time (`rows`)."""
