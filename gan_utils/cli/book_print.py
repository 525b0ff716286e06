"""The book as one page to print, and as one PDF, by a Chromium."""

import re
import shutil
import subprocess
from pathlib import Path

from gan_utils.cli.places import CourseError

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
TITLE = "GANs, hands on"
SECONDS = 480  # a slow machine's time for five hundred sheets

_ARTICLE = re.compile(r'<article class="bd-article">(.*)</article>', re.DOTALL)
_ID = re.compile(r'\bid="([^"]+)"')
_LINK = re.compile(r'href="(?:(\w+)\.html)?(?:#([^"]*))?"')
_SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)  # on paper nothing runs
_PICTURE = re.compile(r'loading="lazy" ')
_FRAME = """<!DOCTYPE html>
<html lang="en" data-theme="light" data-mode="light">
<head><meta charset="utf-8"><title>{title}</title>
<link rel="stylesheet" href="_static/styles/pydata-sphinx-theme.css">
<link rel="stylesheet" href="_static/pygments.css">
<link rel="stylesheet" href="_static/book.css">
<link rel="stylesheet" href="_static/print.css">
</head><body>
<header class="title"><h1>{title}</h1><p>An interactive course on generative adversarial
networks, in JAX and Flax</p><ol>{contents}</ol></header>
{chapters}
</body></html>
"""


def write_sheet(site: Path, pages: list[str]) -> Path:
    """Join pages of a built book into one page, `print.html`, and return it.

    Links between the pages become links within it; a link to a page that is left out
    becomes plain text. What folds is unfolded.

    Args:
        site: the book.
        pages: names without an ending, in their order.
    """
    chapters = [_chapter(site, page, pages) for page in pages]
    entries = [
        f'<li><a href="#{page}">{_heading(chapter)}</a></li>'
        for page, chapter in zip(pages, chapters, strict=True)
    ]
    text = _FRAME.format(
        title=TITLE, contents="\n".join(entries), chapters="\n".join(chapters)
    )
    sheet = site / "print.html"
    sheet.write_text(text, "utf-8")
    return sheet


def _chapter(site: Path, page: str, pages: list[str]) -> str:
    body = _ARTICLE.search((site / f"{page}.html").read_text("utf-8"))[1]
    body = _SCRIPT.sub("", body)
    body = _ID.sub(rf'id="{page}--\1"', body)
    body = _LINK.sub(lambda link: _within(link, page, pages), body)
    body = _PICTURE.sub("", body).replace("<details", "<details open")
    return f'<article class="bd-article" id="{page}">{body}</article>'


def _within(link: re.Match, page: str, pages: list[str]) -> str:
    target, place = link[1] or page, link[2]
    if target not in pages:
        return link[0] if not link[1] and place is None else 'class="elsewhere"'
    return f'href="#{target}{f"--{place}" if place else ""}"'


def _heading(chapter: str) -> str:
    title = re.search(r"<h1[^>]*>(.*?)<a class=\"headerlink\"", chapter, re.DOTALL)
    return title[1]


def print_pdf(sheet: Path, target: Path) -> None:
    """Print a page as PDF, with an outline and with text that a screen reader reads.

    Raises:
        CourseError: there is no Chromium, or it fails.
    """
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        raise CourseError(
            "Printing the book needs Chromium or Chrome, and this computer has neither "
            f"under the names {', '.join(BROWSERS)}. Install one, or open {sheet} in "
            "your own browser and print it from there."
        )
    words = [browser, "--headless", "--no-sandbox", "--disable-gpu"]
    words += ["--no-pdf-header-footer", "--generate-pdf-document-outline"]
    words += [
        "--virtual-time-budget=60000",
        f"--print-to-pdf={target.resolve()}",
        sheet.resolve().as_uri(),
    ]
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    try:
        subprocess.run(words, check=True, capture_output=True, timeout=SECONDS)
    except (subprocess.SubprocessError, OSError) as error:
        raise CourseError(f"{browser} did not print the book: {error}") from error
    if not target.exists():
        raise CourseError(f"{browser} wrote no {target}. Is its folder writable?")
