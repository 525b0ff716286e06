"""The vector-field explorer: its engine against closed forms, and its answers."""

import json

import numpy as np
import pytest

from gan_utils import games, widgets
from gan_utils.vector_fields.portrait import SIDE, arrow_points, fate
from gan_utils.vector_fields.vector_field import (
    GAMES,
    MOST,
    REACH,
    STEPPERS,
    STEPS,
    VectorField,
)
from gan_utils.widgets import binary
from gan_utils.widgets import face as faces
from gan_utils.widgets.slider_figure import VIEW
from gan_utils.widgets.vector_field import Answers


def sizes(field: VectorField) -> np.ndarray:
    """Return the sizes of the eigenvalues that the portrait shows."""
    return np.hypot(*field.portrait().values.T)


@pytest.mark.parametrize("h", [0.1, 0.5, 2.0])
def test_the_bilinear_game_is_as_its_formulas_say(h):
    leaves = VectorField(step_size=h, starts=[(1.0, 0.5)])
    assert np.allclose(sizes(leaves), np.sqrt(1 + h**2), atol=1e-6)
    distance = np.linalg.norm(leaves.portrait().paths[0].astype(float), axis=1)
    wanted = np.hypot(1.0, 0.5) * (1 + h**2) ** (np.arange(20) / 2)
    assert np.allclose(distance[:20], wanted, rtol=1e-4)
    circles = VectorField(stepper="continuous time", step_size=h, starts=[(1.0, 0.5)])
    step = games.update_eigenvalues(games.bilinear(), games.continuous(64), h)
    assert np.allclose(circles.portrait().values @ [1, 1j], step, rtol=0, atol=1e-5)
    theta, psi = circles.portrait().paths[0, 3].astype(float)
    turned = (1.0 + 0.5j) * np.exp(3j * h)
    assert np.allclose([theta, psi], [turned.real, turned.imag], atol=1e-3)


def test_the_arrows_are_the_field():
    shown = VectorField("R1", strength=0.5).portrait()
    assert shown.constant == "gamma" and shown.arrows.shape == (SIDE, SIDE, 2)
    points = arrow_points()
    assert np.abs(points).max() == REACH
    for row, column in ((0, 0), (3, 9), (14, 7)):
        wanted = games.dirac("r1", gamma=0.5).field(points[row, column])
        assert np.allclose(shown.arrows[row, column], wanted, atol=1e-6)


@pytest.mark.parametrize("game", GAMES)
def test_every_game_can_be_followed_in_every_way(game):
    for stepper in STEPPERS:
        shown = VectorField(game, stepper, 0.2).portrait()
        assert shown.paths.shape == (1, STEPS + 1, 2)
        assert np.allclose(shown.paths[0, 0], 1.0)
        jumps = game in ("WGAN-GP", "spectral norm")
        assert shown.values.shape == ((0, 2) if jumps else (2, 2))
        assert ("jumps" in shown.sentence) == jumps
        assert shown.sentence.startswith(f"{game}, ") and stepper in shown.title


def test_what_the_sentence_says_of_the_centre_comes_true_nearby():
    for game in GAMES:
        field = VectorField(game, "simultaneous", 0.2, starts=[(0.01, 0.01)])
        shown = field.portrait()
        path = shown.paths[0].astype(float)
        start, last = np.linalg.norm(path[0]), np.linalg.norm(path[-1])
        if "settle." in shown.sentence and "neither" not in shown.sentence:
            assert last < start / 10
        elif "thrown out" in shown.sentence:
            assert last > 2 * start


def test_the_words_on_eigenvalues_never_contradict_the_number():
    pushed = VectorField("GAN", step_size=0.02, starts=[]).portrait().sentence
    assert "size 1.00005: points near the centre are thrown out" in pushed
    assert (
        "has size 1: to first order"
        in VectorField("GAN", "alternating").portrait().sentence
    )
    edge = VectorField(stepper="alternating", step_size=2.0, starts=[(0.1, 0.0)])
    shown = edge.portrait()  # [[1, -2], [2, -3]]: -1 twice, and one direction only
    assert "drift away in a line" in shown.sentence
    distance = np.linalg.norm(shown.paths[0].astype(float), axis=1)
    assert np.allclose(np.diff(distance[100:], 2), 0, atol=1e-3) and distance[-1] > 10
    assert "settle" in fate(np.array([[0.5, 0.0], [0.5, 0.0]]))


def test_a_new_game_has_its_published_strength_and_launches_stay():
    field = VectorField("R1", strength=2.0, starts=[(1.0, 0.0), (0.0, 1.0)])
    assert field.strength == 2.0
    field.change(game="instance noise")
    assert field.strength == 0.7 and len(field.starts) == 2
    field.change(game="GAN")
    assert field.constant == "" and field.portrait().constant == ""


def test_the_oldest_launch_is_left_and_launches_can_be_taken_back():
    field = VectorField(starts=[])
    for k in range(MOST + 2):
        field.launch(k / 10, 0)
    assert [theta for theta, _ in field.starts] == [k / 10 for k in range(2, MOST + 2)]
    field.undo()
    assert len(field.starts) == MOST - 1
    field.clear()
    assert field.portrait().paths.shape == (0, STEPS + 1, 2)
    field.undo()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("game", "chess"),
        ("stepper", "sideways"),
        ("step_size", 0.0),
        ("step_size", float("nan")),
        ("strength", -1.0),
        ("strength", [1, 2]),
    ],
)
def test_a_bad_setting_is_refused_and_changes_nothing(name, value):
    field = VectorField("R1")
    before = field.portrait().title
    with pytest.raises(ValueError, match=name):
        field.change(**({"step_size": 0.3, "game": "GAN"} | {name: value}))
    assert field.portrait().title == before
    with pytest.raises(ValueError, match="theta"):
        field.launch(float("inf"), 0.0)


@pytest.mark.parametrize("game", ["GAN", "spectral norm", "bilinear game"])
def test_a_strength_is_refused_where_the_game_has_none(game):
    with pytest.raises(ValueError, match=f"strength is 0.5 and game '{game}'"):
        VectorField(game, strength=0.5)
    field = VectorField("R1")
    with pytest.raises(ValueError, match="has no constant"):
        field.change(game=game, strength=0.5)
    assert field.game == "R1"


def test_answers_carry_out_commands_and_say_what_was_wrong():
    answers = Answers(VectorField("GAN", starts=[]))
    commands = [
        {"do": "launch", "theta": 1.0, "psi": 0.0},
        {"do": "set", "values": {"step_size": 99}},
        {"do": "set", "values": {"stepper": "alternating"}},
    ]
    question = {"view": "v", "id": 4, "commands": commands}
    message, (packed,) = answers.answer(question)
    assert (message["view"], message["id"]) == ("v", 4)
    assert message["note"].startswith("step_size is 99; expected")
    json.dumps(message, allow_nan=False)
    shown = binary.unpack(packed)
    assert shown["settings"]["stepper"] == "alternating"
    assert shown["paths"].shape == (1, STEPS + 1, 2) and len(packed) < 8_000
    for do in ("undo", "look", "clear", "nonsense"):
        message, _ = answers.answer({"commands": [{"do": do}]})
        assert "note" not in message


def test_with_a_front_end_it_answers_the_messages(monkeypatch):
    pytest.importorskip("anywidget")
    monkeypatch.setattr(faces, "kernel_is_running", lambda: True)
    face, sent = widgets.vector_field("GAN"), []
    data, _ = face._repr_mimebundle_()
    assert data[VIEW]["model_id"] == face.widget.model_id
    face.widget.send = lambda message, buffers: sent.append((message, buffers))
    question = {"view": "v", "id": 1, "commands": [{"do": "clear"}]}
    face._on_message(face.widget, question, [])
    face._on_message(face.widget, {"id": 2, "commands": [{"do": "set"}]}, [])  # a fault
    assert sent[0][0] == {"view": "v", "id": 1} and face.field.starts == []
    assert "fault" in sent[1][0]["note"] and sent[1][0]["id"] == 2


def test_without_a_front_end_it_is_a_picture_with_words():
    face = widgets.vector_field("consensus", step_size=0.2)
    data, _ = face._repr_mimebundle_()
    assert "image/png" in data and "consensus" in face.figure().alt
    assert "settle" in face.field.portrait().sentence
    empty = widgets.vector_field("GAN", stepper="alternating", starts=[])
    assert empty.figure().alt == "GAN, h = 0.1. alternating: largest size 1."
