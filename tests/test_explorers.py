"""What the explorers' files hold, and sliders that do what their table says."""

import json
import re
from html import unescape

import jax
import numpy as np
import pytest

from gan_utils import explorers
from gan_utils.explorers import (
    directions,
    face_generator,
    make_sliders,
    make_wishes,
    wishes,
)
from gan_utils.explorers.__main__ import main
from gan_utils.explorers.face_sliders import face_sliders
from gan_utils.explorers.faces import faces
from gan_utils.explorers.program import REGISTER
from gan_utils.explorers.slider_list import TRIED
from gan_utils.gallery import hanging
from gan_utils.networks import models

POLISHED = True  # a wish takes 60 steps through two networks


def test_eight_bits_change_a_face_by_less_than_can_be_seen():
    generator = face_generator.faces_generator()
    arrays, _ = hanging.shipped()
    z = face_generator.latents(1, 64)
    exact = jax.tree.map(lambda x: x, generator.variables)
    names = [name for name in arrays if name.startswith("ema.")]
    leaves = [arrays[name].astype("float32") for name in names]
    params = jax.tree.unflatten(jax.tree.structure(exact.params), leaves)
    exact = exact._replace(params=params)
    both = exact, generator.variables
    x, y = (models.apply(generator.network, each, z)[0] for each in both)
    assert np.sqrt(np.mean((x - y) ** 2)) < 2 / 255


def test_a_code_on_the_way_gives_the_same_faces():
    network, variables = (g := face_generator.faces_generator()).network, g.variables
    z = face_generator.latents(3, 5)
    whole, _ = models.apply(network, variables, z)
    code = face_generator.codes(network, variables, z)
    parts = face_generator.images(network, variables, code)
    np.testing.assert_array_equal(whole, parts)


def test_dots_are_bytes_of_every_colour():
    x = np.array([-1, 0, 1, 7], "float32").reshape(1, 2, 2, 1)
    dots = np.asarray(face_generator.dots(x))
    assert dots.dtype == np.uint8 and dots.shape == (1, 2, 2, 4)
    assert dots[0, :, :, 0].ravel().tolist() == [0, 128, 255, 255]
    assert (dots[..., 3] == 255).all()


@pytest.mark.slow
def test_a_slider_does_on_other_faces_what_its_table_says():
    sliders = face_sliders()
    code, look = make_sliders.seen(300, seed=77)

    def labels(code):
        return np.stack([each.argmax(axis=1) for each in look(code)], axis=1)

    assert 5 <= len(sliders.shown) < len(sliders.tried) == len(TRIED)
    for row, direction in zip(sliders.shown, sliders.directions, strict=True):
        (ends,) = (e for e in TRIED if e.label == row["label"])
        before, after = (
            labels(code + s * row["reach"] * direction) for s in (-1.0, 1.0)
        )
        both = ends.shows(before, ends.low) & ends.shows(after, ends.high)
        assert both.mean() == pytest.approx(row["both"], abs=0.1)
        others = np.delete(before != after, ends.column, axis=1).sum(axis=1).mean()
        assert others == pytest.approx(row["along"], abs=0.3)
        assert row["both"] >= directions.WORKS and row["along"] <= directions.ALONG


@pytest.mark.slow
def test_a_wish_is_granted_as_often_as_its_table_says():
    table = {(o.attribute, o.value): o for o in wishes.offers()}
    assert len(table) == wishes.VALUES and sum(o.works for o in table.values()) > 30
    z = face_generator.latents(78, 30)
    for asked in (("glasses", "round"), ("mouth", "smile")):
        found = make_wishes.tried(z, *asked)
        assert found.granted == pytest.approx(table[asked].granted, abs=0.15)
        assert found.along < table[asked].along + 0.4


def test_a_regression_finds_the_direction_that_a_score_was_made_of():
    rng = np.random.default_rng(0)
    code = rng.normal(size=(4000, 12)).astype("float32")
    ends = TRIED[5:7]  # hair and eyes: columns 3 and 4
    logits = [np.zeros((4000, n)) for n in (6, 3, 5, 6, 3, 3, 4, 3, 4, 4, 2, 5)]
    logits[3][:, 4] = code @ np.eye(12)[2]  # grey
    logits[4][:, 1:] = (code @ np.eye(12)[7])[:, None]  # narrow or closed
    found = directions.regressed(code, logits, ends)
    for row, axis in zip(found, (2, 7), strict=True):
        assert abs(row[axis]) / np.linalg.norm(row) > 0.95 and row[axis] > 0


def test_the_folder_holds_what_a_fragment_asks_for(tmp_path, capsys):
    assert main(["--out", str(tmp_path / "site")]) == 0
    names = {path.name for path in (tmp_path / "site").iterdir()}
    assert names >= {"explore.js", "explore.css", "faces.js", "index.html"}
    for name in explorers.NAMES:
        text = explorers.fragment(name, "a&b/")
        assert set(re.findall(r'a&amp;b/([\w.]+)"', text)) <= names
        assert f'data-explorer="{name}"' in text and "alt=" in text
    assert (tmp_path / "site" / "faces.js").stat().st_size < 1.3e6
    assert "http" not in (tmp_path / "site" / "index.html").read_text()


def test_a_field_and_a_game_bring_what_they_need():
    html = explorers.field("a&b/", "<img>", game="R1", starts=[(1, 0.5)])
    assert set(re.findall(r"a&amp;b/([\w.]+)", html)) == {
        *("explore.css", "face.css", "explore.js")
    }
    given = json.loads(unescape(re.search(r'data-settings="([^"]+)"', html)[1]))
    assert given == {"game": "R1", "starts": [[1, 0.5]]} and "<img></div>" in html
    assert 'data-explorer="game" data-game="abc="' in explorers.game("abc=")
    with pytest.raises(ValueError, match="step_size is 9"):
        explorers.field(step_size=9)


def test_what_does_not_exist_is_refused_in_a_sentence(tmp_path):
    with pytest.raises(ValueError, match=r"name is str .cats.; expected"):
        explorers.fragment("cats")
    program = faces()
    script = program.script()
    assert script.startswith(f"(window.{REGISTER} ??= {{}}).faces = ")
    held = json.loads(script[script.index("= ", 30) + 2 : -2])
    assert len(held["about"]["sliders"]) == len(face_sliders().shown)
    with pytest.raises(ValueError, match="Compile it anew"):
        program._replace(functions={"other": None}).script()
    (tmp_path / "faces.json").write_text('{"sha256": "0"}')
    (tmp_path / "faces.wasm.z").write_bytes(b"no program")
    with pytest.raises(ValueError, match="are damaged"):
        program.script(tmp_path)
