"""What teachers and journals are told agrees with the course."""

import re
from pathlib import Path

import pytest
import yaml

from gan_utils import plots
from gan_utils.cli import commands, options, reading, teaching
from gan_utils.cli.places import CourseError, course

ROOT = Path(__file__).parents[1]
TEACH = (ROOT / "book" / "teach.md").read_text()
PAPER = (ROOT / "paper" / "paper.md").read_text()
BIB = (ROOT / "paper" / "paper.bib").read_text()
ROWS = [teaching.row(path) for path in course(ROOT / "notebooks")]
CHAPTERS = [row for row in ROWS if row.number.isdigit()]


def test_the_minutes_are_those_of_the_notebooks():
    assert teaching.rewrite(TEACH, ROWS) == TEACH, (
        "run: python -m gan_utils.cli.teaching"
    )


def test_the_table_is_rewritten_between_its_marks():
    page = f"a\n{teaching.BEGIN}\nold\n{teaching.END}\nb"
    new = teaching.rewrite(page, [teaching.Row("00", "A", 5, 6, 1)])
    assert "| 00 | A | 5 | 6 | 1 |" in new and "old" not in new
    assert new.startswith("a\n") and new.endswith("\nb")
    assert teaching.rewrite(new, [teaching.Row("00", "A", 5, 6, 1)]) == new
    with pytest.raises(CourseError, match="no lines"):
        teaching.rewrite("nothing", ROWS)


def test_the_plan_of_a_term_has_every_chapter_and_no_session_twice():
    plan = TEACH.split("### A term")[1].split("## ")[0]
    rows = re.findall(r"^\| ([\d, ]+) \| (\d\d) \|", plan, re.M)
    sessions = [int(n) for names, _ in rows for n in names.split(",")]
    assert sessions == list(range(1, 13))
    assert [chapter for _, chapter in rows] == [row.number for row in CHAPTERS]
    for names, chapter in rows:  # 90 minutes each, and some reading at home
        row = next(row for row in CHAPTERS if row.number == chapter)
        assert row.read + row.do <= 90 * len(names.split(",")) * 1.3


def test_how_the_minutes_are_counted_is_told():
    assert f"{reading.WORDS} words a minute, {reading.CELL} seconds" in TEACH
    assert f"{reading.FIGURE} for a figure" in TEACH
    assert reading.PREDICTIONS == 8 and "at most eight" in TEACH


def test_every_command_and_setting_of_the_page_exists():
    for line in re.findall(r"gan-course ([a-z-]+)", TEACH):
        assert line in commands.COMMANDS, line
    options.parser().parse_args(["book", "--out", "usb/book"])
    styles = re.findall(r'plots\.use\((?:theme=)?"(\w+)"\)', TEACH)
    assert styles == ["projector", "dark"]
    plots.use("projector")
    plots.use("notebook", theme="light")


def test_the_paper_has_what_the_journal_asks_for():
    head = yaml.safe_load(PAPER.split("---")[1])
    assert {"title", "tags", "authors", "affiliations", "date"} <= set(head)
    assert (ROOT / "paper" / head["bibliography"]).is_file()
    sections = re.findall(r"^# (.+)$", PAPER, re.M)
    assert sections[:2] == ["Summary", "Statement of need"]
    assert {"Learning objectives", "Experience of use"} <= set(sections)
    assert any("instructional design" in name for name in sections)
    assert sections[-1] == "References"
    body = PAPER.split("---", 2)[2].split("# References")[0]
    assert len(re.sub(r"<!--.*?-->", "", body, flags=re.S).split()) <= 1100


def test_every_reference_is_cited_and_every_citation_has_one():
    cited = set(re.findall(r"@([a-z]+\d{4})", PAPER))
    assert cited == set(re.findall(r"^@\w+\{(\w+),", BIB, re.M))
    assert BIB.count("{") == BIB.count("}")


def test_the_paper_names_every_chapter():
    named = re.findall(r"^\| (\d\d) ([^|]+) \|", PAPER, re.M)
    assert [(n, t.strip()) for n, t in named] == [
        (row.number, row.title.removesuffix(" background")) for row in CHAPTERS
    ]
