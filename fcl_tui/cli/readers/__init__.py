"""The commands for administrators: who may come in, sessions over SSH, and what has to go in time."""
