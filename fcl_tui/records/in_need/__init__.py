"""Children in need: who is in need on a day, episodes begun and ended, plans."""
