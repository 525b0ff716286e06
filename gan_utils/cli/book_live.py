"""The parts of the book that run in its pages: faces and the lab."""

from pathlib import Path

from gan_utils import explorers
from gan_utils.cli import address
from gan_utils.explorers.faces import tables
from gan_utils.widgets import lab_in_page

MARK = "<!-- live: {} -->"
PRESET = "eight clouds"  # of the lab's page and of the front page
NOTEBOOK = "00_start_here.ipynb"  # has a lab that a kernel trains, too
HOLDER = '<div class="gan-lab-page"'
STILL = """<img class="still" src="_static/lab.png" width="500" height="400" alt="The
laboratory after 1,500 updates: blue data on a ring, orange forgeries along it, and
arrows that say where the detective's verdict pushes each.">"""


def write(static: Path) -> dict[str, str]:
    """Write what the live parts of all pages share; return the HTML of each part.

    Args:
        static: the site's `_static`; each kind of part gets a folder in it.
    """
    explorers.write(static / "explorers")
    base = f"{static.name}/explorers/"
    parts = {name: explorers.fragment(name, base) for name in explorers.NAMES}
    lab_in_page.write(static / "gan_lab")
    base, elsewhere = f"{static.name}/gan_lab/", address.in_colab(NOTEBOOK)
    lab = lab_in_page.fragment(base, PRESET, first=STILL, elsewhere=elsewhere)
    parts |= {"lab": lab, "playing lab": lab.replace(HOLDER, f"{HOLDER} data-play")}
    parts = {name: " ".join(html.split()) for name, html in parts.items()}
    return parts | {"sliders": slider_table()}


def filled(text: str, parts: dict[str, str]) -> str:
    """Put the parts into a page's Markdown, where it marks a place for one."""
    for name, html in parts.items():
        text = text.replace(MARK.format(name), html)
    return text


def slider_table() -> str:
    """Say in Markdown how well each slider of the faces works, shown or not."""
    head, rows = (table := tables()[0])["head"], table["rows"]
    rule = ["---", *["---:"] * (len(head) - 2), "---"]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *rows))
