"""What a frame of the lab says: arrows, divergences, floors, bounds, words."""

import math

import jax
import numpy as np
import pytest
from scipy.special import hyp1f1

from gan_utils import data, divergences, losses
from gan_utils.lab import (
    DIVERGENCES,
    Lab,
    Settings,
    Written,
    densities,
    measures,
    picture,
    view,
)
from gan_utils.lab.frame import ARROW_COUNT, CELLS, POINTS, REACH
from gan_utils.lab.loss_readings import READINGS, TYPED, reading_of, shade
from gan_utils.lab.sources import source_of

SHIFT, WIDTH = 0.8, 0.5


@pytest.fixture(scope="module")
def lab():
    lab = Lab("ring of 8", seed=1)
    lab.advance(300)
    return lab


def by_hand(lab, x):
    """Score points with the discriminator's weights, in NumPy float64."""
    params = lab.state.d.variables.params
    x = np.asarray(x, float)
    for name in ("dense0", "dense1", "last"):
        kernel, bias = (np.asarray(params[name][k][...], float) for k in W)
        x = x @ kernel + bias
        x = x if name == "last" else np.where(x > 0, x, 0.2 * x)
    return x[:, 0]


W = ("kernel", "bias")


def differences(f, x, step=1e-5):
    """Take central differences of a function of rows, (n, 2)."""
    moves = step * np.eye(2)
    return np.stack([(f(x + m) - f(x - m)) / (2 * step) for m in moves], -1)


LOSS_OF_G = {
    "nonsaturating": lambda fake, real: np.logaddexp(0, -fake),
    "minimax": lambda fake, real: -np.logaddexp(0, fake),
    "least_squares": lambda fake, real: 0.5 * (fake - 1) ** 2,
    "hinge": lambda fake, real: -fake,
    "relativistic": lambda fake, real: np.logaddexp(0, real - fake),
}


@pytest.mark.parametrize("loss", ["nonsaturating", "relativistic"])
def test_arrows_of_the_generator_are_finite_differences_of_its_own_loss(lab, loss):
    lab = lab.fork(loss=loss)
    frame = lab.frame("generator_loss")
    x = np.asarray(frame.arrows.origin, float)
    real = by_hand(lab, frame.real[:ARROW_COUNT])
    slope = differences(lambda x: LOSS_OF_G[loss](by_hand(lab, x), real), x)
    assert np.abs(slope).max() > 0.01
    np.testing.assert_allclose(frame.arrows.vector, -slope, atol=1e-3, rtol=1e-3)


def test_the_references_are_the_losses_of_the_package():
    scores = np.linspace(-2, 2, 9, dtype="float32")
    for name, reference in LOSS_OF_G.items():
        ours = losses.LOSSES[name](scores[::-1].copy(), scores).generator
        np.testing.assert_allclose(ours, reference(scores, scores[::-1]), atol=1e-6)


def test_arrows_of_the_discriminator_are_finite_differences_of_the_heat(lab):
    frame = lab.frame("discriminator")
    x = np.asarray(frame.arrows.origin, float)
    slope = differences(lambda x: 1 / (1 + np.exp(-by_hand(lab, x))), x)
    np.testing.assert_allclose(frame.arrows.vector, slope, atol=1e-3, rtol=1e-3)


def test_arrows_of_displacement_end_where_the_next_step_puts_the_points(lab):
    lab = lab.fork()
    frame = lab.frame("displacement")
    after = lab.play(1)
    end = frame.arrows.origin + frame.arrows.vector
    np.testing.assert_allclose(end, after.fake[:ARROW_COUNT], atol=1e-5)
    assert np.abs(frame.arrows.vector).max() > 1e-4
    with pytest.raises(ValueError, match="arrows"):
        lab.frame("feelings")


def test_a_frame_is_whole_and_changes_nothing(lab):
    before = jax.tree.leaves(lab.state.g.variables.params)
    frame = lab.frame()
    after = jax.tree.leaves(lab.state.g.variables.params)
    assert all(a is b for a, b in zip(before, after, strict=True))
    assert frame.real.shape == frame.fake.shape == frame.latent.shape == (POINTS, 2)
    assert frame.heat.shape == frame.best.shape == (CELLS, CELLS)
    assert frame.manifold.shape == frame.manifold_start.shape == (21, 21, 2)
    assert frame.manifold_mass.shape == (20, 20)
    assert 0.9 < frame.manifold_mass.sum() <= 1
    for name in ("real", "fake", "latent", "heat", "best", "manifold"):
        array = getattr(frame, name)
        assert array.dtype == np.float32 and np.isfinite(array).all()
    assert set(frame.divergences) == set(DIVERGENCES) == set(frame.charts.values)
    assert 0 <= frame.accuracy <= 1 and 0 <= frame.gap <= 1
    assert (frame.step, frame.first, frame.head) == (300, 0, 300)
    js, right = frame.divergences["js"].value, 100 * frame.accuracy
    assert frame.sentence == (
        f"step 300: {frame.modes[0]} of 8 modes, JS {js:.2f}, discriminator right "
        f"{right:.0f} % of the time"
    )


def test_the_heat_map_lies_as_its_rows_and_columns_say(lab):
    frame = lab.frame()
    axis = (np.arange(CELLS) + 0.5) * 2 * REACH / CELLS - REACH
    for row, column in ((0, 0), (3, 50), (59, 10)):
        score = by_hand(lab, np.array([[axis[column], axis[row]]]))[0]
        np.testing.assert_allclose(
            frame.heat[row, column], 1 / (1 + math.exp(-score)), atol=1e-4
        )


def test_the_best_discriminator_and_the_gap(lab):
    frame = lab.frame()
    p = data_of(lab).p[:-1]
    q = densities.counted(
        np.asarray(picture.place(lab.setup.gan, lab.state, noise(lab)))
    )
    best = p / (p + q[:-1])
    np.testing.assert_allclose(frame.best.ravel(), best, atol=1e-3)
    weight = (p + q[:-1]) / 2
    gap = (weight * np.abs(frame.heat.ravel() - best)).sum() / weight.sum()
    np.testing.assert_allclose(frame.gap, gap, atol=1e-3)


def data_of(lab):
    from gan_utils.lab.show import data_of

    return data_of(lab.setup.source)


def noise(lab):
    return view.noise(lab.setup.gan.latent)


def test_the_net_is_the_generator_at_the_nodes(lab):
    frame, net = lab.frame(), view.net(lab.setup.gan.latent)
    ratio = np.asarray(noise(lab))[:POINTS] / frame.latent
    np.testing.assert_allclose(ratio, ratio[0, 0], rtol=1e-5)
    corner = np.abs(frame.manifold_start).max()
    np.testing.assert_allclose(corner * ratio[0, 0], np.abs(net.nodes).max(), rtol=1e-5)
    own = np.asarray(picture.place(lab.setup.gan, lab.state, net.nodes))
    np.testing.assert_allclose(frame.manifold.reshape(-1, 2), own, atol=1e-5)
    right = frame.manifold_start[:, 1:, 0] - frame.manifold_start[:, :-1, 0]
    assert (right > 0).all()


def shifted(dim):
    centre = np.zeros(dim)
    centre[0] = SHIFT / 2
    return data.gaussian(-centre, WIDTH), data.gaussian(centre, WIDTH)


@pytest.mark.parametrize("dim", [1, 2])
def test_divergences_match_closed_forms_on_shifted_gaussians(dim):
    p, q = shifted(dim)
    y = np.asarray(q.sample(jax.random.key(3), view.SAMPLE))
    found = measures.on_cells(densities.exact(p), densities.counted(y))
    for blur, tolerance in ((densities.width(dim), 0.02), (0.0, 0.05)):
        variance = WIDTH**2 + blur**2
        kl = SHIFT**2 / (2 * variance)
        np.testing.assert_allclose(found["kl_qp"], kl, rtol=tolerance)
        np.testing.assert_allclose(found["js"], js(variance), rtol=tolerance)
        # too high, as few samples reach the tails of q that p weighs
        np.testing.assert_allclose(found["kl_pq"], kl, rtol=tolerance + 0.05)


def js(variance):
    """JS of two Gaussians of this variance, SHIFT apart, by quadrature."""
    x = np.linspace(-6, 6, 20_001)
    p, q = (
        np.exp(-((x - m) ** 2) / (2 * variance)) / math.sqrt(2 * np.pi * variance)
        for m in (-SHIFT / 2, SHIFT / 2)
    )
    middle = (p + q) / 2
    return 0.5 * (p * np.log(p / middle) + q * np.log(q / middle)).sum() * (x[1] - x[0])


def test_distances_of_points_match_closed_forms_on_shifted_gaussians():
    p, q = shifted(2)
    found = []
    for i in range(12):
        keys = jax.random.split(jax.random.key(i))
        found.append(measures.on_points(p.sample(keys[0], 512), q.sample(keys[1], 512)))
    # E|X - Y| of a Gaussian of width s sqrt(2) around a shift: a Rice law's mean
    width = WIDTH * math.sqrt(2)

    def rice(shift):
        return (
            width
            * math.sqrt(math.pi / 2)
            * hyp1f1(-0.5, 1, -(shift**2) / (2 * width**2))
        )

    energy = 2 * rice(SHIFT) - 2 * rice(0.0)
    values = np.array([f["energy"] for f in found])
    error = values.std(ddof=1) / math.sqrt(len(values))
    assert abs(values.mean() - energy) < 4 * error < 0.06
    w1 = np.array([f["w1"] for f in found])
    assert SHIFT - 0.1 < w1.mean() < SHIFT + 0.15  # biased upwards


def test_real_against_real_lies_in_its_band():
    lab = Lab("ring of 8")
    numbers = data_of(lab)
    for _ in range(measures.DRAWS + 3):
        numbers.grow()
    assert {len(v) for v in numbers.draws.values()} == {measures.DRAWS}
    fresh = []
    for i in range(24):
        real = np.asarray(numbers.source.sample(jax.random.key(1000 + i), view.SAMPLE))
        found = measures.on_cells(numbers.p, densities.counted(real))
        fresh.append(found | measures.on_points(numbers.real, real))
    for name in DIVERGENCES:
        low, high = numbers.band(name)
        assert low < high
        inside = np.mean([low <= f[name] <= high for f in fresh])
        assert inside > 0.6, (name, inside)  # about 0.9 of them
        assert numbers.band(name) == numbers.band(name)
    assert 0 < numbers.band("js")[1] < 0.01


def test_bands_come_with_the_frames_and_a_thorough_frame_has_them_all(lab):
    frame = lab.frame(thorough=True)
    for name, measure in frame.divergences.items():
        assert measure.low < measure.high, name
        assert measure.step == frame.step
        assert measure.n in (view.SAMPLE, measures.PAIRED, measures.MET)
    js = frame.divergences["js"]
    assert js.value > js.high  # 300 steps do not make a perfect generator


@pytest.mark.parametrize("name", ["ring", "drawing", "two bumps"])
def test_exact_and_counted_masses_agree(name):
    source = source_of(Settings(data=name, drawing=((0.0, 0.3), (-1.0, 1.0))))
    exact = densities.exact(source)
    x = np.asarray(source.sample(jax.random.key(2), view.SAMPLE))
    counted = densities.counted(x)
    assert (np.abs(x) < REACH).mean() > 0.99 and 0.3 < x.std() < 1.7
    assert exact.shape == counted.shape == (CELLS**2 + 1 if x.shape[1] == 2 else 201,)
    np.testing.assert_allclose((exact.sum(), counted.sum()), 1, atol=1e-9)
    assert 0.5 * np.abs(exact - counted).sum() < 0.06


def test_points_outside_the_view_count_in_a_cell_of_their_own():
    x = np.zeros((1000, 2), "float32")
    x[:300] = 50.0
    x[300:310] = 1e30
    assert abs(densities.counted(x)[-1] - 0.31) < 1e-3
    inside = densities.counted(x)[:-1].reshape(CELLS, CELLS)
    assert abs(inside[28:32, 28:32].sum() - 0.69) < 0.15


def test_one_dimension_is_shown_as_curves():
    frame = Lab("two bumps", noise="gaussian 1d", seed=2).frame()
    curves = frame.curves
    assert frame.heat is None and frame.best is None
    for curve in curves.__dict__.values():
        assert curve.shape == (200,) and curve.dtype == np.float32
    step = curves.x[1] - curves.x[0]
    np.testing.assert_allclose(curves.p.sum() * step, 1, atol=1e-3)
    source = source_of(Settings(data="two bumps"))
    np.testing.assert_allclose(
        curves.p, source.prob(curves.x[:, None]), atol=0.02
    )  # blurred by a cell's width
    assert not frame.real[:, 1].any() and not frame.fake[:, 1].any()
    assert frame.manifold.shape == (21, 1, 2) and frame.manifold_mass.shape == (20, 1)
    assert frame.modes[1] == 2 and set(frame.divergences) == set(DIVERGENCES)


@pytest.mark.parametrize(
    "loss", ["minimax", "nonsaturating", "least_squares", "hinge", "relativistic"]
)
def test_no_discriminator_beats_the_bound_that_its_loss_implies(loss):
    rng = np.random.default_rng(0)
    for _ in range(200):
        p, q = rng.dirichlet(np.full(6, 0.4), 2)
        truth = float(divergences.js(p, q))
        best = np.log(p + 1e-12) - np.log(q + 1e-12)
        if loss == "least_squares":
            best = p / (p + q)
        elif loss == "hinge":
            best = np.sign(best)
        for scores in (best, best + rng.normal(0, 0.3, 6), rng.normal(0, 2, 6)):
            scores = scores.astype("float32")
            pairs = np.repeat(scores, 6), np.tile(scores, 6)  # every datum, every fake
            d = np.asarray(losses.LOSSES[loss](*pairs).discriminator, float)
            d_loss = float(np.outer(p, q).ravel() @ d)
            bound = READINGS[loss].bound(d_loss, 1.0)
            assert bound.measure == "js"
            assert bound.value <= truth + 1e-5, (loss, bound.value, truth)
    if loss in ("minimax", "nonsaturating"):  # and the best reaches it
        real, fake = (np.logaddexp(0, -best), np.logaddexp(0, best))
        d_loss = float(p @ real + q @ fake)
        np.testing.assert_allclose(
            READINGS[loss].bound(d_loss, 1.0).value, truth, atol=1e-6
        )


def test_the_wasserstein_bound_on_a_line_and_losses_without_a_bound():
    x, y = np.zeros(100), np.full(100, 0.7)
    steep = 3.0  # the critic -3 x: real at 0 scores 0, fakes at 0.7 score -2.1
    d_loss = float((-steep * y - -steep * x).mean())
    found = READINGS["wasserstein"].bound(d_loss, steep)
    assert found.measure == "w1"
    np.testing.assert_allclose(found.value, 0.7)
    assert TYPED.bound is None


def test_the_lab_has_a_row_for_every_loss():
    missing = set(losses.LOSSES) - set(READINGS)
    assert not missing, (
        f"losses.LOSSES has {sorted(missing)}, which the lab cannot read; add a row to "
        "READINGS in gan_utils/lab/loss_readings.py: its label, how its scores read as "
        "probabilities, whether its best D is p / (p + q), and its bound or None."
    )
    assert set(READINGS) == set(losses.LOSSES)


def test_a_loss_without_a_row_is_refused_and_a_typed_one_reads_as_logits(monkeypatch):
    with pytest.raises(ValueError, match=r"expected a Written loss.*loss_readings"):
        reading_of(lambda real, fake: None)
    monkeypatch.delitem(READINGS, "hinge")
    with pytest.raises(ValueError, match="without a row in READINGS"):
        reading_of(losses.hinge)
    typed = Written("def loss(real, fake):\n    return hinge(real, fake)")
    assert reading_of(typed) is TYPED and not TYPED.comparable
    np.testing.assert_allclose(shade(typed)(1.0, 9.0, 9.0), 1 / (1 + math.exp(-1)))


def test_scores_read_as_probabilities_for_every_loss():
    scores = np.linspace(-4, 4, 41, dtype="float32")
    for name, loss in losses.LOSSES.items():
        read = np.asarray(shade(loss)(scores, np.float32(0.5), np.float32(2)))
        assert (np.diff(read) >= 0).all() and 0 <= read.min() <= read.max() <= 1, name
    assert shade(losses.wasserstein)(0.5, 0.5, 2.0) == 0.5
