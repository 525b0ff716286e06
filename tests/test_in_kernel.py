"""What a notebook stores: figures, explorers and live frames run in a real kernel."""

import base64
import io

import nbformat
import pytest
from nbclient import NotebookClient
from PIL import Image

SETUP = """
import _thread, threading
from gan_utils import exercises, plots, widgets
from gan_utils.exercises import answers
answers.LONGEST = 1.0
def endless(x, y):
    while True:
        print("round")
def hidden(x, y):
    while True:
        try: x + y
        except: pass
def leaves(x, y): exit()
def asks(x, y): return input("x? ")
def draw(n=2):
    figure, axes = plots.figure()
    axes.plot([x**n for x in range(5)])
    return plots.describe(figure, f"A curve of degree {n}.")
"""
CELLS = {
    "figure": "draw()",
    "display": "display(draw(3))",
    "explorer": "widgets.explore(draw, n=widgets.slider(1, 5, 2))",
    "live": """
on_frame = widgets.live(lambda state, history: draw(state))
for step in (1, 2, 4):
    on_frame(step, None)
""",
    "counted": """
drawings, once = [], plots.Figure._draw
plots.Figure._draw = lambda *args: drawings.append(args) or once(*args)
display(draw())
plots.Figure._draw = once
print(len(drawings))
""",
    "endless": "exercises.check('w1_by_sorting', endless)",
    "hidden": "exercises.check('w1_by_sorting', hidden)",
    "exit": "exercises.check('w1_by_sorting', leaves)",
    "input": "exercises.check('w1_by_sorting', asks)",
    "interrupted": """
answers.LONGEST = 60
threading.Timer(1, _thread.interrupt_main).start()
exercises.check('w1_by_sorting', endless)
""",
    "pyplot": """
get_ipython().run_line_magic("matplotlib", "inline")
draw(5)
""",
}


DEGREES = {"figure": 2, "display": 3, "explorer": 2, "live": 4, "pyplot": 5}


@pytest.fixture(scope="module")
def outputs():
    """Run every cell in one kernel and return its outputs by name."""
    book = nbformat.v4.new_notebook()
    book.cells = [nbformat.v4.new_code_cell(text) for text in (SETUP, *CELLS.values())]
    book.cells[1 + [*CELLS].index("interrupted")].metadata.tags = ["raises-exception"]
    NotebookClient(book, timeout=120, kernel_name="python3").execute()
    return dict(zip(CELLS, (cell.outputs for cell in book.cells[1:]), strict=True))


@pytest.mark.parametrize(("name", "degree"), [*DEGREES.items()])
def test_a_cell_stores_one_small_described_picture(outputs, name, degree):
    (output,) = outputs[name]
    alt = f"A curve of degree {degree}."
    assert output.data["text/plain"] == alt
    assert output.metadata["image/png"]["alt"] == alt
    data = base64.b64decode(output.data["image/png"])
    assert len(data) < 40_000 and Image.open(io.BytesIO(data)).mode == "P"


def test_a_display_makes_its_picture_once(outputs):
    picture, count = outputs["counted"]
    assert "image/png" in picture.data and count.text == "1\n"


def test_an_explorer_also_stores_its_view(outputs):
    view = "application/vnd.jupyter.widget-view+json"
    assert view in outputs["explorer"][0].data
    assert view not in outputs["figure"][0].data


SAYS = {
    "endless": " seconds and was stopped. It was in line ",
    "hidden": "did not end within ",
    "exit": "Leave a function with return.",
    "input": "comes through its arguments",
}


@pytest.mark.parametrize(("name", "words"), [*SAYS.items()])
def test_an_attempt_that_goes_too_far_gets_a_verdict_and_the_kernel_lives(
    outputs, name, words
):
    (output,) = outputs[name]
    assert words in output.data["text/plain"]
    if name == "endless":
        assert output.data["text/plain"].endswith("round\nround\n... and more")


def test_an_interruption_by_hand_shows_nothing_of_the_package(outputs):
    (output,) = outputs["interrupted"]
    assert output.output_type == "error"
    assert output.traceback == [
        "w1_by_sorting: you interrupted the check, so there is no verdict."
    ]
