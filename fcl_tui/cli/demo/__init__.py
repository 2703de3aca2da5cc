"""The demo authority: made, filled, opened."""
