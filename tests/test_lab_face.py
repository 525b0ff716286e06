"""The lab's face without a browser: bytes, answers, recordings, what may go wrong."""

import base64
import itertools
import json
import zlib

import nbformat
import numpy as np
import pytest

from gan_utils import widgets
from gan_utils.cli import canonical, recordings
from gan_utils.lab import CHOICES, RANGES, Lab, Settings
from gan_utils.lab.frame import REACH
from gan_utils.widgets import (
    binary,
    lab_answers,
    lab_controls,
    lab_recording,
    scripts,
)
from gan_utils.widgets import face as faces
from gan_utils.widgets.lab_answers import Answers
from gan_utils.widgets.slider_figure import VIEW

NUMBERS = itertools.count()
SMALL = {"g_layers": 1, "d_layers": 1, "batch": 32}


@pytest.fixture
def answers():
    return Answers(Lab(data="ring of 8", **SMALL))


def ask(answers, *commands, play=0, buffers=(), view="v", **want):
    """Ask as the front end does; return (message, buffers)."""
    question = {"view": view, "id": 1, "commands": commands, "play": play, **want}
    message, packed = answers.answer(question, buffers)
    json.dumps(message, allow_nan=False)
    return message, packed


def frame_of(answers, *commands, lane=0, **want):
    """Ask under a new name, so that every array comes, and unpack one lane."""
    view = f"fresh {next(NUMBERS)}"
    _, packed = ask(answers, *commands, view=view, **want)
    return binary.unpack(packed[lane])


def test_bytes_hold_values_and_arrays_by_path():
    thing = {
        "step": np.int64(3),
        "bad": float("nan"),
        "heat": np.array([[0.0, 0.5], [1.0, np.nan]]),
        "arrows": {"kind": "x", "origin": np.arange(6.0).reshape(3, 2)},
        "words": ("a", "b"),
    }
    found = binary.unpack(binary.pack(thing))
    assert found["step"] == 3 and found["bad"] is None and found["words"] == ["a", "b"]
    assert found["arrows"] == {"kind": "x"}
    assert np.array_equal(found["arrows.origin"], thing["arrows"]["origin"])
    assert np.allclose(found["heat"], [[0, 0.5], [1, 0.5]], atol=1 / 255)


def test_an_array_that_the_reader_has_is_named_and_not_sent():
    had = {}
    first = binary.pack({"real": np.ones((500, 2)), "fake": np.zeros(2)}, had)
    again = binary.pack({"real": np.ones((500, 2)), "fake": np.ones(2)}, had)
    assert len(again) < len(first) - 3900
    head = json.loads(again[4 : 4 + int(np.frombuffer(again[:4], "<u4")[0])])
    assert head["same"] == ["real"]
    assert [one["name"] for one in head["arrays"]] == ["fake"]


def test_a_saved_page_finds_its_recordings_by_this_name():
    pytest.importorskip("anywidget")
    state = widgets.lab("ring of 8", **SMALL).widget.get_state()
    assert state["_anywidget_id"] == recordings.OURS
    assert recordings.OURS in scripts.bundle(scripts.LOADER)


def test_every_setting_has_a_control():
    found = lab_controls.catalogue(Settings())
    items = [item for _, items in found["groups"] for item in items]
    assert {i["name"] for i in items} == {*CHOICES, *RANGES} - {"seed"}
    for item in items:
        if "options" in item:
            assert item["value"] in dict(item["options"])
        else:
            assert 0 <= item["low"] <= item["value"] <= item["high"]
    json.dumps(found, allow_nan=False)


def test_a_question_plays_and_the_answer_goes_to_who_asked(answers):
    message, packed = ask(answers, play=3, view="mine")
    assert (message["view"], message["id"], message["lanes"]) == ("mine", 1, 1)
    found = binary.unpack(packed[0])
    assert found["step"] == 3 and "step 3" in found["sentence"]
    assert np.isfinite(found["fake"]).all()


def test_one_question_is_answered_by_as_many_frames_as_time_allows(
    answers, monkeypatch
):
    once = {"do": "step", "who": "both"}
    question = {"view": "v", "id": 1, "commands": [once], "play": 5, "frames": 3}
    monkeypatch.setattr(lab_answers, "STREAM", 60.0)
    found = list(answers.stream(question))
    assert [message.get("more", False) for message, _ in found] == [True, True, False]
    steps = [binary.unpack(packed[0])["step"] for _, packed in found]
    assert steps == [6, 11, 16]
    monkeypatch.setattr(lab_answers, "STREAM", 0.0)
    assert len(list(answers.stream(question))) == 1
    still = question | {"play": 0, "commands": []}
    monkeypatch.setattr(lab_answers, "STREAM", 60.0)
    assert len(list(answers.stream(still))) == 1  # nothing plays: one frame says all


def test_a_run_that_breaks_ends_the_stream(answers, monkeypatch):
    monkeypatch.setattr(lab_answers, "STREAM", 60.0)
    wild = {
        "do": "set",
        "values": {"g_rate": 10.0, "d_rate": 10.0, "loss": "wasserstein"},
    }
    question = {"view": "v", "commands": [wild], "play": 2000, "frames": 50}
    found = list(answers.stream(question | {"id": 1}))
    assert "stopped" in found[-1][0] and "more" not in found[-1][0]
    assert len(found) < 50


def test_an_answer_takes_its_time_and_no_more(answers, monkeypatch):
    clock, cost, pieces = [0.0], [1e-4], []  # seconds now, and of an update

    def advance(self, n):
        clock[0] += n * cost[0]
        pieces.append(n)
        self.now += n

    monkeypatch.setattr(lab_answers.time, "perf_counter", lambda: clock[0])
    monkeypatch.setattr(type(answers.lanes[0]), "advance", advance)
    play = {"do": "play", "n": 3000}
    answers.answer({"commands": [play]})
    assert pieces == [100, 2900]  # the second piece knows the pace
    pieces.clear()
    answers.answer({"commands": [play]})
    assert pieces == [3000]
    cost[0] = 5e-3  # as after another batch size: the pace is unknown again
    pieces.clear()
    answers.answer({"commands": [{"do": "set", "values": {"k_d": 2}}, play]})
    assert pieces == [100]


def test_where_one_lane_breaks_both_stand(answers):
    ask(answers, {"do": "fork"}, play=10)
    wild = {"optimizer": "sgd", "g_rate": 10.0, "d_rate": 10.0, "loss": "wasserstein"}
    ask(answers, {"do": "set", "lane": "A", "values": wild})
    message, _ = ask(answers, play=500)
    assert message["stopped"]
    a, b = answers.lanes
    assert a.now == b.now < 510 and b.head > b.now


def test_two_things_asked_at_once_come_by_their_names(answers):
    message, packed = ask(answers, {"do": "wall", "steps": 10}, {"do": "save"})
    assert message["extra"] == ["wall", "file"]
    assert len(binary.unpack(packed[1])["fake"]) == 64 and packed[2][:2] == b"PK"


def test_all_views_hear_who_plays_and_whether_the_lab_has_changed(answers):
    def said(**question):
        message, _ = answers.answer({"view": "b", "id": 1, "commands": [], **question})
        return message["driver"], message["revision"], message["play"]

    assert said() == (None, 0, 0)
    assert said(play=2, drive="start") == ("b", 2, 2)
    assert said(commands=[{"do": "look"}]) == ("b", 2, 0)  # nothing has changed
    assert said(view="a", drive="stop") == (None, 3, 0)
    assert said(view="a", play=1, drive="start") == ("a", 5, 1)


def test_a_lab_knows_how_it_opened_and_what_is_usual():
    found = lab_controls.catalogue(Settings(data="ring of 8", seed=3))
    assert found["opened"] == Settings(data="ring of 8", seed=3).as_json()
    assert found["usual"] == Settings().as_json()


def test_commands_come_before_playing(answers):
    change = {"do": "set", "values": {"g_rate": 0.125}}
    found = frame_of(answers, change, play=1, arrows="discriminator")
    assert found["settings"]["g_rate"] == 0.125 and found["step"] == 1
    assert found["arrows"]["kind"] == "discriminator"
    assert frame_of(answers, {"do": "step", "who": "generator"})["step"] == 2
    assert frame_of(answers, {"do": "seek", "step": 0})["step"] == 0
    assert frame_of(answers, {"do": "seek", "step": 10**6})["step"] == 2
    assert frame_of(answers, {"do": "reset", "seed": 5})["settings"]["seed"] == 5


def test_a_fork_is_a_second_lane_with_settings_of_its_own(answers):
    ask(answers, play=2)
    ask(answers, {"do": "fork"}, {"do": "set", "lane": "B", "values": {"d_rate": 0.5}})
    message, packed = ask(answers, play=2, view="new")
    a, b = map(binary.unpack, packed)
    assert message["lanes"] == 2 and a["step"] == b["step"] == 4
    assert a["settings"]["d_rate"] != b["settings"]["d_rate"] == 0.5
    assert not np.array_equal(a["fake"], b["fake"])
    assert ask(answers, {"do": "join"})[0]["lanes"] == 1


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ({"do": "set", "values": {"g_rate": -1}}, "g_rate"),
        ({"do": "set", "values": {"data": "drawing", "drawing": []}}, "empty"),
        ({"do": "dance"}, "no command 'dance'"),
        ({"do": "load"}, "No file arrived"),
        ({"do": "seek", "step": None}, "did not work"),
    ],
)
def test_what_cannot_be_done_is_said_and_the_lab_goes_on(answers, command, words):
    message, _ = ask(answers, command, play=1)
    assert words in message["note"] and "Traceback" not in message["note"]
    assert answers.lanes[0].now == 1


def test_a_file_that_is_none_of_ours_is_refused(answers):
    load = {"do": "load", "name": "holiday.jpg"}
    for content in (b"no lab", b"", b"PK\3\4 and no more"):
        message, _ = ask(answers, load, buffers=[memoryview(content)])
        assert message["note"].startswith(
            "holiday.jpg could not be loaded: it is no run"
        )
        assert "/" not in message["note"] and "obeyed" not in message


@pytest.mark.parametrize("seed", [-5, 1.5, 2**31, float("inf"), "x", True])
def test_a_wrong_seed_is_refused_in_plain_words(answers, seed):
    message, _ = ask(answers, {"do": "reset", "seed": seed})
    assert "seed is " in message["note"] and "a whole number from 0" in message["note"]
    assert "int" not in message["note"] and "float" not in message["note"]


def test_a_warning_is_known_to_have_lost_its_cause(answers):
    wrong, right = {"do": "reset", "seed": -5}, {"do": "reset", "seed": 5}
    assert "obeyed" not in ask(answers, wrong)[0]
    assert "obeyed" not in ask(answers, play=1)[0]
    assert "obeyed" not in ask(answers, {"do": "look"})[0]
    assert ask(answers, right)[0]["obeyed"]


def test_a_saved_run_comes_back(answers):
    ask(answers, play=4)
    message, packed = ask(answers, {"do": "save"})
    other = Answers(Lab(data="line", **SMALL))
    found = frame_of(other, {"do": "load"}, buffers=[packed[1]])
    assert message["file"].endswith(".npz") and found["step"] == 4
    assert np.array_equal(found["fake"], frame_of(answers)["fake"])


def test_a_typed_loss_is_taken_or_refused_with_the_reason(answers):
    good = lab_controls.LOSS_TEXT.replace("softplus(-fake)", "-fake")
    message, _ = ask(answers, {"do": "loss", "text": good}, play=1)
    assert "Your loss is in" in message["verdict"]
    message, _ = ask(answers, {"do": "loss", "text": "def loss(real): ("}, play=1)
    assert message["verdict"].startswith("Refused. ") and answers.lanes[0].now == 2


def test_a_run_that_breaks_stops_with_a_message(answers):
    absurd = {"optimizer": "sgd", "g_rate": 10.0, "d_rate": 10.0, "loss": "wasserstein"}
    ask(answers, {"do": "set", "values": absurd})
    message, packed = ask(answers, play=400, view="new")
    assert message["stopped"] and "Stopped" in message["note"]
    assert np.isfinite(binary.unpack(packed[0])["fake"]).all()


def test_slow_motion_names_ten_phases_and_then_the_next_update(answers):
    phases = []
    for _ in range(11):
        message, packed = ask(answers, {"do": "phase"})
        phases.append((message["phase"]["number"], answers.lanes[0].now))
        assert binary.unpack(packed[1])
    assert phases == [*((n, 0) for n in range(1, 11)), (1, 1)]


def test_slow_motion_takes_both_lanes_through_the_same_update(answers):
    ask(answers, {"do": "fork"}, {"do": "set", "lane": "B", "values": {"k_d": 0}})
    seen = []
    for _ in range(10):
        message, _ = ask(answers, {"do": "phase"})
        seen.append((message["phase"]["number"], message["extra"]))
    assert seen[:5] == [(n, ["phase A"]) for n in range(1, 6)]
    assert seen[5:] == [(n, ["phase A", "phase B"]) for n in range(6, 11)]
    assert [lab.now for lab in answers.lanes] == [0, 0]
    ask(answers, {"do": "phase"})
    assert [lab.now for lab in answers.lanes] == [1, 1]


def test_code_in_a_file_runs_when_the_reader_agrees(answers):
    ask(answers, {"do": "loss", "text": lab_controls.LOSS_TEXT}, play=2)
    _, packed = ask(answers, {"do": "save"})
    other = Answers(Lab(data="line", **SMALL))
    message, _ = ask(other, {"do": "load"}, buffers=[packed[1]])
    assert "softplus" in message["code"] and "note" not in message
    assert other.lanes[0].settings.data == "line"
    allowed = {"do": "load", "run_code": True}
    message, _ = ask(other, allowed, buffers=[packed[1]])
    assert "code" not in message and other.lanes[0].now == 2


def test_old_views_are_forgotten(answers):
    for number in range(10):
        ask(answers, view=f"view {number}")
    assert list(answers.sent) == [f"view {n}" for n in range(6, 10)]


def test_many_seeds_come_as_one_wall(answers):
    message, packed = ask(answers, {"do": "wall", "steps": 10})
    wall = binary.unpack(packed[1])
    assert message["wall"] and len(wall["fake"]) == 64
    assert wall["view"][1] > 0 and 0 <= wall["survival"][-1] <= 1


def decode(recording: bytes) -> dict:
    """Read a recording as `binary.js` does, written independently."""
    raw = zlib.decompress(recording)
    length = int(np.frombuffer(raw[:4], "<u4")[0])
    head, at = json.loads(raw[4 : 4 + length]), 4 + length
    for one in head["arrays"]:
        count = 1 if one["still"] else len(head["frames"])
        size, planes = count * int(np.prod(one["shape"])), 1 + (one["levels"] > 255)
        parts = np.frombuffer(raw[at : at + planes * size], "u1").reshape(planes, -1)
        whole = sum(part.astype(int) << 8 * i for i, part in enumerate(parts))
        whole = whole.reshape(count, *one["shape"])
        if one["delta"]:
            whole = np.cumsum(whole, axis=0) % (256**planes)
        step = (one["high"] - one["low"]) / one["levels"]
        head[one["name"]] = one["low"] + step * whole
        at += planes * size
    assert at == len(raw)
    return head


@pytest.fixture(scope="module")
def recorded():
    lab = Lab(data="ring of 8", **SMALL)
    frames = [lab.play(10) for _ in range(40)]
    return frames, lab_recording.write(frames)


def test_a_recording_gives_back_what_was_seen(recorded):
    frames, recording = recorded
    head = decode(recording)
    assert [f["step"] for f in head["frames"]] == [f.step for f in frames]
    assert head["frames"][-1]["sentence"] == frames[-1].sentence
    fakes = np.stack([f.fake[: lab_recording.POINTS] for f in frames])
    fakes = np.clip(fakes, -1.3 * REACH, 1.3 * REACH)  # farther out they are not seen
    assert np.abs(head["fake"] - fakes).max() < 0.01
    heat = np.stack([f.heat.reshape(20, 3, 20, 3).mean((1, 3)) for f in frames])
    assert np.abs(head["heat"] - heat).max() < 0.51 / lab_recording.ROUGH
    assert np.allclose(head["shared"]["losses"]["step"], frames[-1].losses.step)


def test_three_hundred_frames_fit_in_a_notebook():
    lab = Lab(data="ring of 8", **SMALL)
    size = len(base64.b64encode(widgets.replay(lab, 300, every=10).recording))
    assert lab.now == 2990
    assert size + len(scripts.bundle()) + len(scripts.style()) < 600_000


def test_nothing_cannot_be_recorded():
    with pytest.raises(ValueError, match="at least one frame"):
        lab_recording.write([])
    with pytest.raises(ValueError, match="at most 1000"):
        widgets.replay(Lab(), frames=5000)


def test_without_a_kernel_a_lab_is_a_described_picture():
    data, metadata = widgets.lab("two bumps", **SMALL)._repr_mimebundle_()
    assert set(data) == {"image/png", "text/plain"}
    assert metadata["image/png"]["alt"].startswith("The lab, step 300: ")


@pytest.fixture
def face():
    pytest.importorskip("anywidget")
    return widgets.lab("ring of 8", **SMALL)


def test_the_widget_answers_messages_with_bytes(face, monkeypatch):
    monkeypatch.setattr(faces, "kernel_is_running", lambda: True)
    data, _ = face._repr_mimebundle_()
    assert data[VIEW]["model_id"] == face.widget.model_id
    sent = []
    monkeypatch.setattr(
        type(face.widget), "send", lambda self, *a, **k: sent.append((*a, k["buffers"]))
    )
    question = {"view": "v", "id": 7, "commands": [], "play": 2}
    face.widget._handle_custom_msg(question, [])
    ((message, buffers),) = sent
    assert message["id"] == 7 and binary.unpack(buffers[0])["step"] == 2


def test_a_fault_of_ours_is_said_and_not_shown(face, monkeypatch):
    sent = []
    monkeypatch.setattr(
        type(face.widget), "send", lambda self, *a, **k: sent.append(a[0])
    )
    face.widget._handle_custom_msg({"view": "v", "id": 1, "play": "many"}, [])
    assert "fault" in sent[0]["note"] and sent[0]["lanes"] == 0


def notebook_with(entry):
    output = nbformat.v4.new_output(
        "display_data",
        {VIEW: {"model_id": "x"}, "image/png": "", "text/plain": "A lab."},
    )
    cell = nbformat.v4.new_code_cell("1", outputs=[output])
    book = nbformat.v4.new_notebook(cells=[cell])
    state = {"x": entry, "l": {"model_name": "LayoutModel", "state": {}}}
    state["other"] = {"model_name": "SliderModel", "state": {}}
    book.metadata.widgets = {recordings.STATE: {"state": state}}
    return nbformat.from_dict(book)


def entry_of(kind):
    state = {"_anywidget_id": recordings.OURS, "kind": kind, "layout": "IPY_MODEL_l"}
    buffers = [{"encoding": "base64", "path": ["recording"], "data": "AAAA"}]
    return {"model_name": "AnyModel", "state": state, "buffers": buffers}


def test_a_committed_notebook_keeps_recordings_and_no_other_widget():
    once = canonical.canonical(notebook_with(entry_of("replay")))
    saved = once.metadata.widgets[recordings.STATE].state
    (name,) = (n for n in saved if not n.endswith("-layout"))
    assert once.cells[0].outputs[0].data[VIEW].model_id == name != "x"
    assert set(saved) == {name, f"{name}-layout"}
    assert canonical.canonical(once) == once
    live = canonical.canonical(notebook_with(entry_of("live")))
    assert "widgets" not in live.metadata
    assert VIEW not in live.cells[0].outputs[0].data


def test_the_still_picture_of_a_new_lab_shows_it_soon_and_leaves_it_where_it_is():
    face = widgets.lab("ring of 8", g_layers=1, d_layers=1)
    assert face.figure().alt.startswith("The lab, step 300: ")
    assert (face.lab.now, face.lab.head) == (0, 0)
    face.lab.play(10)
    assert face.figure().alt.startswith("The lab, step 10: ")
