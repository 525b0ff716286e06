"""The lab's session: seeds, timeline, forks, live changes, faults, files."""

import inspect
import io

import jax
import numpy as np
import pytest

from gan_utils import data, widgets
from gan_utils.engine import fast
from gan_utils.lab import CHOICES, PRESETS, RANGES, Lab, Settings, Written, written
from gan_utils.lab.frame import REACH
from gan_utils.lab.record import BINS, Record
from gan_utils.lab.structure import setup_of
from gan_utils.lab.timeline import MOST_MARKS, MOST_STRETCHES, Snapshot, Timeline, pack

TYPED = """
def loss(real, fake):
    d = softplus(-real) + softplus(fake)
    return d, softplus(-fake)
"""


def bits(lab):
    return pack(lab.state).numbers.tobytes()


@pytest.fixture(scope="module")
def played():
    """A lab at step 70; tests fork it."""
    lab = Lab("ring", seed=5)
    lab.advance(70)
    return lab


@pytest.fixture
def lab(played):
    return played.fork()


def test_the_same_seed_gives_the_same_run_however_it_is_cut(lab):
    other = Lab("ring", seed=5)
    for n in (1, 6, 30, 33):
        other.advance(n)
    assert bits(other) == bits(lab)
    assert other.now == other.head == 70
    again = lab.fork()
    again.reset()
    assert (again.now, again.head) == (0, 0)
    again.advance(70)
    assert bits(again) == bits(lab)
    again.reset(seed=6)
    again.advance(70)
    assert bits(again) != bits(lab) and again.settings.seed == 6


def test_a_step_that_is_sought_is_bit_identical_to_one_played_straight(lab):
    at_40 = Lab("ring", seed=5)
    at_40.advance(40)
    end = bits(lab)
    lab.seek(40)
    assert bits(lab) == bits(at_40)
    assert (lab.now, lab.head) == (40, 70)
    lab.seek(69), lab.seek(3), lab.advance(67)
    assert bits(lab) == end
    with pytest.raises(ValueError, match="expected 0 to 70"):
        lab.seek(71)


def test_what_was_changed_on_the_way_is_played_again(lab):
    lab.change(d_rate=0.05)
    lab.advance(9)
    for _ in range(3):
        lab.step("discriminator")
    lab.step("generator")
    lab.advance(5)
    assert len(lab.timeline.stretches) == 5  # three moves of D alone are one stretch
    end = bits(lab)
    assert lab.head == 70 + 9 + 3 + 1 + 5
    marks = {}
    for step in (88, 81, 80, 70, 12):
        lab.seek(step)
        marks[step] = bits(lab)
    assert lab.settings.d_rate == Settings().d_rate
    lab.seek(75)
    assert lab.settings.d_rate == 0.05
    lab.advance(6)
    assert bits(lab) == marks[81]
    lab.seek(10), lab.advance(78)
    assert bits(lab) == end == marks[88]


def test_a_change_in_the_past_forgets_the_future(lab):
    lab.seek(30)
    lab.change(g_rate=0.02)
    assert lab.head == lab.now == 30
    assert lab.history.step.max() < 30
    lab.advance(5)
    assert lab.head == 35 and len(lab.history.step) == 35


def test_a_fork_with_nothing_changed_equals_its_parent(lab):
    child = lab.fork()
    lab.advance(25), child.advance(25)
    assert bits(child) == bits(lab)
    child.seek(20)
    assert lab.now == 95  # the parent stands where it stood


def test_a_fork_differs_by_its_change_alone(lab):
    child = lab.fork(d_rate=0.0)
    before = lab.frame()
    lab.advance(1), child.advance(1)
    assert bits(child) != bits(lab)
    a, b = lab.setup.batches, child.setup.batches
    x, y = (s.batch(lab.state.key, 3).x for s in (a, b))
    assert np.array_equal(x, y)
    np.testing.assert_array_equal(before.real, child.frame().real)
    np.testing.assert_array_equal(before.latent, child.frame().latent)


OTHER = dict(
    noise="uniform 2d",
    g_layers=1,
    g_width=7,
    d_layers=1,
    d_width=7,
    loss="hinge",
    penalty="r1",
    gamma=3.0,
    optimizer="sgd",
    g_rate=0.02,
    d_rate=0.02,
    beta1=0.8,
    k_d=2,
    k_g=2,
    batch=64,
    seed=9,
    data="line",
    drawing=((0.5, 0.5), (0.0, 1.0)),
)
ANEW = {
    "g_layers": "the generator started",
    "g_width": "the generator started",
    "d_layers": "the discriminator started",
    "d_width": "the discriminator started",
    "optimizer": "the optimiser's memory started",
}


def arrays(player):
    return [np.asarray(leaf) for leaf in jax.tree.leaves(player.variables.params)]


def same(a, b):
    pairs = zip(arrays(a), arrays(b), strict=False)
    return len(arrays(a)) == len(arrays(b)) and all(np.array_equal(*p) for p in pairs)


@pytest.mark.slow
@pytest.mark.parametrize("name", OTHER)
def test_every_setting_changes_the_next_step(lab, name):
    needs = {"gamma": dict(penalty="r1"), "drawing": dict(data="drawing")}.get(name, {})
    if name == "drawing":
        needs["drawing"] = ((-0.5, 0.5),)
    if needs:
        lab.change(**needs)
    other = lab.fork()
    sentence = other.change(**{name: OTHER[name]})
    assert ANEW.get(name, "Changed") in sentence or name == "seed"
    assert getattr(other.settings, name) == OTHER[name]
    assert same(other.state.g, lab.state.g) != (name in ("seed", "g_layers", "g_width"))
    assert same(other.state.d, lab.state.d) != (name in ("seed", "d_layers", "d_width"))
    lab.advance(1), other.advance(1)
    if name in ("g_layers", "g_width", "d_layers", "d_width"):
        answers = {"g": other.state.d, "d": other.state.g}[name[0]]
        assert not same(answers, {"g": lab.state.d, "d": lab.state.g}[name[0]])
    moved = [same(other.state.d, lab.state.d), same(other.state.g, lab.state.g)]
    assert not all(moved), name
    assert lab.now + (other.now if name == "seed" else 0) in (71, 72)


def programs(lab) -> int:
    """Count the programs that the lab's loop was compiled into."""
    return fast.loop(lab.state, lab.setup.batches)._cache_size()


def test_every_setting_of_the_lab_is_in_this_list():
    assert set(OTHER) == set(Settings().as_json())
    assert set(CHOICES) | set(RANGES) == set(OTHER) - {"drawing"}


def test_moving_a_slider_or_playing_another_number_compiles_nothing(lab):
    lab.change(penalty="r1")
    lab.play(2)
    compiled = programs(lab)
    count = []
    jax.monitoring.register_event_duration_secs_listener(
        lambda name, *_, **__: count.append(name) if "backend_compile" in name else None
    )
    for i, name in enumerate(("g_rate", "d_rate", "gamma", "beta1")):
        lab.change(**{name: 0.01 * (i + 1)})
        lab.advance(3 + i)
        lab.frame()
    lab.reset(seed=77)
    lab.play(11)
    assert programs(lab) == compiled
    assert count == []


def test_one_player_moves_alone(lab):
    for player, rests in (("discriminator", "g"), ("generator", "d")):
        before = lab.state
        frame = lab.step(player)
        moved = {"g": "d", "d": "g"}[rests]
        assert same(getattr(before, rests), getattr(lab.state, rests))
        assert not same(getattr(before, moved), getattr(lab.state, moved))
    assert frame.step == lab.now == 72
    assert lab.setup.moves == "both"
    with pytest.raises(ValueError, match="player"):
        lab.step("referee")


def test_slow_motion_shows_ten_phases_and_makes_one_update(lab):
    straight = lab.fork()
    straight.advance(1)
    phases = []
    for phase in lab.slow_motion():
        assert lab.now == 70
        phases.append(phase)
    assert bits(lab) == bits(straight)
    assert [p.number for p in phases] == list(range(1, 11))
    assert len({p.name for p in phases}) == 10
    assert {p.player for p in phases[:5]} == {"discriminator"}
    assert {p.player for p in phases[5:]} == {"generator"}
    assert all(np.isfinite(a).all() for p in phases for a in p.arrays.values())
    by = {p.number: p.arrays for p in phases}
    assert by[2]["real"].shape == (128, 2) and by[2]["on_real"].shape == (128,)
    loss = -np.log(by[2]["on_real"]) - np.log1p(-by[2]["on_fake"])
    np.testing.assert_allclose(by[3]["loss"], loss, rtol=1e-3, atol=1e-4)
    np.testing.assert_allclose(by[3]["loss"].mean(), lab_loss(lab, "d"), rtol=1e-4)
    np.testing.assert_allclose(by[8]["loss"].mean(), lab_loss(lab, "g"), rtol=1e-4)
    np.testing.assert_allclose(by[4]["push_real"], 1 - by[2]["on_real"], atol=1e-5)
    assert not np.array_equal(by[5]["heat_before"], by[5]["heat"])
    assert not np.array_equal(by[10]["fake_before"], by[10]["fake"])


def lab_loss(lab, player):
    return lab.history.values[f"{player}_loss"][-1]


def test_a_player_without_steps_has_no_phases(lab):
    lab.change(k_g=0)
    assert [p.number for p in lab.slow_motion()] == [1, 2, 3, 4, 5]


def test_a_run_that_breaks_says_where_and_keeps_the_last_good_state():
    lab = Lab("ring", d_rate=10.0, g_rate=10.0)
    frame = lab.play(400)
    assert lab.now < 400 and f"at step {lab.now}" in lab.message
    assert "discriminator" in lab.message or "generator" in lab.message
    assert "last good step" in frame.message
    assert np.isfinite(frame.fake).all() and np.isfinite(frame.heat).all()
    stopped = bits(lab)
    assert lab.play(5).step == frame.step and bits(lab) == stopped
    lab.change(d_rate=0.001, g_rate=0.001)
    assert lab.message == ""
    lab.seek(0)
    lab.change(d_rate=0.001, g_rate=0.001)
    assert lab.play(20).step == 20 and not lab.message


def test_drawings_of_no_point_and_of_one():
    with pytest.raises(ValueError, match="drawing is empty"):
        Lab("drawing")
    with pytest.raises(ValueError, match="drawing"):
        Lab("drawing", drawing=[(0.0, float("nan"))])
    with pytest.raises(ValueError, match="view"):
        Lab("drawing", drawing=[(0.0, 9.0)])
    lab = Lab("drawing", drawing=[(0.5, -0.5)])
    frame = lab.play(3)
    assert "single point" in frame.message
    np.testing.assert_allclose(frame.real.mean(0), (0.5, -0.5), atol=0.02)
    compiled = programs(lab)
    many = np.random.default_rng(0).uniform(-1, 1, (3000, 2))
    lab.change(drawing=many)
    assert len(lab.settings.drawing) == 1024
    assert lab.play(3).step == 6 and not lab.message
    assert programs(lab) == compiled


def test_a_loss_typed_as_python_goes_on_at_the_same_weights(lab):
    straight = lab.fork()
    before = bits(lab)
    assert "Your loss is in" in lab.set_loss(TYPED)
    assert bits(lab) == before
    lab.advance(3), straight.advance(3)
    for a, b in zip(arrays(lab.state.g), arrays(straight.state.g), strict=True):
        np.testing.assert_allclose(a, b, atol=1e-5)  # the same loss in other words
    assert lab.frame().bound is None
    assert lab.settings == lab.settings.changed(loss=Written(TYPED))


@pytest.mark.parametrize(
    "text, why",
    [
        ("def loss(real, fake:\n  return 1", "cannot read line 1"),
        ("def lose(real, fake): return real, fake", "no function called loss"),
        ("1 / 0", "ZeroDivisionError"),
        (
            "def loss(real, fake):\n  return (real, fake) if real[0] > 0 else 1",
            "traced",
        ),
        ("def loss(real, fake): return real", "traced"),
        ("def loss(real, fake): return real.mean(), fake.mean()", "has shape"),
        ("def loss(real, fake): return real, jnp.log(fake)", "NaN"),
        ("def loss(real, fake): return fake - real, real", "generator would never"),
        ("def loss(real, fake): return 0 * real, fake", "discriminator would never"),
        ("def loss(real, fake): return nothing", "NameError"),
    ],
)
def test_a_loss_that_cannot_work_is_refused_with_the_reason(played, text, why):
    before = bits(played)
    with pytest.raises(ValueError, match=why):
        played.set_loss(text)
    assert bits(played) == before and played.settings.loss == "nonsaturating"


def test_a_saved_lab_goes_on_with_the_same_bits(lab):
    lab.change(d_rate=0.03)
    lab.advance(10)
    lab.frame()
    file = io.BytesIO()
    lab.save(file)
    file.seek(0)
    other = Lab.load(file)
    assert (other.now, other.head, other.settings) == (80, 80, lab.settings)
    for a, b in (
        (other.history, lab.history),
        (other.charts.series(), lab.charts.series()),
    ):
        np.testing.assert_array_equal(a.step, b.step)
        for name in a.values:
            np.testing.assert_array_equal(a.values[name], b.values[name])
    lab.advance(5), other.advance(5)
    assert bits(other) == bits(lab)
    lab.seek(20), other.seek(20)
    assert bits(other) == bits(lab)


def test_a_file_with_code_runs_only_when_it_is_trusted(lab, tmp_path):
    lab.set_loss(TYPED)
    lab.save(tmp_path / "typed.npz")
    with pytest.raises(ValueError, match="run_code=True"):
        Lab.load(tmp_path / "typed.npz")
    other = Lab.load(tmp_path / "typed.npz", run_code=True)
    assert other.settings == lab.settings and bits(other) == bits(lab)
    (tmp_path / "other.npz").write_bytes(b"PK not a lab")
    with pytest.raises(ValueError, match="cannot be read as a lab"):
        Lab.load(tmp_path / "other.npz")


def test_many_seeds_make_a_wall(lab):
    wall = lab.wall(steps=20, seeds=6, checkpoints=2)
    assert wall.fake.shape == (6, 400, 2) and wall.covered.shape == (6, 2)
    assert wall.steps.tolist() == [10, 20] and wall.seeds.tolist() == list(range(5, 11))
    assert ((wall.survival >= 0) & (wall.survival <= 1)).all()
    alone = Lab("ring", seed=7).play(20)
    np.testing.assert_allclose(wall.fake[2], alone.fake[:400], atol=1e-3)
    assert lab.now == 70


def test_a_wall_looks_more_often_than_it_makes_updates(lab):
    wall = lab.wall(steps=2, seeds=2, checkpoints=8)
    assert wall.steps.tolist() == [0, 1, 2] and wall.covered.shape == (2, 3)


@pytest.mark.parametrize(
    "bad, why",
    [
        (dict(data="cube"), "expected 'line' or"),
        (dict(loss="mse"), "loss is"),
        (dict(g_rate=-1.0), "g_rate"),
        (dict(d_rate=float("nan")), "d_rate"),
        (dict(g_layers=2.5), "g_layers"),
        (dict(k_d=11), "from 0 to 10"),
        (dict(k_d=0, k_g=0), "nobody moves"),
        (dict(penalty="clip", gamma=0.0), "gamma is 0"),
        (dict(colour="red"), "is no setting"),
    ],
)
def test_bad_settings_are_refused_and_change_nothing(lab, bad, why):
    before, settings = bits(lab), lab.settings
    with pytest.raises(ValueError, match=why):
        lab.change(**bad)
    assert bits(lab) == before and lab.settings == settings
    with pytest.raises(ValueError):
        lab.advance(-1)


def test_hidden_layers_mean_what_they_say():
    for layers in (0, 1, 3):
        settings = Settings(g_layers=layers, d_layers=layers, g_width=5, d_width=4)
        gan = setup_of(settings).gan
        assert gan.generator.keywords["hidden"] == (5,) * layers
        assert gan.discriminator.keywords["hidden"] == (4,) * layers


def test_presets_are_settings_and_sources_fit_the_view():
    for preset in PRESETS.values():
        settings = Settings().changed(**preset)
        assert settings.changed(**settings.as_json()) == settings
    for name in CHOICES["data"]:
        settings = Settings(data=name, drawing=((0.0, 0.0), (1.0, -1.0)))
        source = setup_of(settings).source
        assert source.dim == (1 if name == "two bumps" else 2)
        if source.modes is not None:
            assert (np.abs(source.modes) + 2 * np.asarray(source.std)).max() <= REACH
    assert isinstance(setup_of(Settings()).source, data.Curve)


def test_a_record_of_any_length_fits_its_bins():
    record, n = Record(("d_loss", "g_loss")), 5000
    values = np.stack([np.arange(n), np.full(n, np.nan)], 1)
    for start in range(0, n, 700):
        record.add(start, values[start : start + 700])
    series = record.series()
    assert len(series.step) <= BINS and record.sums.shape == (BINS, 2)
    np.testing.assert_allclose(
        series.values["d_loss"][:-1], series.step[:-1] - 0.5, atol=0.6
    )
    assert np.isnan(series.values["g_loss"]).all()
    record.cut(1000)
    assert record.series().step.max() < 1000


def test_a_timeline_of_any_length_is_bounded(played):
    packed = pack(played.state)
    timeline = Timeline(Snapshot(0, played.setup, packed))
    for step in range(0, 40_000, 10):
        timeline.mark(step, played.setup, played.state)
    assert len(timeline.marks) <= MOST_MARKS
    assert timeline.nearest(39_990).step > 39_000
    steps = [mark.step for mark in timeline.marks]
    assert steps == sorted(set(steps))
    for step in range(40_000, 41_000):
        timeline.begin(Snapshot(step, played.setup, packed))
    assert len(timeline.stretches) == MOST_STRETCHES
    assert timeline.first == 41_000 - MOST_STRETCHES


@pytest.mark.parametrize(
    "text",
    [
        "while True: pass",
        "def loss(real, fake):\n    while True:\n        pass",
        "def loss(real, fake):\n    while True: fake = fake",
    ],
)
def test_a_loss_that_never_ends_is_refused(lab, text, monkeypatch):
    monkeypatch.setattr(written, "LONGEST", 0.3)
    with pytest.raises(ValueError, match="did not end within"):
        lab.set_loss(text)
    assert lab.play(1).step == lab.now


def test_the_default_data_stand_in_one_place():
    for make in (Lab, widgets.lab):
        assert inspect.signature(make).parameters["data"].default == Settings().data
