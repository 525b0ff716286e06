"""A run on its way between kernel and page, and what a lab offers to the page."""

import base64
import errno
import json
import zlib
from functools import cache

import numpy as np
import pytest

from gan_utils import whole_files, widgets
from gan_utils.lab import PRESETS, Lab, Settings, handed
from gan_utils.widgets import lab_in_page, lab_offer, lab_programs

SMALL = {"g_layers": 1, "d_layers": 1, "batch": 32}


def played() -> Lab:
    """Return a run of several stretches that stands before its end."""
    lab = Lab("ring of 8", **SMALL)
    lab.play(30)
    lab.change(d_rate=0.02)
    lab.step("discriminator")
    lab.play(40)
    lab.seek(50)
    return lab


def test_a_run_and_its_fork_come_back_to_the_bit():
    lab = played()
    fork = lab.fork(loss="hinge")
    fork.play(7)
    labs = handed.read(handed.write([lab, fork]))
    for one, came in zip((lab, fork), labs, strict=True):
        assert (one.now, one.head, one.first) == (came.now, came.head, came.first)
        assert one.settings == came.settings
        for name in ("_losses", "charts"):
            here, there = getattr(one, name), getattr(came, name)
            assert here.width == there.width
            np.testing.assert_array_equal(here.sums, there.sums)
            np.testing.assert_array_equal(here.counts, there.counts)
        for step in (one.head, 10, one.now):
            a, b = one.seek(step), came.seek(step)
            np.testing.assert_array_equal(a.fake, b.fake)


@cache
def told() -> str:
    return handed.write([played()])


def broken(change):
    head, parts = taken_apart(told())
    change(head)
    text = json.dumps(head).encode()
    packed = np.uint32(len(text)).tobytes() + text + parts
    return base64.b64encode(zlib.compress(packed)).decode()


def taken_apart(text: str) -> tuple[list[dict], bytes]:
    content = zlib.decompress(base64.b64decode(text))
    end = 4 + int(np.frombuffer(content[:4], "<u4")[0])
    return json.loads(content[4:end]), content[end:]


BAD = {
    "no text": lambda: "",
    "no base64": lambda: "%%%",
    "nothing packed": lambda: base64.b64encode(b"x" * 40).decode(),
    "cut short": lambda: told()[:400],
    "another format": lambda: broken(lambda head: head[0].update(format="x")),
    "no parts": lambda: broken(lambda head: head[0].pop("parts")),
    "parts too long": lambda: broken(lambda h: h[0].update(parts=[10**6] * 30)),
    "a number of lanes": lambda: broken(lambda head: head.insert(0, 7)),
    "a bad setting": lambda: broken(
        lambda head: head[0]["snapshots"][0]["settings"].update(batch=0)
    ),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_no_page_has_written_is_refused(kind):
    with pytest.raises(ValueError):
        handed.read(BAD[kind]())


def test_a_typed_loss_in_a_run_of_a_page_is_not_run():
    lab = played()
    lab.set_loss("def loss(real, fake):\n    return -real, -fake")
    with pytest.raises(ValueError, match="typed as Python"):
        handed.read(handed.write([lab]))


def test_a_folder_for_pages_keeps_what_is_not_ours(tmp_path, monkeypatch):
    ours = tmp_path / "programs"
    ours.mkdir()
    for name in ("mine.js", "notes.txt", "0123456789ab.js"):
        (ours / name).write_text("x")
    files = lab_in_page.write(tmp_path)
    assert lab_in_page.write(str(tmp_path)) == files
    assert (ours / "mine.js").read_text() == (ours / "notes.txt").read_text() == "x"
    assert not (ours / "0123456789ab.js").exists()  # of an older course
    assert {*tmp_path.rglob("*.*")} == {*files, ours / "mine.js", ours / "notes.txt"}

    def full(_):
        raise OSError(errno.ENOSPC, "full")

    before = [file.read_bytes() for file in files]
    monkeypatch.setattr(whole_files.os, "fsync", full)
    monkeypatch.setattr(lab_in_page, "shared", dict)
    with pytest.raises(OSError, match="No space"):
        lab_in_page.write(tmp_path)
    assert [file.read_bytes() for file in files] == before


def test_the_address_of_a_folder_is_escaped_in_a_page():
    tags = lab_in_page.fragment('a"b&c/')
    assert 'href="a&quot;b&amp;c/face.css"' in tags
    assert 'src="a&quot;b&amp;c/lab_page.js"' in tags


def test_every_lab_of_the_course_is_prepared():
    labs = [
        Settings(data="ring of 8"),  # of 00, 05 and 05b
        Settings(data="two bumps", noise="gaussian 1d", loss="minimax", d_width=32),
        *(Settings(**values) for values in PRESETS.values()),
    ]
    assert all(map(lab_programs.is_prepared, labs))
    assert not lab_programs.is_prepared(Settings(g_width=7))


@pytest.mark.parametrize(
    ("settings", "given", "switch", "source"),
    [
        ({}, None, None, "page"),
        ({}, "kernel", None, "kernel"),
        ({}, None, "kernel", "kernel"),
        ({}, "page", "kernel", "page"),
        ({"g_width": 7}, "page", None, "kernel"),
    ],
)
def test_where_a_lab_trains(monkeypatch, settings, given, switch, source):
    pytest.importorskip("anywidget")
    monkeypatch.delenv(lab_offer.SWITCH, raising=False)
    if switch:
        monkeypatch.setenv(lab_offer.SWITCH, switch)
    view = widgets.lab("ring of 8", source=given, **settings).widget
    assert view.source == source
    assert bool(view.offer) == (source == "page")


def test_another_source_is_refused():
    with pytest.raises(ValueError, match="source"):
        widgets.lab(source="the moon")


@cache
def at_50() -> str:
    run = Lab("ring of 8")
    run.play(50)
    return handed.write([run])


@pytest.fixture
def face():
    """Return a lab that the page trains, as it is shown; it was played to step 50."""
    pytest.importorskip("anywidget")
    face = widgets.lab("ring of 8", source="page")
    face.widget.run = at_50()
    return face


def test_a_picture_shows_where_the_page_stands_and_takes_nothing_from_it(face):
    assert face.figure().alt.startswith("The lab, step 50: ")
    assert face.widget.source == "page"


def test_code_that_asks_for_the_lab_gets_it_from_the_page(face):
    assert (face.lab.now, face.widget.source) == (50, "kernel")
    face.lab.play(5)
    face.widget.run = "late news of the page"
    assert face.lab.now == 55


def answered(face, *commands, **want):
    question = {"view": "v", "id": 1, "commands": commands, **want}
    *_, (message, _) = face._answered(question, ())
    return message


def test_the_kernel_takes_what_the_page_cannot_and_gives_it_back(face):
    take = {"do": "take", "run": face.widget.run, "helps": False}
    wide = {"do": "set", "lane": "A", "values": {"g_width": 7}}
    message = answered(face, take, wide, play=3)
    assert "run" not in message and face.widget.source == "kernel"
    assert face.answers.lanes[0].now == 53
    assert "run" not in answered(face, play=3)
    message = answered(face, {"do": "set", "values": {"g_width": 8}})
    assert "run" not in message  # its past is still one that the page cannot play
    message = answered(face, {"do": "reset", "seed": 4})
    (lab,) = handed.read(message["run"])
    assert (lab.now, lab.settings.seed) == (0, 4) and face.widget.source == "page"


def test_to_save_a_run_the_kernel_only_helps(face):
    take = {"do": "take", "run": face.widget.run, "helps": True}
    message = answered(face, take, {"do": "save"})
    assert message["file"] and "run" not in message
    assert face.widget.source == "page"


def test_a_lab_that_code_holds_stays_in_the_kernel(face):
    assert face.lab.now == 50
    assert "run" not in answered(face, {"do": "reset", "seed": 4})
    assert face.widget.source == "kernel"


def test_the_page_is_given_the_programs_that_it_asks_for(face):
    *_, (message, found) = face._answered({"programs": ["none of ours"]}, ())
    assert (message["programs"], found) == ([], [])
    *_, (message, found) = face._answered({"programs": "near"}, ())
    wanted = {lab_programs.names()[key] for key in lab_programs.near(Settings())}
    assert set(message["programs"]) == wanted
    assert found == [lab_programs.content(name) for name in message["programs"]]


def test_what_is_saved_of_a_lab_is_small(face):
    state = face.widget.get_state()
    assert len(json.dumps({k: str(v) for k, v in state.items()})) < 300_000
