"""What the pages of the book get after Sphinx has written them."""

import re
import shutil
from functools import cache
from pathlib import Path

from PIL import Image

UNUSED = (  # in _static: what the theme brings and no page of ours loads
    *("locales", "vendor", "images", "scripts/fontawesome.js", "basic.css"),
    *("scripts/fontawesome.js.LICENSE.txt", "styles/theme.css"),
    *("webpack-macros.html", "sbt-webpack-macros.html", "file.png"),
)

_FOLD = re.compile(
    r'<summary aria-label="[^"]*">\s*<p class="collapsed[^"]*">(.*?)</p>.*?</summary>',
    re.DOTALL,
)
_IMAGE = re.compile(r'<img ([^>]*?)src="(_images/[^"]+)"')
_NAMELESS = '<summary><span class="toctree-toggle"'
_EMPTY = re.compile(r"<th([^>]*)><p></p></th>")
_FORMULA_HEAD = re.compile(r"(<th[^>]*><p>)<math([^>]*>.*?</math></p></th>)")
_PARTS = "fa|carousel|offcanvas|accordion|popover|toast|spinner|placeholder|progress"
_UNUSED = re.compile(  # rules of the theme for icons and for parts that no page has
    r"@font-face\{[^}]*Awesome[^}]*\}"
    rf"|(?<=[}}])\.(?:{_PARTS})-?[-\w.:,>~*()\s]*[{{][^{{}}]*[}}]"
)
_TABLE = re.compile(
    r"<table>.*?</table>", re.DOTALL
)  # of a cell; Sphinx's have classes


def finish(site: Path) -> None:
    """Mend every page of a site, and take away what no page loads.

    Folds are named by their title alone, so that a screen reader says it. Pictures say
    how large they are, so that nothing moves while they load.
    """
    for page in site.glob("*.html"):
        text = page.read_text("utf-8")
        text = _FOLD.sub(r"<summary>\1</summary>", text)
        text = _EMPTY.sub(r"<td\1></td>", text)
        text = _FORMULA_HEAD.sub(_read_aloud, text)
        named = _NAMELESS.replace("y>", 'y aria-label="Side rooms">')
        text = text.replace(_NAMELESS, named)
        text = _IMAGE.sub(lambda image: _sized(image, site), text)
        text = _TABLE.sub(r'<div class="scrolls">\g<0></div>', text)
        page.write_text(text, "utf-8")
    _take_away(site / "_static")
    shutil.rmtree(site / "_sources", ignore_errors=True)


def _sized(image: re.Match, site: Path) -> str:
    wide, high = _size(site / image[2])
    return (
        f'<img loading="lazy" width="{wide}" height="{high}" {image[1]}src="{image[2]}"'
    )


def _read_aloud(head: re.Match) -> str:
    """Name the column of a table whose head is a formula alone."""
    words = re.sub(r"<[^>]*>", "", f"<math{head[2]}")
    unseen = f'<span class="visually-hidden">{words}</span>'
    return f'{head[1]}{unseen}<math aria-hidden="true"{head[2]}'


@cache
def _size(path: Path) -> tuple[int, int]:
    with Image.open(path) as picture:
        return picture.size


def _take_away(static: Path) -> None:
    for name in UNUSED:
        path = static / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    for path in static.rglob("*.map"):
        path.unlink()
    for path in (static / "styles").glob("*.css"):
        text = _UNUSED.sub("", path.read_text("utf-8"))
        path.write_text(re.sub(r"/\*# sourceMap.*?\*/", "", text), "utf-8")
