"""Who holds whose case: on a day, in and out over a period, and over time (`children`, `held`)."""
