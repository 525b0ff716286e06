"""The book in a real browser, opened from a folder with the network cut.

Runs where Sphinx and its theme (the extra `book`), playwright and a Chromium are.
"""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

pytest.importorskip("playwright", reason="needs playwright")
pytest.importorskip("sphinx_book_theme", reason="needs the extra book")
from benchmarks.browser import CHROMIUM, ROOT
from gan_utils.cli import book, book_print

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="needs chromium on the path"),
]
WIDTHS = (320, 390, 1400, 1920)
CHAPTER = 1_500_000  # bytes of a page and of all that it loads
LIVE = 2_500_000  # where a generator's weights come along
AXE = ROOT / "javascript" / "node_modules" / "axe-core" / "axe.min.js"
PAPER = 665  # pixels of A4 between its margins
THEMES = ("light", "dark")
CODE = ("00_start_here.html", "05b_faster_and_larger.html")  # its colours are the same
RULES = """async (left_out) => {
    const what = { include: [["html"]], exclude: left_out };
    const { violations } = await axe.run(what, { preload: false });
    return violations.map((v) => v.id + ": " + v.nodes.slice(0, 3)
        .map((n) => n.html.slice(0, 160) + " " + n.failureSummary).join(" | "));
}"""
STICKS_OUT = """(wide) => [...document.body.querySelectorAll("*")]
    .filter((n) => n.getBoundingClientRect().right > wide + 1)
    .slice(0, 3).map((n) => n.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Build the book; a warning of Sphinx would be an error here."""
    out = tmp_path_factory.mktemp("book of the course")
    book.build(out)
    return out


@pytest.fixture(scope="module")
def tab(browser):
    """Open a page that cannot reach a network, and notes what goes wrong."""
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.said, page.loaded = [], []
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.on("console", lambda m: page.said.append(m.text) if is_bad(m) else None)
    page.on("requestfailed", lambda r: page.said.append(f"failed: {r.url}"))
    page.on("request", lambda r: page.loaded.append(r.url))
    yield page
    context.close()


def is_bad(message) -> bool:
    return message.type in ("error", "warning")


def pages(site: Path) -> list[str]:
    return sorted(path.name for path in site.glob("*.html"))


def look(page, site: Path, name: str, theme: str = "light") -> None:
    """Open a page by day or by night."""
    page.emulate_media(color_scheme=theme)
    page.goto((site / name).as_uri())
    page.wait_for_load_state("load")
    for lab in page.locator(".gan-lab-page").all():
        lab.scroll_into_view_if_needed()  # unseen it rests, and shows its picture
        lab.locator(".still").wait_for(state="detached")
    for face in page.locator(".gan-face").all():
        face.scroll_into_view_if_needed()
        page.wait_for_function("n => n.dataset.ready", arg=face.element_handle())


def test_every_page_opens_from_a_folder(site, tab):
    assert len(pages(site)) > 25
    for name in pages(site):
        tab.said.clear()
        tab.loaded.clear()
        look(tab, site, name)
        for wide in WIDTHS:
            tab.set_viewport_size({"width": wide, "height": 900})
            found = tab.evaluate("document.documentElement.scrollWidth")
            assert found <= wide, f"{name}: {found} in {wide} pixels: " + str(
                tab.evaluate(STICKS_OUT, wide)
            )
        assert not tab.said, f"{name}: {tab.said}"
        abroad = [
            url for url in tab.loaded if not url.startswith(("file:", "data:", "blob:"))
        ]
        assert not abroad, f"{name} asks for {abroad}"


def test_a_chapter_is_light(site, tab):
    for name in pages(site):
        tab.loaded.clear()
        look(tab, site, name)
        tab.evaluate(
            "document.querySelectorAll('img').forEach((n) => n.loading = 'eager')"
        )
        tab.wait_for_load_state("networkidle")
        files = {
            unquote(url.removeprefix("file://").split("?")[0]) for url in tab.loaded
        }
        files = [Path(file) for file in files if file.startswith("/")]
        total = sum(file.stat().st_size for file in files)
        limit = CHAPTER if name[0].isdigit() else LIVE
        assert total < limit, f"{name} takes {total:,} bytes"


def test_every_link_leads_somewhere(site):
    anchors = {}
    for name in pages(site):
        text = (site / name).read_text("utf-8")
        assert len(re.findall(r"<h1[ >]", text)) == 1, f"{name} needs one title"
        anchors[name] = set(re.findall(r'\bid="([^"]+)"', text))
    for name in pages(site):
        text = (site / name).read_text("utf-8")
        for link in re.findall(r'<a [^>]*?href="([^"]+)"', text):
            if re.match(r"https?:|mailto:", link):
                continue
            page, _, place = unquote(link).partition("#")
            page = page or name
            assert page in anchors, f"{name} leads to {link}"
            assert not place or place in anchors[page], f"{name} leads to {link}"


@pytest.mark.skipif(not AXE.exists(), reason="needs axe-core: npm ci in javascript/")
@pytest.mark.parametrize("theme", THEMES)
def test_nobody_is_shut_out(site, tab, theme):
    source = AXE.read_text("utf-8")
    tab.set_viewport_size({"width": 1400, "height": 900})
    wrong = {}
    for name in pages(site):
        look(tab, site, name, theme)
        tab.evaluate(
            "document.querySelectorAll('details').forEach((n) => n.open = true)"
        )
        tab.evaluate(source)
        left_out = [] if name in CODE else [[".highlight"]]
        if found := tab.evaluate(RULES, left_out):
            wrong[name] = found
    assert not wrong, wrong


@pytest.mark.parametrize("words", ["mode collapse", "WGAN-GP", "模式崩溃"])
def test_the_search_finds(site, tab, words):
    look(tab, site, "contents.html")
    tab.set_viewport_size({"width": 1400, "height": 900})
    tab.locator(".book-search input").fill(words)
    tab.keyboard.press("Enter")
    found = tab.locator("#search-results li a")
    found.first.wait_for()
    assert found.count() >= 1
    assert not [said for said in tab.said if "favicon" not in said]


def test_without_scripts_everything_is_there(browser, site):
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto((site / "02_minimax_objective.html").as_uri())
    assert page.locator("math").count() > 50
    assert page.locator(".bd-article img").count() > 5
    fold = page.locator(".bd-article details > summary").first
    fold.click()
    assert fold.locator("..").get_attribute("open") is not None
    context.close()


def test_night_is_kept_from_page_to_page(browser, site):
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    page.get_by_role("button", name="Dark").click()
    page.goto((site / "01_probability.html").as_uri())
    assert page.locator("html").get_attribute("data-theme") == "dark"
    context.close()


def test_a_folder_of_somebody_else_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(book.CourseError, match="is no book of this course"):
        book.build(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_on_paper_nothing_sticks_out(site, tab, tmp_path):
    pages = ["02_minimax_objective", "06_reading_curves", "glossary"]
    sheet = book_print.write_sheet(site, pages)
    tab.set_viewport_size({"width": PAPER, "height": 900})
    tab.emulate_media(media="print")
    tab.goto(sheet.as_uri())
    found = tab.evaluate("document.documentElement.scrollWidth")
    assert found <= PAPER, tab.evaluate(STICKS_OUT, PAPER)
    assert tab.locator("img").count() == tab.evaluate(
        "[...document.images].filter((n) => n.complete && n.naturalWidth).length"
    )
    tab.emulate_media(media="screen")
    book_print.print_pdf(sheet, tmp_path / "a course.pdf")
    sheet.unlink()
    content = (tmp_path / "a course.pdf").read_bytes()
    assert content.startswith(b"%PDF") and len(content) < 40e6
    assert len(re.findall(rb"/Type\s*/Page\b", content)) > 20
