#!/usr/bin/env python3
"""Check the wording: phrases that are not plain English, and the better word for each.

Looks at the string literals and docstrings of the Python files, and at the guidance and the other pages.
Prints `file:line: phrase: better word` for each and exits 1 when there is one. Needs nothing but Python.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CODE = ("fcl_tui", "screens", "widgets", "data")
PAGES = ("fcl_tui/guidance/*.md", "README.md", "docs/deployment.md")

EVERYWHERE = {
    r"\bone (?:row|line|file|package) an? (?!time\b)[a-z]": "one ... per ...",
    r"\bwhoever\b": "name the role, or: anyone who",
    r"\bput right\b": "fix",
    r"\bmend(?:s|ed|ing)?\b": "fix",
    r"\btaken to (?:have|be)\b": "assumed to",
    r"\bof (?:no )?use\b": "used, not used",
    r"\bspeaks? for\b": "is dated, is about, takes precedence",
    r"\brest(?:s|ed)? on\b": "is based on",
    r"\bin hand\b": "already dealt with",
    r"\bin silence\b": "without saying so",
    r"\bis (?:it )?whole\b": "is intact, is complete",
    r"\bnot whole\b": "incomplete, not intact",
    r"\bheard of\b": "unknown",
    r"\bbut for (?:the|those|three|nested|each)\b": "except",
    r"\bcame about\b": "was worked out",
    r"\bhangs? on (?:a|other|nothing)\b": "depends on",
    r"\bforesaw\b": "unexpected",
    r"\bso manieth\b": "at even intervals",
    r"(?<!there )\bis no (?:place|table|letter|matter)\b": "is not a ...",
}
"""Regular expressions, without regard to case, and what to write instead"""

READ = {
    r"\bnobody\b": "no one, no child, or name the role",
    r"\bsomebody\b": "a person, or name the role",
    r"\beverybody\b": "everyone",
    r"\b(?:is|are) said\b": "is shown, is listed",
    r"\b(?:is|are) told\b": "is shown, is reported, will see",
    r"\b(?:cannot be|are) told apart\b": "cannot be separated",
    r"\bstands? (?:in|for|at|beside|on|there|under|twice|alone)\b": "is, appears, is shown",
    r"\bstood\b": "was",
    r"\bbelieved\b": "used, takes precedence",
    r"\bsays otherwise\b": "has a different value",
    r"\breckon": "work out",
    r"\bbut for\b": "except",
    r"(?<!there )\bis no (?:date|day|plain|object store|file)\b": "is not a ...",
}
"""The same for what users read: string literals of more than one word, the help of commands, and the pages"""

Text = tuple[int, str, bool]
"""First line, text, and whether users read it"""


def _documented(tree: ast.AST) -> Iterator[tuple[ast.Constant, bool]]:
    """Docstrings, also those under a name; and whether each is the help of a command."""
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if not isinstance(body, list):
            continue
        command = any("command" in ast.dump(one) for one in getattr(node, "decorator_list", []))
        for place, each in enumerate(body):
            if isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant):
                yield each.value, command and place == 0


def texts_of_code(source: str) -> list[Text]:
    """Every string of a Python file."""
    tree = ast.parse(source)
    documented = {id(node): command for node, command in _documented(tree)}
    return [
        (node.lineno, node.value, documented.get(id(node), " " in node.value.strip()))
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


def faults(texts: list[Text]) -> list[tuple[int, str, str]]:
    """Line, phrase and better word for each phrase of the lists, by line."""
    return sorted(
        (first + text.count("\n", 0, hit.start()), hit.group(), better)
        for first, text, read in texts
        for phrase, better in (EVERYWHERE | READ if read else EVERYWHERE).items()
        for hit in re.finditer(phrase, text, re.IGNORECASE)
    )


def check(root: Path) -> list[str]:
    """One line per phrase found below the folder of the repository."""
    lines = []
    code = [path for room in CODE for path in sorted((root / room).rglob("*.py"))]
    pages = [path for pattern in PAGES for path in sorted(root.glob(pattern))]
    for path in [*code, *pages]:
        source = path.read_text(encoding="utf-8")
        texts = texts_of_code(source) if path.suffix == ".py" else [(1, source, True)]
        lines += [
            f"{path.relative_to(root)}:{line}: {phrase!r}: better: {better}"
            for line, phrase, better in faults(texts)
        ]
    return lines


if __name__ == "__main__":
    found = check(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT)
    sys.stdout.write("\n".join(found or ["Wording: nothing found."]) + "\n")
    sys.exit(1 if found else 0)
