"""Reports of the fourth tier: the longer trends of the whole service."""
