"""The reports of one tier, to choose from by its number key."""

from widgets.menu import Choice, Menu


def tier_menu(number: int) -> Menu:
    """A menu of the tier's reports that are built; the planned ones stand below and choose nothing."""
    from fcl_tui.reports.catalogue import TIERS, of_tier

    tier = next(tier for tier in TIERS if tier.number == number)
    built = [Choice(report.key, report.title) for report in of_tier(number) if report.built]
    planned = [
        Choice(f"\0{report.key}", report.title, "planned") for report in of_tier(number) if not report.built
    ]
    return Menu(f"{tier.number} {tier.name}", [*built, *planned])
