"""Who holds whose case over time, for the official figures: rows for every day asked for."""
