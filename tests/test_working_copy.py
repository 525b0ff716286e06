"""A learner's copy follows the course, and nothing that they made is ever lost."""

import json
import os
import signal
import subprocess
import sys
import time
from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gan_utils.cli import merging, places, working_copy

NAME = "00_a.ipynb"


def code(source, *outputs, name=None):
    cell = {"cell_type": "code", "id": name or f"id-{source[:20]}", "metadata": {}}
    shown = [{"output_type": "stream", "name": "stdout", "text": o} for o in outputs]
    return cell | {"source": source, "outputs": shown, "execution_count": None}


def book(*cells):
    cells = [code(cell) if isinstance(cell, str) else cell for cell in cells]
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def put(folder, *cells, name=NAME):
    """Write a notebook of these cells into a folder."""
    (folder / name).write_text(json.dumps(book(*cells)))


def sources(path):
    return ["".join(c["source"]) for c in json.loads(path.read_text())["cells"]]


def names(folder):
    return sorted(p.name for p in folder.glob("*.ipynb"))


@pytest.fixture
def course(tmp_path):
    source = tmp_path / "notebooks"
    source.mkdir()
    put(source, "a", "stub", "b", "c")
    mine = tmp_path / "mine"
    assert working_copy.refresh(source, mine) == []
    return source, mine


def change(mine, work, name=NAME):
    """Let a learner change the list of cells of their notebook."""
    path = mine / name
    mine_now = json.loads(path.read_text())
    work(mine_now["cells"])
    path.write_text(json.dumps(mine_now))


def fill(cells):
    """Do the exercise."""
    cells[1]["source"] = ["def mine():\n", "    return 1"]


def test_a_first_copy_holds_everything(course):
    assert sources(course[1] / NAME) == ["a", "stub", "b", "c"]
    assert names(course[1]) == [NAME]


def test_what_jupyterlab_writes_by_itself_is_no_change(course):
    source, mine = course
    path = mine / NAME
    saved = json.loads(path.read_text())
    saved["metadata"]["kernelspec"] = {"display_name": "Python 3 (ipykernel)"}
    saved["metadata"]["language_info"] = {"version": "3.13.1", "nbconvert": "python"}
    saved["cells"].append(code("", name="empty"))
    saved["cells"][0]["metadata"] = {"trusted": True, "jp-MarkdownHeadingCollapsed": 1}
    saved["cells"][2]["source"] = ["b\n"]
    path.write_text(json.dumps(saved, indent=4))
    put(source, "A", "stub", "b", "c")
    assert working_copy.refresh(source, mine) == []
    assert sources(path) == ["A", "stub", "b", "c"]
    assert names(mine) == [NAME]
    assert not (mine / working_copy.BACKUPS).exists()


def test_what_was_typed_into_an_exercise_survives_an_update_in_place(course):
    source, mine = course
    change(mine, fill)
    before = (mine / NAME).read_bytes()
    assert working_copy.refresh(source, mine) == []  # the course has nothing new
    assert (mine / NAME).read_bytes() == before
    put(source, "A, newly put", "stub", "new", "b")
    (note,) = working_copy.refresh(source, mine)
    assert note.startswith(f"{NAME}: updated, and what you made is in it.")
    filled = "def mine():\n    return 1"
    assert sources(mine / NAME) == ["A, newly put", filled, "new", "b"]
    assert (mine / "backups" / NAME).read_bytes() == before
    assert "backups/00_a.ipynb" in note
    put(source, "A", "stub", "new", "B")  # and the next update, which has no ids of old
    (note,) = working_copy.refresh(source, mine)
    assert sources(mine / NAME) == ["A", filled, "new", "B"]
    assert "backups/00_a 2.ipynb" in note
    assert names(mine) == [NAME]
    assert working_copy.refresh(source, mine) == []


def test_cells_that_the_learner_added_stay_where_they_stood(course):
    source, mine = course

    def add(cells):
        cells.insert(0, code("first", name="x0"))
        cells.insert(3, code("tried", name="x1"))
        cells.insert(4, code("tried again", name="x2"))
        cells.append(code("last", name="x3"))

    change(mine, add)
    put(source, "new", "a", "STUB", "more", "b", "C")
    working_copy.refresh(source, mine)
    assert sources(mine / NAME) == [
        *("first", "new", "a", "STUB", "more", "tried", "tried again", "b", "C", "last")
    ]


def test_cells_that_the_learner_took_out_stay_out(course):
    source, mine = course
    change(mine, lambda cells: cells.pop(2))
    put(source, "A", "stub", "b", "c")
    working_copy.refresh(source, mine)
    assert sources(mine / NAME) == ["A", "stub", "c"]


def test_what_was_run_keeps_its_outputs_where_the_course_left_the_source(course):
    source, mine = course
    change(mine, lambda cells: cells[2].update(code("b", "my number", name="id-b")))
    change(mine, lambda cells: cells[3].update(code("c", "my word", name="id-c")))
    put(source, code("a", "newly shown"), "stub", code("b", "its number"), "C")
    (note,) = working_copy.refresh(source, mine)
    cells = json.loads((mine / NAME).read_text())["cells"]
    shown = [[o["text"] for o in cell["outputs"]] for cell in cells]
    assert shown == [["newly shown"], [], ["my number"], []]
    assert "my word" in (mine / "backups" / NAME).read_text() and "backups" in note


def test_where_both_changed_a_cell_both_are_kept_and_it_is_said_once(course):
    source, mine = course
    change(mine, fill)
    before = (mine / NAME).read_bytes()
    put(source, "a", "another stub", "b", "c")
    (note,) = working_copy.refresh(source, mine)
    assert note == (
        "00_a.ipynb: you and the course changed the same part, so it stays. "
        "The new one is 00_a.new.ipynb."
    )
    assert (mine / NAME).read_bytes() == before
    assert sources(mine / "00_a.new.ipynb") == ["a", "another stub", "b", "c"]
    assert working_copy.refresh(source, mine) == []
    put(source, "a", "a third stub", "b", "c")
    assert "00_a.new.ipynb" in working_copy.refresh(source, mine)[0]
    assert sources(mine / "00_a.new.ipynb") == ["a", "a third stub", "b", "c"]


def test_an_offer_that_the_learner_changed_stays_too(course):
    source, mine = course
    change(mine, fill)
    put(source, "a", "another stub", "b", "c")
    working_copy.refresh(source, mine)
    change(mine, fill, "00_a.new.ipynb")
    kept = [(mine / name).read_bytes() for name in names(mine)]
    put(source, "a", "a third stub", "b", "c")
    (note,) = working_copy.refresh(source, mine)
    assert "00_a.new2.ipynb" in note
    assert names(mine) == [NAME, "00_a.new.ipynb", "00_a.new2.ipynb"]
    assert [(mine / name).read_bytes() for name in names(mine)[:2]] == kept


def test_cells_that_the_learner_moved_are_not_guessed_at(course):
    source, mine = course
    change(mine, lambda cells: cells.insert(0, cells.pop(2)))
    put(source, "a", "stub", "b", "C")
    assert "00_a.new.ipynb" in working_copy.refresh(source, mine)[0]
    assert sources(mine / NAME) == ["b", "a", "stub", "c"]


def test_the_same_change_of_both_is_one(course):
    source, mine = course
    change(mine, lambda cells: cells[3].update(source="mended"))
    put(source, "a", "stub", "b", "mended")
    working_copy.refresh(source, mine)
    assert sources(mine / NAME) == ["a", "stub", "b", "mended"]
    assert names(mine) == [NAME]


def test_a_program_that_drops_the_names_of_cells_loses_nothing(course):
    source, mine = course
    change(mine, fill)
    change(mine, lambda cells: [cell.pop("id") for cell in cells])
    put(source, "A", "stub", "b", "C")
    working_copy.refresh(source, mine)
    assert sources(mine / NAME) == ["A", "def mine():\n    return 1", "b", "C"]


def test_pictures_of_what_was_run_go_with_it(course):
    source, mine = course
    path = mine / NAME
    saved = json.loads(path.read_text())
    state = {merging._STATE: {"state": {"w": {}}, "version_major": 2}}
    saved["metadata"]["widgets"] = state
    path.write_text(json.dumps(saved))
    put(source, "A", "stub", "b", "c")
    working_copy.refresh(source, mine)
    assert json.loads(path.read_text())["metadata"]["widgets"] == state


@pytest.mark.parametrize("text", ["{broken", "", "theirs", '{"cells": 3}', "[]"])
def test_what_is_no_notebook_stays_and_the_new_one_lies_beside_it(course, text):
    source, mine = course
    (mine / NAME).write_text(text)
    (note,) = working_copy.refresh(source, mine)
    assert "cannot be read as a notebook" in note
    assert (mine / NAME).read_text() == text
    assert sources(mine / "00_a.new.ipynb") == ["a", "stub", "b", "c"]


def test_a_damaged_file_of_the_course_is_named_and_costs_nothing(course):
    source, mine = course
    before = (mine / NAME).read_bytes()
    (source / NAME).write_text("<<<<<<< HEAD")
    assert working_copy.refresh(source, mine) == [
        "00_a.ipynb: the course's own file is damaged; left out."
    ]
    assert (mine / NAME).read_bytes() == before


def test_a_file_of_the_learner_under_our_name_stays(tmp_path):
    source, mine = tmp_path / "notebooks", tmp_path / "mine"
    for folder, cell in ((source, "ours"), (mine, "theirs")):
        folder.mkdir()
        put(folder, cell)
    assert len(working_copy.refresh(source, mine)) == 1
    assert sources(mine / NAME) == ["theirs"]
    assert sources(mine / "00_a.new.ipynb") == ["ours"]


def test_a_lost_or_damaged_record_costs_nothing(course):
    source, mine = course
    change(mine, fill)
    (kept,) = (mine / working_copy.VERSIONS).iterdir()
    for harm in (lambda: kept.write_text("{"), kept.unlink):
        harm()
        put(source, "A", "stub", "b", "c")
        working_copy.refresh(source, mine)
        assert "def mine():\n    return 1" in sources(mine / NAME)
        assert sources(mine / "00_a.new.ipynb")[0] == "A"


def test_copies_from_before_versions_were_kept(tmp_path):
    source, mine = tmp_path / "notebooks", tmp_path / "mine"
    source.mkdir(), mine.mkdir()
    for name in (NAME, "01_b.ipynb"):
        put(source, "a", "stub", name=name)
        put(mine, "a", "stub", name=name)
    digest = working_copy.hashlib.sha256((mine / NAME).read_bytes()).hexdigest()
    manifest = {NAME: digest, "01_b.ipynb": digest}
    (mine / ".gan_course.json").write_text(json.dumps(manifest))
    put(source, "A", "stub")
    assert working_copy.refresh(source, mine) == []
    assert sources(mine / NAME) == ["A", "stub"]
    change(mine, fill, "01_b.ipynb")  # the same as the course's, so it is now known
    put(source, "A", "stub", name="01_b.ipynb")
    (note,) = working_copy.refresh(source, mine)
    assert "what you made is in it" in note


def test_the_copy_of_a_clone_is_in_the_clone_and_git_ignores_it():
    folder = working_copy.default_folder()
    assert folder == places.clone() / "my_notebooks"
    assert "/my_notebooks/" in (places.clone() / ".gitignore").read_text()


def test_a_disk_that_takes_no_more_leaves_every_file_whole(course, monkeypatch):
    source, mine = course
    change(mine, fill)
    before = (mine / NAME).read_bytes()
    put(source, "A", "stub", "b", "c")
    for allowed in (0, 1, 1):  # the backup fails, then the version, then the notebook
        left = iter(range(allowed))

        def fsync(_, left=left):
            if next(left, None) is None:
                raise OSError(28, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", fsync)
            with pytest.raises(OSError, match="No space"):
                working_copy.refresh(source, mine)
        assert (mine / NAME).read_bytes() == before
        assert names(mine) == [NAME]
    assert "what you made is in it" in working_copy.refresh(source, mine)[0]


WORDS = st.lists(st.sampled_from("abcdef"), max_size=5)
EDITS = st.lists(
    st.tuples(st.sampled_from(["type", "add", "drop"]), st.integers(0, 6)), max_size=4
)


@settings(deadline=None, max_examples=300)
@given(base=WORDS, new=WORDS, edits=EDITS)
def test_whatever_both_do_what_was_typed_is_in_the_merged_notebook(base, new, edits):
    base = book(*[code(w, name=f"{w}{i}") for i, w in enumerate(base)])
    new = book(*[code(w, name=f"{w}{i}") for i, w in enumerate(new)])
    mine = deepcopy(base)
    cells = mine["cells"]
    for number, (kind, at) in enumerate(edits):
        if kind == "add" or not cells:
            cells.insert(at, code(f"added {number}", name=f"x{number}"))
        elif kind == "type":
            cells[at % len(cells)]["source"] = f"typed {number}"
        else:
            del cells[at % len(cells)]
    merged = merging.merge(base, mine, new)
    typed = [c["source"] for c in cells if len(c["source"]) > 1]
    if merged is None:
        return
    got = [cell["source"] for cell in merged["cells"]]
    assert [text for text in got if len(text) > 1] == typed
    if not edits:
        assert got == [cell["source"] for cell in new["cells"]]
    ids = [cell["id"] for cell in merged["cells"]]
    assert len(set(ids)) == len(ids)
    if base == new:
        assert got == [cell["source"] for cell in cells]


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_killed_at_any_moment_every_file_is_whole(tmp_path):
    source, mine = tmp_path / "notebooks", tmp_path / "mine"
    source.mkdir()
    files = [f"{number:02}_a.ipynb" for number in range(8)]
    for name in files:
        put(source, "old", "stub", code("long", "x" * 2**18), name=name)
    working_copy.refresh(source, mine)
    for name in files:
        change(mine, fill, name)
        put(source, "new", "stub", code("long", "y" * 2**18), name=name)
    script = (
        "import sys; from pathlib import Path; from gan_utils.cli import working_copy\n"
        "print(flush=True); working_copy.refresh(*map(Path, sys.argv[1:]))"
    )
    filled = "def mine():\n    return 1"
    for pause in (0.0, 0.005, 0.01, 0.02, 0.04):
        command = [sys.executable, "-c", script, str(source), str(mine)]
        started = subprocess.Popen(command, stdout=subprocess.PIPE)
        started.stdout.readline()
        time.sleep(pause)
        started.send_signal(signal.SIGKILL)
        started.communicate()
        for name in files:
            assert sources(mine / name) in (
                ["old", filled, "long"],
                ["new", filled, "long"],
            )
    working_copy.refresh(source, mine)
    assert names(mine) == files
    for name in files:
        assert sources(mine / name) == ["new", filled, "long"]


def test_only_versions_that_something_began_as_are_kept(course):
    source, mine = course
    change(mine, fill)
    (first,) = (mine / working_copy.VERSIONS).iterdir()
    for word in ("b2", "b3"):
        put(source, "a", "stub", word, "c")
        working_copy.refresh(source, mine)
        change(mine, lambda cells, word=word: cells[0].update(source=[word]))
    kept = {path.name for path in (mine / working_copy.VERSIONS).iterdir()}
    backups = list((mine / working_copy.BACKUPS).iterdir())
    stamps = {
        json.loads(path.read_text())["metadata"][working_copy.STAMP]
        for path in [*backups, mine / NAME]
    }
    assert {name.split(".")[1] for name in kept} == stamps
    for path in backups:
        path.unlink()
    working_copy.refresh(source, mine)
    assert len(list((mine / working_copy.VERSIONS).iterdir())) == 1
    assert first.name not in {p.name for p in (mine / working_copy.VERSIONS).iterdir()}


def test_while_a_notebook_cannot_be_read_no_version_goes(course):
    source, mine = course
    (first,) = (mine / working_copy.VERSIONS).iterdir()
    (mine / "notes.ipynb").write_text("cut sho")
    put(source, "a", "stub", "b2", "c")
    working_copy.refresh(source, mine)
    assert first.exists()
