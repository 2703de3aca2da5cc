"""Style sheets are read once a process, not again for every kind of screen that is opened."""

from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.css.types import CSSLocation

_READ: dict[tuple[object, ...], list[RuleSet]] = {}
"""What each sheet says under each set of variables; rules are never written to once they are read"""


class ReadOnce(Stylesheet):
    """Textual's own reads the sheets of every widget anew when a screen brings a sheet along."""

    def reparse(self) -> None:
        """Read what is not read yet.

        Raises:
            StylesheetParseError: a sheet is wrong; the rules of before stay.
        """
        self.parse()

    def _parse_rules(
        self,
        css: str,
        read_from: CSSLocation,
        is_default_rules: bool = False,
        tie_breaker: int = 0,
        scope: str = "",
    ) -> list[RuleSet]:
        variables = frozenset(self._variables.items())
        key = (variables, css, read_from, is_default_rules, tie_breaker, scope)
        if key not in _READ:
            rules = super()._parse_rules(css, read_from, is_default_rules, tie_breaker, scope)
            if any(rule.errors for rule in rules):
                return rules
            _READ[key] = rules
        return _READ[key]
