"""Who works in the demo authority, with whom, and who cares for its children."""
