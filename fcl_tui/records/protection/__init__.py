"""Child protection: who is on a plan on a day, plans begun and ended, court."""
