"""Turns the part of Markdown that guidance is written in into plain lines."""

from __future__ import annotations

import re

from widgets.text.pane import Line

EMPHASIS = re.compile(r"(\*\*|__|`)(.+?)\1|(?<!\w)[*_](?!\s)(.+?)(?<!\s)[*_](?!\w)")
LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
ITEM = re.compile(r"^(\s*)([-*+]|\d+\.)\s+(.*)$")
HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")


def markdown_lines(text: str) -> list[Line]:
    """Read headings, paragraphs, lists, quotes, code blocks and tables; other marks stay as they are.

    Paragraphs written over several lines are joined. A link is shown as its words and, where they differ,
    its address.
    """
    lines: list[Line] = []
    paragraph: list[str] = []
    fenced = False

    def end_paragraph() -> None:
        if paragraph:
            lines.append(Line(_inline(" ".join(paragraph))))
            paragraph.clear()

    for raw in text.splitlines():
        stripped = raw.strip()
        heading, item = HEADING.match(stripped), ITEM.match(raw)
        if stripped.startswith("```"):
            end_paragraph()
            fenced = not fenced
        elif fenced:
            lines.append(Line(raw, lead="    "))
        elif not stripped:
            end_paragraph()
            if lines and lines[-1].text:
                lines.append(Line(""))
        elif heading:
            end_paragraph()
            lines.append(Line(_inline(heading[2]), "heading"))
        elif item:
            end_paragraph()
            mark = item[2] if item[2][0].isdigit() else "-"
            lines.append(Line(_inline(item[3]), lead=f"{item[1]}{mark} "))
        elif stripped.startswith("|"):
            end_paragraph()
            if set(stripped) - set("|-: "):
                lines.append(
                    Line(_inline("  ".join(cell.strip() for cell in stripped.strip("|").split("|"))))
                )
        elif stripped.startswith(">"):
            end_paragraph()
            lines.append(Line(_inline(stripped.lstrip("> ")), "quiet", lead="  "))
        elif raw.startswith(" ") and lines and lines[-1].lead and not paragraph:
            last = lines.pop()
            lines.append(Line(f"{last.text} {_inline(stripped)}", last.look, last.lead))
        else:
            paragraph.append(stripped)
    end_paragraph()
    return lines


def _inline(text: str) -> str:
    text = LINK.sub(lambda m: m[1] if m[1] == m[2] else f"{m[1]} ({m[2]})", text)
    return EMPHASIS.sub(lambda m: m[2] or m[3], text)
