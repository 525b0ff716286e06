"""The case files in one table: every fault and error of the five published articles."""

from typing import NamedTuple

from gan_utils import validate
from gan_utils.clinic.errors import ERRORS
from gan_utils.clinic.faults import FAULTS

ARTICLES = {
    "R0": "brain",
    "R1": "calculus",
    "R2": "probability",
    "R3": "art",
    "R4": "mechanism",
}


class Row(NamedTuple):
    """One fault, as a case file lists it."""

    source: str  # article and number, such as "R0.1"
    name: str  # of a switch in FAULTS, or of an entry in ERRORS
    kind: str  # "behaviour" or "error"
    what: str
    symptom: str  # what a run shows, or what the error says
    fix: str


def case_file(article: str) -> list[Row]:
    """List the faults of one article in its order.

    Args:
        article: "R0" to "R4".

    Returns:
        Rows, those that change a run before those that stop it.

    Raises:
        ValueError: for another article.
    """
    validate.one_of(article, "article", tuple(ARTICLES))
    rows = [
        Row(f.source, name, "behaviour", f.what, f.symptom.sentence, f.fix)
        for name, f in FAULTS.items()
    ]
    for name, error in ERRORS.items():
        what = error.raises.__doc__.splitlines()[0]
        says = f"{error.kind.__name__}: ... {error.says} ..."
        rows.append(Row(error.source, name, "error", what, says, error.fix))
    mine = [row for row in rows if row.source.startswith(f"{article}.")]
    return sorted(mine, key=lambda row: row.source)


def table(article: str) -> str:
    """Write a case file as a Markdown table."""
    head = [
        "| | fault | what is wrong | what it shows | how to mend it |",
        "|-" * 5 + "|",
    ]
    rows = [
        f"| {r.source} | `{r.name}` | {r.what} | {r.symptom} | {r.fix} |"
        for r in case_file(article)
    ]
    return "\n".join([*head, *rows])
