"""A hand-made authority whose due items come from its rows, as a load makes them."""

from fcl_tui.timescales.engine import due_items, rules_in_force
from tests.reports.by_hand import CALENDAR, RULES_IN_FORCE, Authority


def reckoned(**rows):
    """The authority of these rows, with the due items and rules of the timescales."""
    authority = Authority(**rows)
    authority.frames["rules"] = rules_in_force(authority.scan, RULES_IN_FORCE).lazy()
    authority.frames["due_items"] = due_items(authority.scan, RULES_IN_FORCE, CALENDAR).collect().lazy()
    return authority
