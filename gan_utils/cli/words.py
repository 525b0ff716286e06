"""Terms and letters of the course: each has its line in the glossary or the notation,
no term is used before it is introduced, and no letter means two things in a notebook.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from nbformat import NotebookNode

from gan_utils.cli import reading

GLOSSARY, NOTATION = "glossary.ipynb", "notation.ipynb"
CLOSING = ("what you can now do", "common misconceptions", "further reading")

_ROW = re.compile(r"^\|(.+)\|\s*$", re.MULTILINE)
_ANCHOR = re.compile(r'<a id="([^"]+)"></a>')
_HOME = re.compile(r"\]\((\d\d[a-z]?)_[^)]*\)")
ANCHORED = re.compile(r"\(glossary\.ipynb#([\w-]+)\)")
_INTRODUCED = re.compile(r"\[\*\*[^\]]*?\*\*\]\(glossary\.ipynb#([\w-]+)\)")
_UNREAD = re.compile(r"```.*?```|`[^`\n]*`|\$\$.*?\$\$|\$[^$\n]*\$|<!--.*?-->", re.S)
_WRAPPED = re.compile(r"(?<!\n)\n(?!\n|[#|>*-]|\d+\.)")  # inside a paragraph
_MATHS = re.compile(r"\$\$(.+?)\$\$|\$([^$\n]+)\$", re.S)
_WORDS_IN_MATHS = re.compile(
    r"\\(?:text|mathrm|operatorname|mathtt|texttt|begin|end|tag|label|color|href|hspace"
    r"|vspace)\*?\{[^{}]*\}|\\mathrm\s*d|\\[,;:!]\s*d(?=[a-z]\b)"
)
_LETTER = re.compile(r"\\([a-zA-Z]+)|([a-zA-Z])")
_GREEK = re.compile(
    "(?:var)?(?:alpha|beta|gamma|delta|epsilon|zeta|eta|theta|iota|kappa|lambda|mu|nu"
    "|xi|pi|rho|sigma|tau|phi|chi|psi|omega)|Gamma|Delta|Theta|Lambda|Xi|Pi|Sigma|Phi"
    "|Psi|Omega|ell"
)


class Term(NamedTuple):
    """A line of the glossary."""

    forms: tuple[str, ...]  # how it may be written
    anchor: str  # where a link lands
    home: str  # number of the notebook that introduces it


def terms(glossary: NotebookNode) -> list[Term]:
    """Read the terms of the glossary page, in its order."""
    found = []
    for cells in _rows(glossary):
        anchor, home = _ANCHOR.search(cells[0]), _HOME.search(cells[-1])
        if anchor and home:
            names = _ANCHOR.sub("", cells[0]).replace("**", "")
            forms = (re.sub(r"[()]", "", f).strip() for f in re.split(r", | \(", names))
            found.append(
                Term(tuple(f.removeprefix("the ") for f in forms), anchor[1], home[1])
            )
    return found


def early(chapters: dict[str, NotebookNode], known: list[Term]) -> Iterator[str]:
    """Name every term that a main path uses before it is introduced.

    A term is introduced where it stands in bold and leads to its line of the glossary.
    A sentence that leads to the notebook that introduces it may use it before.

    Args:
        chapters: notebooks in the course's order by number, without side rooms.
        known: terms of the glossary.
    """
    texts = {number: _prose(notebook) for number, notebook in chapters.items()}
    for term in known:
        for number, text in texts.items():
            if number >= term.home[:2] and term.home in texts:
                break
            if line := _used(term, text):
                yield f"{number} uses {term.forms[0]!r} before {term.home}: {line!r}"
        if term.home not in texts:
            continue
        text = texts[term.home]
        marks = [m for m in _INTRODUCED.finditer(text) if m[1] == term.anchor]
        if not marks:
            yield f"{term.home} does not introduce {term.forms[0]!r} with a link"
        elif line := _used(term, text[: marks[0].start()]):
            yield f"{term.home} uses {term.forms[0]!r} before it says it: {line!r}"


def strangers(
    number: str, notebook: NotebookNode, notation: NotebookNode
) -> Iterator[str]:
    """Name the letters of a notebook's formulas that the notation does not explain.

    Also letters for which it gives two meanings in that notebook.
    """
    everywhere, here = {}, {}
    for letter, meaning, where in _meanings(notation):
        if not where:
            everywhere[letter] = meaning
        elif number in where:
            here.setdefault(letter, []).append(meaning)
    text = "\n".join(c.source for c in notebook.cells if c.cell_type == "markdown")
    for letter in sorted(letters(text)):
        if letter not in everywhere and letter not in here:
            yield f"{number}: the notation has no line for {letter}"
        elif len(here.get(letter, ())) > 1:
            yield f"{number}: {letter} has two meanings: {here[letter]}"


def _meanings(notation: NotebookNode) -> Iterator[tuple[str, str, list[str]]]:
    """Read letter, meaning, and the notebooks that it has it in (none: all)."""
    for cells in _rows(notation):
        if len(cells) == 3:
            for letter in letters(cells[0]):
                yield letter, cells[1], re.findall(r"\d\d[a-z]?", cells[2])


def letters(text: str) -> set[str]:
    """Collect the letters of the formulas in a text, Greek ones by their LaTeX name."""
    found = set()
    for match in _MATHS.finditer(re.sub(r"```.*?```|`[^`\n]*`", " ", text, flags=re.S)):
        formula = _WORDS_IN_MATHS.sub(" ", match[1] or match[2])
        for command, letter in _LETTER.findall(formula):
            if letter or _GREEK.fullmatch(command):
                found.add(letter or command)
    return found


def _rows(page: NotebookNode) -> Iterator[list[str]]:
    for cell in page.cells:
        for row in _ROW.findall(cell.source):
            cells = [part.strip() for part in re.split(r"(?<!\\)\|", row)]
            if not set(row) <= set("|-: "):
                yield cells


def _prose(notebook: NotebookNode) -> str:
    """Join what the main path says, from after its opening to its closing parts."""
    parts = []
    for cell in reading.main_path(notebook)[1:]:
        if cell.cell_type == "markdown":
            if any(f"## {name}" in cell.source.lower() for name in CLOSING):
                break
            text = _UNREAD.sub(" ", reading.FOLD.sub(" ", cell.source))
            parts.append(_WRAPPED.sub(" ", text))
    return "\n".join(parts)


def _used(term: Term, text: str) -> str | None:
    """Return the first line that uses a term and does not lead to its home."""
    text = _INTRODUCED.sub("", text)  # a longer term may contain this one
    for form in term.forms:
        loose = 0 if re.search("[A-Z]", form) else re.IGNORECASE
        pattern = re.compile(rf"(?<![\w-]){re.escape(form)}(?:s|es)?(?![\w-])", loose)
        for line in text.splitlines():
            if line.startswith("#") or "arXiv" in line:
                continue  # a heading announces; a title is not ours
            plain = re.sub(r"\]\([^)]*\)", "]", line)
            if pattern.search(plain) and f"]({term.home}_" not in line:
                return line.strip()[:120]
    return None
