"""The sources of the book: what its pages promise, its fonts, a notebook as a page."""

import ast
import json
import re
import runpy
import shutil
from html import unescape
from pathlib import Path

import pytest
from nbformat import v4

pytest.importorskip("latex2mathml", reason="needs the extra lab")

from gan_utils.cli import address, book, book_labs, book_live, book_print, places
from gan_utils.cli.book_pages import contents, page_of, sections
from gan_utils.cli.mathml import mathml
from gan_utils.explorers.faces import tables

ROOT = Path(__file__).parents[1]
PROMISES = (ROOT / "book" / "promises.md").read_text("utf-8")
NOTEBOOKS = {p: places.read_notebook(p) for p in places.everything(ROOT / "notebooks")}
NAMED = re.findall(r"`((?:formulas/)?\w+\.py)(?:::(\w+))?`", PROMISES)
KEPT = re.findall(r"\[([\w.]+)\]\((\w+)\.ipynb#([\w.]+)\)", PROMISES)


def test_every_promise_names_a_test_that_exists():
    assert len(NAMED) > 30
    for file, name in NAMED:
        tree = ast.parse((ROOT / "tests" / file).read_text("utf-8"))
        known = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        assert not name or name in known, f"{file} has no {name}"


def test_every_promise_names_a_section_that_exists():
    assert len(KEPT) > 30
    places_of = {path.stem: sections(book) for path, book in NOTEBOOKS.items()}
    for said, page, number in KEPT:
        assert said == number
        assert number in places_of[page], f"{page} has no section {number}"


def test_each_line_of_promises_is_checked_by_something():
    rows = re.findall(r"^\| (?!you will|we promise)\w.*\|$", PROMISES, re.MULTILINE)
    assert len(rows) > 30
    for row in rows:
        assert re.search(r"\| `[^`]+` \|$", row), f"no test in: {row}"


def test_the_front_page_knows_every_chapter():
    listed = contents(NOTEBOOKS)
    chapters = [p.stem for p in NOTEBOOKS if places.number_of(p).isdigit()]
    assert [entry["page"] for entry in listed] == chapters
    for entry in listed:
        assert entry["question"].endswith((".", "?"))
        assert 5 < entry["read"] < 60 and 5 < entry["do"] < 90
        for room in entry["rooms"]:
            assert room["page"].startswith(entry["number"] + "b")


def test_every_page_stands_in_the_table_of_contents():
    listed = (ROOT / "book" / "contents.md").read_text("utf-8").split()
    pages = {p.stem for p in NOTEBOOKS if not places.is_side_room(p)}
    pages |= {p.stem for p in (ROOT / "book").glob("*.md")} - {"contents"}
    assert pages | {"glossary", "notation"} <= set(listed)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_formula_of_a_page_stays_tex(path):
    for cell in page_of(NOTEBOOKS[path], [], {}).cells:
        if cell.cell_type == "markdown":
            prose = re.sub(r"```.*?```|`[^`]*`", "", cell.source, flags=re.DOTALL)
            assert "$" not in prose and not re.search(r"\\[a-zA-Z]{2,}", prose)


def test_a_folded_cell_keeps_its_title_and_a_widget_its_picture():
    folded = 0
    for path, notebook in NOTEBOOKS.items():
        page = page_of(notebook, [], {})
        assert "widgets" not in page.metadata
        for before, cell in zip(notebook.cells, page.cells, strict=True):
            if "hide-input" in cell.metadata.get("tags", []):
                title = cell.metadata["mystnb"]["code_prompt_show"]
                assert before.source.startswith(f"# @title {title}"), path
                assert "@title" not in cell.source
                folded += 1
            for output in cell.get("outputs", []):
                kinds = set(output.get("data", {}))
                assert not {kind for kind in kinds if "widget" in kind}
                if "image/png" in kinds:
                    assert cell.metadata["mystnb"]["image"]["alt"]
    assert folded > 500


def test_every_character_of_the_course_has_a_glyph():
    have = set((ROOT / "book/_static/fonts/covered.txt").read_text("utf-8"))
    used = "".join(p.read_text("utf-8") for p in (ROOT / "book").glob("*.md"))
    for notebook in NOTEBOOKS.values():
        for cell in page_of(notebook, [], {}).cells:
            used += cell.source
            used += "".join(str(o.get("text", "")) for o in cell.get("outputs", []))
    missing = {sign for sign in used if sign > " " and sign not in have}
    assert not missing, f"run book/make_fonts.py: {sorted(missing)}"


@pytest.mark.parametrize(
    ("tex", "parts"),
    [
        (r"\min_G V", ["<munder><mi>min</mi><mi>G</mi></munder><mspace"]),
        (r"2\log x", ["<mn>2</mn><mspace", "<mi>log</mi><mspace"]),
        (r"\log(x)", ["<mi>log</mi><mo"]),
        (r"-\log x", ["<mo>−</mo><mi>log</mi>"]),
        (r"x\sim p", ["<mo>∼</mo>"]),
        (r"\operatorname{KL}(p)", ["<mi>KL</mi><mo"]),
        (r"\log^2 x", ["<msup><mi>log</mi><mn>2</mn></msup><mspace"]),
    ],
)
def test_functions_have_their_spaces_and_limits_stand_below(tex, parts):
    found = mathml(tex, display=True)
    for part in parts:
        assert part in found


def test_in_a_line_of_text_a_limit_stands_beside():
    assert "<msub>" in mathml(r"\max_D V", display=False)


def settings_of_the_book(folder, monkeypatch, repository: str) -> dict:
    """Run the book's settings as Sphinx does, beside one notebook."""
    monkeypatch.setattr(address, "repository", lambda: repository)
    shutil.copy(ROOT / "book" / "conf.py", folder)
    (folder / "00_start_here.ipynb").touch()
    told = {"course": [{"page": "00_start_here"}], "live": {}}
    (folder / "course.json").write_text(json.dumps(told))
    return runpy.run_path(str(folder / "conf.py"))


def test_there_is_no_button_until_an_address_is_set(tmp_path, monkeypatch):
    found = settings_of_the_book(tmp_path, monkeypatch, "")
    assert found["buttons"]("00_start_here") == []
    assert found["html_context"]["home_links"] == []


def test_with_an_address_a_chapter_opens_in_colab(tmp_path, monkeypatch):
    where = "https://github.com/owner/name"
    found = settings_of_the_book(tmp_path, monkeypatch, where)
    colab, edit = found["buttons"]("00_start_here")
    assert colab[0] == "Open in Colab"
    assert colab[1].endswith("/owner/name/blob/main/notebooks/00_start_here.ipynb")
    assert edit == ("Edit", f"{where}/edit/main/notebooks/00_start_here.ipynb")
    assert found["buttons"]("promises") == []
    assert found["html_context"]["home_links"] == [colab]


def test_outside_a_clone_it_says_where_the_book_is_made(tmp_path, monkeypatch):
    monkeypatch.setattr(book, "clone", lambda: None)
    with pytest.raises(places.CourseError, match="in a clone of the course only"):
        book.build(tmp_path / "site")


def test_a_missing_package_is_named_with_the_way_to_it(tmp_path, monkeypatch):
    monkeypatch.setattr(book, "NEEDED", ("sphinx_of_tomorrow",))
    with pytest.raises(places.CourseError, match="needs sphinx_of_tomorrow"):
        book.build(tmp_path / "site")


def test_without_a_browser_it_says_how_to_print(tmp_path, monkeypatch):
    monkeypatch.setattr(book_print, "BROWSERS", ("no-browser-of-this-name",))
    with pytest.raises(places.CourseError, match="needs Chromium or Chrome"):
        book_print.print_pdf(tmp_path / "sheet.html", tmp_path / "course.pdf")


def enlivened():
    """Yield the HTML of each output of the book's pages, with its notebook's number."""
    for path, notebook in NOTEBOOKS.items():
        page = page_of(notebook, [], {})
        book_labs.enliven(page)
        for cell in page.cells:
            for output in cell.get("outputs", []):
                yield path.stem[:3], output.get("data", {}).get("text/html", "")


def test_a_lab_of_a_notebook_is_alive_in_the_book():
    alive = {}
    for name, html in enlivened():
        if found := re.search(r'page" data-settings="([^"]*)"', html):
            alive[name] = json.loads(unescape(found[1]))
            assert re.search(r'<img class="still" alt="The lab, [^"]{20}', html)
    assert alive["00_"] == {"data": "ring of 8", "seed": 0}
    assert alive["05_"]["data"] == alive["05b"]["data"] == "ring of 8"


@pytest.mark.parametrize("source", ["widgets.lab(choose())", "widgets.lab(g_width=3)"])
def test_a_lab_that_is_computed_or_not_prepared_keeps_its_picture(source):
    picture = v4.new_output("display_data", {"image/png": "x"})
    cell = v4.new_code_cell(source, outputs=[picture])
    page = v4.new_notebook(cells=[cell])
    assert book_labs.enliven(page) == 0
    assert "image/png" in page.cells[0].outputs[0].data


def test_names_are_remembered_from_cell_to_cell():
    cells = [
        v4.new_code_cell("SEED, n = 7, 3\nrest = dict(d_rate=0.01)"),
        v4.new_code_cell(
            'widgets.lab("line", seed=SEED, **rest)',
            outputs=[v4.new_output("display_data", {"image/png": "x"})],
        ),
    ]
    assert book_labs.enliven(v4.new_notebook(cells=cells)) == 1
    html = unescape(cells[1].outputs[0].data["text/html"])
    for part in ('"seed": 7', '"d_rate": 0.01', '"data": "line"'):
        assert part in html


def shown_with(first: str, last: str = "widgets.lab('line', **rest, seed=SEED)"):
    """Return the HTML that takes a picture's place after a cell that says `first`."""
    picture = v4.new_output("execute_result", {"image/png": "x"})
    cells = [v4.new_code_cell(first), v4.new_code_cell(last, outputs=[picture])]
    book_labs.enliven(v4.new_notebook(cells=cells))
    return unescape(cells[1].outputs[0].data.get("text/html", ""))


PLAIN = "SEED = 3\nrest = dict(d_rate=0.01)\n"


@pytest.mark.parametrize(
    "change",
    [
        "SEED += 1",
        "SEED: int = choose()",
        "for SEED in range(9): pass",
        "if yes():\n    SEED = 4",
        "with seeds() as SEED: pass",
        "from seeds import SEED",
        "def SEED(): pass",
        "del SEED",
        "print(SEED := 4)",
        "*many, SEED = 1, 2, 3",
        "rest |= {'d_rate': 1.0}",
        "rest['d_rate'] = 1.0",
        "del rest['d_rate']",
        "rest.update(d_rate=1.0)",
        "retune(rest)",
        "retune(settings=rest)",
        "same = rest\nsame['d_rate'] = 1.0",
        "import SEED.b",
    ],
)
def test_a_name_that_may_have_changed_is_forgotten(change):
    assert shown_with(PLAIN)
    assert not shown_with(PLAIN + change)


@pytest.mark.parametrize(
    "line, seed",
    [
        ("SEED: int = 5", 5),
        ("a = SEED = 6", 6),
        ("SEED += 1\nSEED = 7", 7),
        ("retune(SEED)", 3),
    ],
)
def test_a_name_that_is_given_plainly_is_known(line, seed):
    assert f'"seed": {seed}' in shown_with(PLAIN + line)


def test_a_call_takes_what_its_names_said_then():
    cell = "lab = widgets.lab('line', seed=SEED)\nSEED = 8\nlab"
    assert '"seed": 3' in shown_with(PLAIN, cell)
    assert not shown_with(PLAIN, "lab = widgets.lab('line')\nlab.play(9)\nlab")


def test_a_cell_that_ends_with_something_else_keeps_its_picture():
    assert not shown_with("", "widgets.lab('line')\nplots.lines(a)")
    assert not shown_with("", "many = [widgets.lab('line')]\nmany")


def test_only_the_last_picture_of_a_cell_comes_alive():
    pictures = [v4.new_output("display_data", {"image/png": "x"}) for _ in range(3)]
    cell = v4.new_code_cell("draw()\nwidgets.lab('line')", outputs=pictures)
    assert book_labs.enliven(v4.new_notebook(cells=[cell])) == 1
    alive = ["text/html" in output.data for output in cell.outputs]
    assert alive == [False, False, True]


def test_a_recording_of_a_lab_is_alive_where_its_settings_are_written_out():
    for call in ("Lab('line', seed=3)", "run=Lab('line', seed=3), frames=9"):
        assert '"seed": 3' in shown_with("", f"widgets.replay({call})")
    for call in ("", "run", "run=run", "make_lab('line')", "*runs"):
        assert not shown_with("", f"widgets.replay({call})")


FIELD_OF_S = "widgets.vector_field(strength=s)"


def test_none_is_a_setting_like_any_other():
    assert '"strength": null' in shown_with("", "widgets.vector_field(strength=None)")
    assert '"strength": null' in shown_with("s = None", FIELD_OF_S)
    for settings in ("**3", "starts={[]: 1}", "strength=None + 1"):
        assert not shown_with("", f"widgets.vector_field({settings})")


def test_fields_and_games_of_notebooks_are_alive_in_the_book():
    fields, games = {}, []
    for name, html in enlivened():
        if found := re.search(r'"fields" data-settings="([^"]*)"', html):
            fields.setdefault(name, []).append(json.loads(unescape(found[1])))
        if 'data-explorer="game" data-game="' in html:
            games.append(name)
            assert re.search(r'<img class="still" alt="[^"]{40}', html)
    assert fields["02b"] == [{}, {"game": "R1"}]
    assert fields["08b"] == [{"game": "GAN", "step_size": 0.2}]
    assert games == ["04_", "04b"]


def test_the_sliders_stand_in_the_book_as_in_the_explorer():
    lines = book_live.slider_table().splitlines()
    told = tables()[0]
    assert len(lines) == 2 + len(told["rows"]) > 10
    for line, row in zip(lines[2:], told["rows"], strict=True):
        assert line == f"| {' | '.join(row)} |"
