"""Settings, identity, permissions: what a home says."""
