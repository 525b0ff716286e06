"""What keeps a notebook from being committed, and only its author can mend."""

import re
from collections.abc import Iterator

from nbformat import NotebookNode

from gan_utils.cli import canonical

FIGURE_BYTES = 40_000
NOTEBOOK_BYTES = 1_000_000
_FOLDERS = "content|home|mnt|opt|private|root|tmp|usr|var|Users"
_PATH = re.compile(rf"(?<![\w.:/])/(?:{_FOLDERS})/[\w.]|\b[A-Z]:\\\\?\w")
_ADDRESS = re.compile(r"\b0x[0-9a-f]{6,}\b")


def flaws(notebook: NotebookNode) -> list[str]:
    """Name what keeps a canonical notebook from being committed, cell by cell.

    Args:
        notebook: an executed notebook in canonical form.

    Returns:
        One sentence for each flaw; none means that it may be committed.
    """
    found = []
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type == "code":
            found += [f"cell {index}: {flaw}" for flaw in _cell_flaws(cell)]
    size = len(canonical.text_of(notebook).encode())
    if size > NOTEBOOK_BYTES:
        found.append(f"the notebook has {size:,} bytes, more than {NOTEBOOK_BYTES:,}")
    return found


def _cell_flaws(cell: NotebookNode) -> Iterator[str]:
    errors = [o for o in cell.outputs if o.output_type == "error"]
    if errors and "raises-exception" not in cell.metadata.get("tags", []):
        yield f"an error is stored ({errors[0].ename}: {errors[0].evalue})"
    if not errors and "raises-exception" in cell.metadata.get("tags", []):
        yield "it is tagged raises-exception, but no exception is stored"
    for output in cell.outputs:
        text = _text(output)
        if output.get("name") == "stderr":
            yield f"text on stderr is stored: {text.strip()[:80]!r}"
        for pattern, what in ((_PATH, "a path of a machine"), (_ADDRESS, "an address")):
            if match := pattern.search(text):
                near = text[max(0, match.start() - 20) : match.end() + 20]
                yield f"the output holds {what}: {near!r}"
    for size, alt in canonical.pictures(cell):
        if not alt:
            yield "a figure has no alt text"
        if size > FIGURE_BYTES:
            yield f"a figure has {size:,} bytes, more than {FIGURE_BYTES:,}"


def _text(output: NotebookNode) -> str:
    data = output.get("data", {})
    texts = [v for k, v in data.items() if k.startswith("text/") and isinstance(v, str)]
    traceback = output.get("traceback", [])
    return "\n".join([output.get("text", ""), *texts, *traceback])
