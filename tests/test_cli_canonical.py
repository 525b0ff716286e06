"""The canonical form of a notebook: what it keeps, drops, adds and refuses."""

import base64
import re
from copy import deepcopy

import nbformat
import pytest
from nbformat import v4

from gan_utils.cli import canonical, flaws

PNG = base64.b64encode(b"not really a picture").decode()
WIDGET = {canonical.WIDGET: {"model_id": "1"}}


def picture(alt="A line.", **data):
    metadata = {"image/png": {"alt": alt}} if alt else {}
    data = {"image/png": PNG, "text/plain": alt, **data}
    return v4.new_output("display_data", data, metadata=metadata)


def text(value, name="stdout"):
    return v4.new_output("stream", name=name, text=value)


def notebook(*outputs, source="1", **metadata):
    cells = [
        v4.new_markdown_cell("# 07 Title\n\nText."),
        v4.new_code_cell(source, outputs=list(outputs), metadata=metadata),
    ]
    return v4.new_notebook(cells=cells)


def outputs_of(*outputs, **options):
    return canonical.canonical(notebook(*outputs, **options)).cells[1].outputs


def flaws_of(*outputs, **options):
    return flaws.flaws(canonical.canonical(notebook(*outputs, **options)))


def test_twice_is_once_and_the_argument_is_left_alone():
    first = notebook(text("a"), text("b\n"), picture(**WIDGET), tags=["hide-input"])
    before = deepcopy(first)
    once = canonical.canonical(first)
    assert first == before
    assert canonical.canonical(once) == once
    again = nbformat.reads(canonical.text_of(once), as_version=4)
    assert canonical.text_of(canonical.canonical(again)) == canonical.text_of(once)
    nbformat.validate(again)


def test_counts_run_from_one_over_the_cells_that_hold_code():
    result = v4.new_output("execute_result", {"text/plain": "2"}, execution_count=41)
    cells = [
        v4.new_code_cell("1", execution_count=9),
        v4.new_code_cell(" ", execution_count=10),
        v4.new_code_cell("2", execution_count=41, outputs=[result]),
    ]
    done = canonical.canonical(v4.new_notebook(cells=cells))
    assert [cell.execution_count for cell in done.cells] == [1, None, 2]
    assert done.cells[2].outputs[0].execution_count == 2


def test_ids_follow_the_text_and_nothing_else():
    def ids(*sources):
        cells = [v4.new_code_cell(source) for source in sources]
        done = canonical.canonical(v4.new_notebook(cells=cells))
        return [cell.id for cell in done.cells]

    first = ids("a", "b", "a")
    assert first == ids("a", "b", "a")
    assert len(set(first)) == 3
    assert ids("new", "a", "b")[1:] == first[:2]


def test_folded_cells_are_folded_in_every_front_end():
    cell = canonical.canonical(notebook(tags=["hide-input"])).cells[1]
    assert cell.metadata.jupyter.source_hidden is True
    assert cell.metadata.cellView == "form"
    shown = canonical.canonical(notebook(cellView="form", jupyter={"x": 1})).cells[1]
    assert shown.metadata == {}


def test_alt_text_goes_where_the_site_looks_for_it():
    cell = canonical.canonical(notebook(picture("One."), picture("Two."))).cells[1]
    assert cell.metadata.mystnb.image.alt == "One. Two."
    kept = {"mystnb": {"image": {"alt": "Of a picture that is gone.", "width": 3}}}
    cell = canonical.canonical(notebook(text("1"), **kept)).cells[1]
    assert cell.metadata.mystnb.image == {"width": 3}
    old = {"mystnb": {"image": {"alt": "Of a picture that is gone."}}}
    assert canonical.canonical(notebook(text("1"), **old)).cells[1].metadata == {}


def test_a_live_figure_leaves_its_still_picture():
    (output,) = outputs_of(picture(**WIDGET))
    assert set(output.data) == {"image/png", "text/plain"}


def test_a_progress_bar_leaves_nothing():
    bar = v4.new_output("display_data", {**WIDGET, "text/plain": "  0%|   | 0/9"})
    assert outputs_of(bar, text("done")) == [text("done")]


def test_a_stream_is_whole_and_shows_what_a_terminal_would():
    assert outputs_of(text("a"), text("b\n"), text("1 %\r2 %\n")) == [text("ab\n2 %\n")]


def test_nothing_tells_about_the_machine_that_ran_it():
    odd = notebook()
    odd.metadata = {"widgets": {}, "language_info": {"version": "3.9", "name": "x"}}
    odd.cells[1].metadata = {"execution": {"iopub.status.busy": "now"}}
    done = canonical.canonical(odd)
    assert done.cells[1].metadata == {}
    assert done.metadata.kernelspec.name == "python3"
    assert done.metadata.title == "07 Title"
    assert "version" not in done.metadata.language_info
    assert "widgets" not in done.metadata


def test_a_clean_notebook_has_no_flaws():
    assert flaws_of(text("fine: 1/2, https://example.org/tmp/x\n"), picture()) == []


@pytest.mark.parametrize(
    ("output", "words"),
    [
        (text("Warning!", name="stderr"), "cell 1: text on stderr is stored.*Warning"),
        (text("saved to /tmp/run/1"), "a path of a machine.*/tmp/r"),
        (text(r"C:\Users\me"), "a path of a machine"),
        (text("<f at 0x7f00aabbcc>"), "an address"),
        (picture(alt=""), "no alt text"),
        (v4.new_output("error", ename="E", evalue="v"), r"an error is stored \(E: v\)"),
    ],
)
def test_what_may_not_be_committed_is_named_with_its_cell(output, words):
    (flaw,) = flaws_of(output)
    assert re.search(words, flaw)


def test_sizes_are_limited():
    huge = base64.b64encode(bytes(flaws.FIGURE_BYTES + 1)).decode()
    assert re.search(
        "a figure has 40,001 bytes", flaws_of(picture(**{"image/png": huge}))[0]
    )
    many = [text("x" * flaws.NOTEBOOK_BYTES)]
    assert re.search(r"the notebook has 1,\d+,\d+ bytes", flaws_of(*many)[0])


def test_a_cell_that_promises_an_exception_must_hold_one():
    error = v4.new_output("error", ename="E", evalue="v")
    assert flaws_of(error, tags=["raises-exception"]) == []
    (flaw,) = flaws_of(text("no"), tags=["raises-exception"])
    assert "no exception is stored" in flaw
