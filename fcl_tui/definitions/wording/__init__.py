"""How numbers, names and what is left out are written."""
