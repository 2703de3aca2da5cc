"""The application's colours: four tiers, the states of work, a dark theme and one in terminal colours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from textual.theme import Theme

if TYPE_CHECKING:
    from textual.app import App

# Tier 1 individual, 2 operational, 3 management, 4 strategic: the colour is never the only sign.
TIERS: Final = {"tier-1": "#5fafff", "tier-2": "#5fd787", "tier-3": "#ffaf5f", "tier-4": "#d787ff"}
ANSI_TIERS: Final = {
    "tier-1": "ansi_bright_cyan",
    "tier-2": "ansi_bright_green",
    "tier-3": "ansi_bright_yellow",
    "tier-4": "ansi_bright_white",
}
RAG: Final = {"rag-bad": "#ff8787", "rag-warn": "#ffd75f", "rag-good": "#87d787"}
ANSI_RAG: Final = {
    "rag-bad": "ansi_bright_red",
    "rag-warn": "ansi_bright_yellow",
    "rag-good": "ansi_bright_green",
}

LINE: Final = {"line": "#303030"}
"""Lines between the parts of a screen: where no ground tells them apart, they must be seen"""

DARK: Final = Theme(
    name="fcl-dark",
    primary="#5fafff",
    secondary="#87afd7",
    accent="#ffaf5f",
    foreground="#e4e4e4",
    background="#121212",
    surface="#1c1c1c",
    panel="#303030",
    success=RAG["rag-good"],
    warning=RAG["rag-warn"],
    error=RAG["rag-bad"],
    dark=True,
    variables={
        **TIERS,
        **RAG,
        **LINE,
        "block-cursor-background": "#005f87",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "none",
        "border-blurred": "#444444",
        "footer-key-foreground": "#5fafff",
    },
)
# Of the sixteen colours only these can be read on black in every common palette; blue and red cannot.
# The ground is set, not left to the terminal: what can be read on black cannot be read on white.
ANSI: Final = Theme(
    name="fcl-ansi",
    primary="ansi_bright_cyan",
    secondary="ansi_cyan",
    accent="ansi_bright_yellow",
    foreground="ansi_white",
    background="ansi_black",
    surface="ansi_black",
    panel="ansi_black",
    boost="ansi_black",
    success=ANSI_RAG["rag-good"],
    warning=ANSI_RAG["rag-warn"],
    error=ANSI_RAG["rag-bad"],
    dark=True,
    ansi=True,
    variables={
        **ANSI_TIERS,
        **ANSI_RAG,
        # Textual leaves these to the terminal, or makes them magenta and blue
        "surface": "ansi_black",
        "panel": "ansi_black",
        "boost": "ansi_black",
        "text": "ansi_white",
        "border": "ansi_cyan",
        "line": "ansi_cyan",
        "scrollbar": "ansi_cyan",
        "footer-key-foreground": "ansi_bright_cyan",
        "ansi-background": "ansi_black",
        "ansi-foreground": "ansi_white",
        "block-cursor-background": "ansi_white",
        "block-cursor-foreground": "ansi_black",
        "border-blurred": "ansi_black",
        "input-cursor-background": "ansi_white",
        "input-cursor-foreground": "ansi_black",
        "input-cursor-text-style": "none",
        "input-selection-background": "ansi_cyan",
        "input-selection-foreground": "ansi_black",
        "screen-selection-background": "ansi_cyan",
        "screen-selection-foreground": "ansi_black",
    },
)
# What App.get_theme_variable_defaults returns, so that stylesheets may say $tier-1 under any theme.
VARIABLES: Final = {**TIERS, **RAG, **LINE}


def use_theme(app: App[Any], ansi: bool = False) -> None:
    """Register both themes and put one in use; `ansi` takes the terminal's own sixteen colours."""
    app.register_theme(DARK)
    app.register_theme(ANSI)
    app.theme = ANSI.name if ansi else DARK.name


def tier_colour(app: App[Any], tier: int) -> str:
    """Return the colour of a tier, 1 to 4, under the theme in use."""
    key = f"tier-{tier}"
    return app.theme_variables.get(key, TIERS.get(key, TIERS["tier-1"]))
