"""What is saved with a live view, so that the next day shows its picture."""

import json
import shutil
import subprocess
from pathlib import Path

import ipywidgets
import pytest

from gan_utils import widgets
from gan_utils.widgets import face, keeping, scripts, slider_figure

SOURCE = Path(__file__).parents[1] / "javascript" / "src" / "keep_pictures.js"
VIEW = "application/vnd.jupyter.widget-view+json"
PNG = {"image/png": "iVBO\nRw0K"}
CALL = """
import { readFileSync } from "node:fs";
const text = readFileSync(process.argv[1], "utf-8");
const module = `data:text/javascript;base64,${Buffer.from(text).toString("base64")}`;
const { states } = await import(module);
const [cells, old, live] = JSON.parse(process.argv[2]);
const all = cells.map((outputs) => ({ toJSON: () => ({ outputs }) }));
console.log(JSON.stringify(states(all, old, "2.0.0", live)));
"""


def states(cells, old, live=None):
    """Ask the JavaScript which states a notebook of such cells should keep."""
    if shutil.which("node") is None:
        pytest.skip("needs node")
    given = json.dumps([cells, old, live or {}])
    command = ["node", "--input-type=module", "-e", CALL, str(SOURCE), given]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def shown(name, alt="", **data):
    return {"data": {VIEW: {"model_id": name}, **data}, "metadata": {"image/png": alt}}


def test_every_live_view_with_a_picture_gets_a_state_that_shows_it():
    outputs = [shown("a", {"alt": 'D < "G"'}, **PNG), shown("b"), {"text": "words"}]
    got = states([outputs, []], {})
    assert list(got) == ["a"]
    assert got["a"]["model_name"] == "HTMLModel"
    assert got["a"]["model_module_version"] == "2.0.0"
    value = got["a"]["state"]["value"]
    assert 'alt="D &lt; &quot;G&quot;"' in value
    assert 'src="data:image/png;base64,iVBORw0K"' in value


def test_states_of_others_stay_and_ours_go_with_their_output():
    old = states([[shown("gone", **PNG), shown("here", **PNG)]], {})
    old["theirs"] = {"model_name": "LabModel", "state": {}}
    got = states([[shown("here", **PNG), shown("theirs", **PNG)]], old)
    assert got == {name: old[name] for name in ("theirs", "here")}


LAB = {
    "model_name": "AnyModel",
    "state": {
        "_anywidget_id": "gan_utils.widgets.lab",
        "layout": "IPY_MODEL_l",
        "offer": {"id": "1"},
        "source": "page",
    },
}


def test_a_lab_that_the_page_trains_is_kept_alive():
    in_kernel = LAB | {"state": LAB["state"] | {"source": "kernel"}}
    plain = LAB | {"state": LAB["state"] | {"offer": {}}}
    live = {"a": LAB, "b": in_kernel, "c": plain}
    outputs = [shown(name, **PNG) for name in "abc"]
    got = states([outputs], {}, live)
    assert got["a"]["state"]["kind"] == "kept"
    assert got["a"]["state"]["offer"] == {"id": "1"}
    assert "layout" not in got["a"]["state"]  # another model, which is not saved
    assert {got[name]["model_name"] for name in "bc"} == {"HTMLModel"}
    assert states([outputs], got)["a"] == got["a"]  # another day, not run again
    assert states([outputs], got, {"a": in_kernel})["a"]["model_name"] == "HTMLModel"
    assert states([[]], got) == {}


def test_every_way_to_show_a_live_view_keeps_its_picture(monkeypatch):
    pytest.importorskip("anywidget", reason="needs anywidget")
    asked = []
    for module in (face, slider_figure):
        monkeypatch.setattr(module, "kernel_is_running", lambda: True)
        monkeypatch.setattr(module, "keep_pictures", lambda: asked.append(1))
    for make in (widgets.vector_field, widgets.tangent_line):
        data, _ = make()._repr_mimebundle_()
        assert {VIEW, "image/png"} <= set(data)
    assert len(asked) == 2


def test_a_kernel_has_one_keeper_and_it_knows_the_version_of_what_it_saves():
    pytest.importorskip("anywidget", reason="needs anywidget")
    keeper = keeping.keep_pictures()
    assert keeping.keep_pictures() is keeper
    assert keeper.version == ipywidgets.HTML()._model_module_version
    assert keeper._esm == scripts.bundle(scripts.KEEPER)


def test_without_anywidget_there_is_none_and_nothing_breaks(monkeypatch):
    def missing(name):
        raise ImportError(name)

    monkeypatch.setattr(keeping.importlib, "import_module", missing)
    assert keeping.keep_pictures.__wrapped__() is None
