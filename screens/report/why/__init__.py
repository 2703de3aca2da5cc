"""Why a date or a figure is what it is, and who has looked."""
