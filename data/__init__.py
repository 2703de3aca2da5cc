"""Sources, tables, snapshots: how an authority's own case data gets in and is kept."""
