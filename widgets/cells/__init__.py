"""How a value reads in a cell. No Textual."""
