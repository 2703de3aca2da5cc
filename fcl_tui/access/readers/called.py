"""How reports and roles are called where somebody is told that they may not."""

from fcl_tui.reports.catalogue import report as entry_of


def called(report: str) -> str:
    """The title of a report, or of what else is asked for by a key."""
    try:
        return entry_of(report).title
    except KeyError:  # due-items, marks, find
        return report.replace("-", " ").capitalize()


def with_article(role: str) -> str:
    """A role with its article: an analyst."""
    return f"{'an' if role[0] in 'aeiou' else 'a'} {role}"
