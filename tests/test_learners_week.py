"""A learner's week: all that was typed and trained is there, whatever comes between.

Monday to Wednesday need JupyterLab, the last test another Python with the course's
packages; elsewhere they are skipped.
"""

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import jax
import numpy as np
import pytest
from test_cli_open import wait_for_address
from test_runs import assert_same_run, go, make_quick, state_in

from gan_utils import runs
from gan_utils.cli.places import select
from gan_utils.runs import plan
from gan_utils.saving import checkpoints

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL"),
]
POLISHED = True  # bits are compared
ROOT = Path(__file__).parents[1]
BOOK = "01_probability.ipynb"
STEPS = 200  # a checkpoint at every 20th
TRAIN = f"""
import sys; sys.path[:0] = [{str(ROOT / "tests")!r}, {str(ROOT)!r}]
from pathlib import Path
import pytest, test_runs
test_runs.make_quick(pytest.MonkeyPatch())
test_runs.go(Path(sys.argv[1]), resume=True, steps={STEPS})
"""


@pytest.fixture
def clone(tmp_path):
    """Install: a clone of the course with two notebooks, in this environment."""
    folder = tmp_path / "course"
    kept = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "gan_utils", folder / "gan_utils", ignore=kept)
    shutil.copy(ROOT / "pyproject.toml", folder)
    (folder / "notebooks").mkdir()
    for path in select(["00", "01"]):
        shutil.copy(path, folder / "notebooks")
    return folder


@contextmanager
def opened(clone):
    """Open the course as `gan-course` does; yield what asks its JupyterLab."""
    log = clone.parent / "log"
    with log.open("w") as out:
        course = subprocess.Popen(
            [sys.executable, "-u", "-m", "gan_utils", "--no-browser"],
            cwd=clone,
            env=os.environ | {"PYTHONPATH": str(clone)},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        root, token = wait_for_address(log, course)

        def ask(content=None):
            """Return the notebook's cells; with a content, save that first."""
            head = {"Authorization": f"token {token}"}
            body = {"type": "notebook", "format": "json", "content": content}
            page = urllib.request.Request(
                f"{root}/api/contents/{BOOK}",
                json.dumps(body).encode() if content else None,
                head,
                method="PUT" if content else "GET",
            )
            with urllib.request.urlopen(page) as answer:
                return json.load(answer)["content"]

        yield ask
    finally:
        course.terminate()
        assert course.wait(timeout=60) == 0
    assert "Traceback" not in log.read_text()


def stubs(book) -> list:
    return [c for c in book["cells"] if "exercise" in c["metadata"].get("tags", [])]


def type_answers(ask) -> list[str]:
    """Type into three exercises, and a cell of one's own; return all that was typed."""
    book = ask()
    typed = []
    for number, cell in enumerate(stubs(book)[:3]):
        answer = f"return {number}  # what I think"
        cell["source"] = cell["source"].replace("# your code", answer)
        assert answer in cell["source"]
        typed.append(cell["source"])
    own = {"cell_type": "code", "id": "mine", "metadata": {}, "outputs": []}
    own |= {"source": "# my own note", "execution_count": None}
    at = book["cells"].index(stubs(book)[0])
    book["cells"].insert(at + 1, own)
    book["metadata"]["kernelspec"]["display_name"] = "Python 3 (ipykernel)"
    ask(book)
    return [typed[0], own["source"], *typed[1:]]


def revise(clone) -> None:
    """Update the course: a word in every text, a new cell before the second stub."""
    path = clone / "notebooks" / BOOK
    book = json.loads(path.read_text("utf-8"))
    for cell in book["cells"]:
        if cell["cell_type"] == "markdown":
            cell["source"][-1] += "\n\nRevised."
    second = book["cells"].index(stubs(book)[1])
    note = {"cell_type": "markdown", "id": "hint", "metadata": {}, "source": "A hint."}
    book["cells"].insert(second, note)
    path.write_text(json.dumps(book), "utf-8")


def train(folder, until: int | None, python=sys.executable) -> None:
    """Train, or go on; kill it once that many checkpoints have been written."""
    pipes = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True}
    started = subprocess.Popen([python, "-c", TRAIN, str(folder)], **pipes)
    while until is not None and started.poll() is None:
        found = checkpoints.steps(folder / plan.CHECKPOINTS)
        if found and found[-1] >= 20 * until:
            started.kill()
        time.sleep(0.02)
    _, said = started.communicate()
    assert until is not None or started.returncode == 0, said


def test_everything_typed_is_there_after_an_update_and_a_move(clone, tmp_path):
    pytest.importorskip("jupyterlab", reason="needs JupyterLab")
    with opened(clone) as ask:
        typed = type_answers(ask)
    revise(clone)
    with opened(clone) as ask:
        book = ask()
    sources = [cell["source"] for cell in book["cells"]]
    assert [text for text in sources if text in typed] == typed  # all, in this order
    assert sources.index(typed[1]) == sources.index(typed[0]) + 1
    assert sources.index("A hint.") == sources.index(typed[2]) - 1
    texts = [c["source"] for c in book["cells"] if c["cell_type"] == "markdown"]
    assert all("Revised." in text for text in texts if text != "A hint.")
    moved = shutil.move(clone, tmp_path / "another [place]")
    with opened(Path(moved)) as ask:
        assert [cell["source"] for cell in ask()["cells"]] == sources
    assert not list(Path(moved).glob("my_notebooks/*.new*"))


@pytest.fixture
def quick(monkeypatch):
    make_quick(monkeypatch)
    with jax.numpy_rank_promotion("allow"), jax.numpy_dtype_promotion("standard"):
        yield


def test_everything_trained_is_there_after_kills_and_a_move(tmp_path, quick):
    folder = tmp_path / "my run"
    train(folder, until=3)
    moved = Path(shutil.move(folder, tmp_path / "another [place]"))
    train(moved, until=6)
    train(moved, until=None)
    assert (moved / runs.REPORT).exists()
    go(tmp_path / "undisturbed", steps=STEPS)
    assert_same_run(moved, tmp_path / "undisturbed")


def test_another_python_goes_on_with_a_training(tmp_path, quick):
    python = another_python()
    folder = tmp_path / "run"
    train(folder, until=4)
    _, before = state_in(folder)
    assert len(before) >= 80
    train(folder, until=None, python=python)
    with pytest.warns(RuntimeWarning, match="equal to rounding only"):
        _, after = state_in(folder)
    assert len(after) == STEPS and np.isfinite(after).all()
    np.testing.assert_array_equal(after[: len(before)], before)


def another_python() -> str:
    """Find a Python of another version that has the course's packages."""
    names = [f"python3.{minor}" for minor in range(11, 15)]
    found = [os.environ.get("GAN_UTILS_OTHER_PYTHON"), *map(shutil.which, names)]
    has = "import sys, flax, jax, optax, orbax.checkpoint, pytest"
    for python in filter(None, found):
        asked = f"{has}; print(sys.version_info[1])"
        done = subprocess.run([python, "-c", asked], capture_output=True, text=True)
        if done.stdout.strip() not in ("", str(sys.version_info[1])):
            return python
    pytest.skip("needs another Python that has the course's packages")
