"""The reports of one tier, to choose from by its number key."""

from collections.abc import Callable

from widgets.menus.menu import Choice, Menu


def tier_menu(number: int, allows: Callable[[str], bool]) -> Menu:
    """A menu of the tier's reports that can be opened."""
    from fcl_tui.reports.catalogue import of_tier
    from fcl_tui.reports.framework import TIERS

    tier = next(tier for tier in TIERS if tier.number == number)
    open_ = [Choice(report.key, report.title) for report in of_tier(number) if allows(report.key)]
    shut = ": its reports are not for your role"
    return Menu(f"{tier.number} {tier.name}{'' if open_ else shut}", open_)
