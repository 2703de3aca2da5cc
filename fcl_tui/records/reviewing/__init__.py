"""Reviews: due, held and left out as reports show them, and over time (`children`, `items`)."""
