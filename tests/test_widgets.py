"""Explorers: their still picture, their live widget, their sentence, their range."""

import base64
from functools import lru_cache

import numpy as np
import pytest

from gan_utils import plots, widgets
from gan_utils.widgets.slider_figure import VIEW


def draw(n=1, rate=0.1, kind="sine", grid=False):
    """Draw a wave; it fails at n = 9."""
    if n == 9:
        raise ZeroDivisionError("nine")
    figure, axes = plots.figure()
    x = np.linspace(0, 1, 20)
    axes.plot(x, {"sine": np.sin, "cosine": np.cos}[kind](n * x / rate))
    axes.grid(grid)
    return plots.describe(figure, f"A {kind} with n = {n} and rate {rate:.2g}.")


def explorer(high=8):
    """Return an explorer with every kind of control."""
    return widgets.explore(
        draw,
        n=widgets.slider(1, high, 2, play=200),
        rate=widgets.slider(1e-3, 1.0, 0.1, log=True),
        kind=widgets.choice(["sine", "cosine"]),
        grid=widgets.toggle(True, label="show the grid"),
    )


@lru_cache
def registered(name):
    """Make a registered widget once for all tests: some of them train first."""
    return widgets.registry()[name]()


EVERY = pytest.mark.parametrize("name", sorted(widgets.registry()))


@EVERY
def test_every_widget_draws_over_its_range(name):
    sentences = {alt for _, alt in registered(name).sweep()}
    assert len(sentences) > 1, f"{name} says the same at every setting"


@EVERY
def test_every_widget_can_be_built_and_redraws_the_same(name):
    shown = registered(name)
    assert shown.widget.children
    assert shown.figure().png() == shown.figure().png()


def test_a_sweep_visits_both_ends_of_every_control():
    states = [state for state, _ in explorer().sweep()]
    for name, ends in {"n": (1, 8), "grid": (False, True)}.items():
        assert {state[name] for state in states} >= set(ends)
    assert np.isclose(max(state["rate"] for state in states), 1.0)


def test_a_sweep_raises_what_the_drawing_raises_and_restores_the_state():
    shown = explorer(high=9)
    with pytest.raises(ZeroDivisionError):
        shown.sweep()
    assert shown.values["n"] == 2


def test_the_still_picture_needs_no_kernel():
    data, metadata = explorer()._repr_mimebundle_()
    assert set(data) == {"image/png", "text/plain"}
    assert data["text/plain"] == "A sine with n = 2 and rate 0.1."
    assert metadata["image/png"]["alt"] == data["text/plain"]


def test_moving_a_control_redraws_picture_and_sentence():
    shown = explorer()
    image, sentence = shown.widget.children[-2:]
    before = bytes(image.value)
    shown._inputs["n"].value = 5
    assert bytes(image.value) != before
    assert "A sine with n = 5" in sentence.value
    assert 'aria-live="polite"' in sentence.value
    shown._inputs["kind"].value = "cosine"
    assert "A cosine with n = 5" in sentence.value


def test_set_moves_the_widget_too():
    shown = explorer()
    shown.widget  # noqa: B018
    shown.set(n=7, kind="cosine")
    assert shown._inputs["n"].value == 7
    assert "A cosine with n = 7" in shown.widget.children[-1].value


def test_play_drives_the_slider_and_stays_in_range():
    shown = explorer()
    player, bar = shown.widget.children[0].children
    player.value = player.max
    assert bar.value == 8
    player.value = 0
    assert shown.values["n"] == 1


def test_a_failing_drawing_is_shown_where_the_sentence_stands():
    shown = explorer(high=9)
    shown.widget  # noqa: B018
    shown._inputs["n"].value = 9
    assert "Could not draw: ZeroDivisionError: nine" in shown.widget.children[-1].value
    with pytest.raises(ZeroDivisionError):
        shown.set(n=9)
    shown.set(n=3)
    assert shown.error is None


def test_the_view_is_offered_to_a_kernel(monkeypatch):
    module = "gan_utils.widgets.slider_figure.kernel_is_running"
    monkeypatch.setattr(module, lambda: True)
    shown = explorer()
    data, _ = shown._repr_mimebundle_()
    assert data[VIEW]["model_id"] == shown.widget.model_id


def test_a_kernel_gets_one_drawing_for_still_and_view(monkeypatch):
    monkeypatch.setattr(
        "gan_utils.widgets.slider_figure.kernel_is_running", lambda: True
    )
    drawn = []
    shown = widgets.explore(
        lambda n: drawn.append(n) or draw(n=n), n=widgets.slider(1, 8, 2)
    )
    data, metadata = shown._repr_mimebundle_()
    assert drawn == [2] and data["text/plain"] == metadata["image/png"]["alt"]
    assert base64.b64decode(data["image/png"]) == bytes(shown.widget.children[-2].value)


def test_a_kernel_is_told_of_a_failing_drawing(monkeypatch):
    monkeypatch.setattr(
        "gan_utils.widgets.slider_figure.kernel_is_running", lambda: True
    )
    shown = explorer(high=9)
    shown.values["n"] = 9
    with pytest.raises(ZeroDivisionError):
        shown._repr_mimebundle_()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: widgets.slider(2, 1, 1), "low <= value <= high"),
        (lambda: widgets.slider(0.0, 1.0, 0.5, log=True), "positive"),
        (lambda: widgets.choice([]), "at least one"),
        (lambda: widgets.choice(["a"], "b"), "expected one of"),
        (lambda: widgets.explore(draw, n=3), "a slider, a choice or a toggle"),
        (lambda: explorer().set(n=99), "1 <= n <= 8"),
        (lambda: explorer().set(m=1), "no control"),
        (lambda: widgets.explore(lambda: None).figure(), "missing return"),
    ],
)
def test_bad_input_is_refused(make, words):
    with pytest.raises(ValueError, match=words):
        make()


def test_live_keeps_the_last_frame_without_a_front_end():
    on_frame = widgets.live(lambda state, history: draw(n=state))
    on_frame(1, None)
    on_frame(4, None)
    assert on_frame.figure.alt.startswith("A sine with n = 4")
