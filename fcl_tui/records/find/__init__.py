"""Finding a client by what is typed."""
