"""Finding the displayed formulas of a notebook."""

import json
import re
from pathlib import Path

DISPLAY = re.compile(
    r"\$\$(?P<dollars>.+?)\$\$"
    r"|\\\[(?P<brackets>.+?)\\\]"
    r"|\\begin\{(?P<name>align|aligned|equation|gather|multline|eqnarray)(?P<star>\*?)\}"
    r"(?P<body>.+?)\\end\{(?P=name)(?P=star)\}",
    re.DOTALL,
)
CODE = re.compile(r"^(```|~~~).*?^\1|`[^`\n]+`", re.DOTALL | re.MULTILINE)
QUOTE = re.compile(r"^\s*>\s?", re.MULTILINE)


def displays(path: Path) -> list[str]:
    """List the LaTeX of every displayed formula of a notebook, in order.

    Args:
        path: a notebook file.

    Returns:
        The text between $$ and $$, in brackets, or in an align environment; code is
        skipped and the marks of quotations are removed.
    """
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    texts = ["".join(c["source"]) for c in cells if c["cell_type"] == "markdown"]
    return [latex for text in texts for latex in in_markdown(text)]


def in_markdown(text: str) -> list[str]:
    """List the displayed formulas of one markdown text."""
    text = CODE.sub("", QUOTE.sub("", text))
    groups = ("dollars", "brackets", "body")
    return [
        next(m[group] for group in groups if m[group]).strip()
        for m in DISPLAY.finditer(text)
    ]


def canonical(latex: str) -> str:
    """Drop what does not change a formula: white space and the final stop or comma."""
    return re.sub(r"\s+", "", latex).rstrip(".,;")
