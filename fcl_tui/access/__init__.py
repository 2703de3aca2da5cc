"""Who may see what. One door, asked by the screens and the command line alike."""

from fcl_tui.access.seen.restricted_records import DEMO_LIST, LIST, Restricted, restricted

__all__ = ["DEMO_LIST", "LIST", "Restricted", "restricted"]
