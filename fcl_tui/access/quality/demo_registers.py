"""What stands beside audits in the demo authority: feedback, observations, complaints, learning."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from fcl_tui.access.quality.demo_words import FEEDBACK, LEARNING
from fcl_tui.quality.rounds import quarter

if TYPE_CHECKING:
    from fcl_tui.access.quality.demo_course import Rows
    from fcl_tui.access.quality.demo_rounds import Maker


def registers(maker: Maker) -> None:
    """A little of what stands beside audits, in each quarter."""
    pods = sorted({team for team, _ in maker.workers})
    for name, age in maker.ages.items():
        first = quarter(name).first
        rows: Rows = {
            "feedback": [
                {
                    "day": first + timedelta(days=20 + 9 * n), "from_whom": whom, "tone": tone,
                    "method": "conversation", "themes": "Voice of the child", "words": words,
                    "may_be_quoted": n % 2 == 0, "pod": maker.dice.pick(pods, "fed", name, n),
                }
                for n, (whom, tone, words) in enumerate(FEEDBACK)
            ],
            "observations": [
                {
                    "day": first + timedelta(days=30 + 10 * n), "observer": "Quality manager",
                    "worker": maker.dice.pick(maker.workers, "seen", name, n)[1], "setting": setting,
                    "consent_of_family": True, "strengths": "Listened first, and checked what was heard",
                }
                for n, setting in enumerate(("visit", "conference"))
            ],
            "complaints": [
                {
                    "reference": f"C{name[:4]}{name[-1]}", "received": first + timedelta(days=33),
                    "stage": "1", "outcome": "partly", "themes": "Delay",
                    "pod": maker.dice.pick(pods, "complaint", name),
                    "learning": "Tell families at once when a visit has to move",
                }
            ],
            "learning_points": [
                {"source_kind": "audits", "theme": theme, "text": text, "audience": "social_work"}
                for theme, text in LEARNING[age % len(LEARNING) :][:2]
            ],
        }  # fmt: skip
        if age in (1, 3):
            rows["recommendations"] = [
                {
                    "source_kind": "audits", "text": LEARNING[age][1], "owner": "Head of safeguarding",
                    "due": first + timedelta(days=180), "rating": "high" if age == 3 else "medium",
                }
            ]  # fmt: skip
        maker.add(rows, first + timedelta(days=60), "Quality manager")
