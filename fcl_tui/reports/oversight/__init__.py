"""Reports for the administrator of access, who sees no child."""
