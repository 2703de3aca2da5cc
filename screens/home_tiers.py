"""The reports of one tier, to choose from by its number key."""

from collections.abc import Callable

from widgets.menus.menu import Choice, Menu


def tier_menu(number: int, allows: Callable[[str], bool]) -> Menu:
    """A menu of the tier's reports that can be opened; the home screen shows the planned ones too."""
    from fcl_tui.reports.catalogue import of_tier
    from fcl_tui.reports.framework import TIERS

    tier = next(tier for tier in TIERS if tier.number == number)
    built = [report for report in of_tier(number) if report.built]
    open_ = [Choice(report.key, report.title) for report in built if allows(report.key)]
    shut = ": its reports are not for your role" if built else ": its reports are planned, none is built yet"
    return Menu(f"{tier.number} {tier.name}{'' if open_ else shut}", open_)
