"""Days, working days, periods, and what is open on a day."""
