"""Self-service reports of an English local authority's children's services, in a terminal."""

__version__ = "0.1.0"
