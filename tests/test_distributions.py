"""Distributions: densities against scipy in float64, samples against densities."""

import dataclasses

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from scipy import integrate, special, stats

from gan_utils import data
from gan_utils.numerics import float64

PLANE = {
    "gaussian": lambda: data.gaussian((0.3, -0.2), (0.2, 0.4)),
    "ring": lambda: data.ring(std=0.1),
    "grid": lambda: data.grid(3, 0.7, 0.1),
    "line": lambda: data.line((-0.7, 0.1), (0.6, 0.5), std=0.08),
    "circle": lambda: data.circle(std=0.08),
    "ellipse": lambda: data.ellipse((1.0, 0.4), std=0.08),
    "spiral": lambda: data.spiral(std=0.05),
    "moons": lambda: data.moons(0.8, std=0.08, gap=(0.1, -0.4)),
    "points": lambda: data.points(np.eye(2), std=0.15),
    "uniform": lambda: data.uniform((-1.0, 0.0), (0.5, 1.0)),
    **{name: lambda name=name: data.gan_lab(name) for name in ("line", "gaussians")},
    "gan_lab_ring": lambda: data.gan_lab("ring"),
    "disjoint": lambda: data.gan_lab("disjoint"),
    "drawing": lambda: data.gan_lab(
        "drawing", drawing=np.array([[0.2, 0.3], [0.7, 0.7]])
    ),
}
ARRAY = [name for name in PLANE if name != "uniform"]


@pytest.mark.parametrize("name", ARRAY)
def test_density_integrates_to_one(name):
    distribution = PLANE[name]()
    samples = np.asarray(distribution.sample(jax.random.key(0), 2000))
    room = 6 * float(np.max(distribution.std))
    axes = np.linspace(samples.min(0) - room, samples.max(0) + room, 121)
    grid = np.stack(np.meshgrid(*axes.T, indexing="ij"), -1).reshape(-1, 2)
    total = float(distribution.prob(grid).sum()) * np.prod(axes[1] - axes[0])
    assert total == pytest.approx(1.0, abs=1e-4)


@pytest.mark.parametrize("name", ARRAY)
def test_samples_follow_the_density(name):
    """A chi-square test on 6 x 6 cells whose masses come from the density."""
    distribution = PLANE[name]()
    samples = np.asarray(distribution.sample(jax.random.key(3), 10_000))
    low, high = samples.min() - 0.05, samples.max() + 0.05
    fine = np.linspace(low, high, 2 * 6 * 20 + 1)  # cell edges and centres, by turns
    grid = np.stack(np.meshgrid(fine[1::2], fine[1::2], indexing="ij"), -1).reshape(
        -1, 2
    )
    mass = np.asarray(distribution.prob(grid), float).reshape(6, 20, 6, 20)
    mass = mass.sum((1, 3)).ravel() * (fine[2] - fine[0]) ** 2
    counts = np.histogram2d(*samples.T, bins=(fine[::40], fine[::40]))[0].ravel()
    keep = mass * 10_000 > 10
    expected, observed = mass[keep] * 10_000, counts[keep]
    assert expected.sum() == pytest.approx(10_000, abs=150)
    assert observed.sum() == pytest.approx(expected.sum(), abs=100)
    chi = ((observed - expected) ** 2 / expected).sum()
    assert stats.chi2.sf(chi, keep.sum()) > 1e-3


def test_uniform_samples_fill_the_box_evenly():
    box = data.uniform((-1.0, 0.0), (0.5, 1.0))
    samples = np.asarray(box.sample(jax.random.key(0), 5000))
    for axis, (low, width) in enumerate([(-1.0, 1.5), (0.0, 1.0)]):
        test = stats.kstest(samples[:, axis], stats.uniform(low, width).cdf)
        assert test.pvalue > 1e-3
    found = box.log_prob(np.array([[0.0, 0.5], [0.6, 0.5]]))
    np.testing.assert_allclose(found, [-np.log(1.5), -np.inf], rtol=1e-6)


CURVES = ["line", "circle", "ellipse", "spiral", "moons", "gan_lab_ring"]


@pytest.mark.parametrize("name", CURVES)
def test_curve_density_agrees_with_adaptive_quadrature(name):
    with float64():
        curve = PLANE[name]()
        x = np.asarray(curve.sample(jax.random.key(1), 4))
        x = np.concatenate([x, x + 3 * float(curve.std), [[0.1, 0.2]]])
        found = np.asarray(curve.prob(x))
        shape = [jnp.asarray(part) for part in curve.shape]
        t = np.linspace(0, 1, 40_001)
        c = np.asarray(curve.curve(jnp.asarray(t[:-1] + t[1] / 2), *shape))
    std = float(curve.std)
    noise = stats.norm(scale=std).pdf
    for point, value in zip(x, found, strict=True):
        reference = np.mean(noise(point[0] - c[:, 0]) * noise(point[1] - c[:, 1]))
        assert value == pytest.approx(reference, rel=1e-6)


def test_line_has_its_closed_form():
    x = np.array([[0.0, 0.0], [1.3, 0.02], [-0.5, 0.3], [-1.4, 0.0]])
    with float64():
        found = np.asarray(data.line(std=0.1).log_prob(x))
    along = np.diff(stats.norm.cdf((x[:, :1] - [1.0, -1.0]) / 0.1), axis=-1)[:, 0] / 2
    expected = np.log(along) + stats.norm(scale=0.1).logpdf(x[:, 1])
    np.testing.assert_allclose(found, expected, atol=1e-6)


def test_circle_has_its_closed_form():
    radius = np.array([0.0, 0.5, 1.0, 1.4, 2.5])
    with float64():
        found = np.asarray(data.circle(std=0.2).log_prob(np.c_[radius, 0 * radius]))
    bessel = np.log(special.i0e(radius / 0.04))
    expected = bessel - (radius - 1) ** 2 / 0.08 - np.log(2 * np.pi * 0.04)
    np.testing.assert_allclose(found, expected, atol=1e-9)


def test_adaptive_quadrature_of_a_spiral():
    point, std = np.array([0.5, 0.1]), 0.05

    def integrand(t):
        radius = np.sqrt(0.04 + 0.96 * t)
        angle = 3 * np.pi * (radius - 0.2) / 0.8
        centre = radius * np.array([np.cos(angle), np.sin(angle)])
        return np.exp(-((point - centre) ** 2).sum() / 2 / std**2) / 2 / np.pi / std**2

    reference = integrate.quad(integrand, 0, 1, limit=500, epsabs=1e-12)[0]
    with float64():
        found = float(data.spiral(std=std).prob(point[None])[0])
    assert found == pytest.approx(reference, rel=1e-7)


def test_mixture_density_agrees_with_scipy():
    means, stds = (
        np.array([[-1.0, 0.0], [2.0, 1.0]]),
        np.array([[0.5, 1.0], [0.3, 2.0]]),
    )
    x = np.random.default_rng(0).normal(size=(20, 2))
    with float64():
        found = np.asarray(data.mixture(means, stds, [1, 3]).prob(x))
    each = [stats.norm(m, s).pdf(x).prod(-1) for m, s in zip(means, stds, strict=True)]
    np.testing.assert_allclose(found, 0.25 * each[0] + 0.75 * each[1], rtol=1e-12)


def test_mixture_on_a_line_passes_kolmogorov_smirnov():
    samples = np.asarray(
        data.mixture([-2.0, 1.0], [0.5, 1.0]).sample(jax.random.key(0), 5000)
    )

    def cdf(x):
        return (stats.norm.cdf(x, -2, 0.5) + stats.norm.cdf(x, 1, 1)) / 2

    assert samples.shape == (5000, 1)
    assert stats.kstest(samples[:, 0], cdf).pvalue > 1e-3


@pytest.mark.parametrize("name", ["ring", "moons", "points", "uniform"])
def test_sampling_is_a_jitted_function_of_the_distribution(name):
    distribution = PLANE[name]()
    draw = jax.jit(lambda d, key: d.sample(key, 7))
    samples = draw(distribution, jax.random.key(0))
    assert samples.shape == (7, 2) and samples.dtype == jnp.float32
    np.testing.assert_allclose(
        samples, distribution.sample(jax.random.key(0), 7), atol=1e-5
    )
    assert distribution.log_prob(samples).shape == (7,)


@pytest.mark.parametrize("make", [data.circle, data.ring])
def test_a_width_can_be_vmapped(make):
    wide = make(std=0.1)
    stds = jnp.array([0.1, 0.2])
    x = jnp.array([[0.9, 0.1]])
    found = jax.vmap(lambda s: dataclasses.replace(wide, std=s).log_prob(x))(stds)
    np.testing.assert_allclose(found[1], make(std=0.2).log_prob(x), rtol=1e-5)


def test_density_is_differentiable_in_its_parameters():
    def log_prob(mean):
        return data.gaussian(mean, 0.5).log_prob(jnp.ones((1, 1)))[0]

    assert float(jax.grad(log_prob)(0.0)) == pytest.approx(4.0, rel=1e-6)


def test_modes_and_their_layout():
    np.testing.assert_allclose(np.linalg.norm(data.ring().modes, axis=-1), 1, rtol=1e-6)
    assert sorted(set(np.asarray(data.grid().modes).ravel())) == [-4, -2, 0, 2, 4]
    assert (
        data.circle().modes is None and data.gan_lab("drawing", np.eye(2)).modes is None
    )


def test_gan_lab_constants():
    ring = np.asarray(data.gan_lab("ring").sample(jax.random.key(0), 20_000))
    np.testing.assert_allclose(ring.mean(0), (0.5, 0.45), atol=0.01)
    np.testing.assert_allclose(
        ring.std(0), np.sqrt(np.array([0.09, 0.0625]) / 2 + 0.025**2), atol=0.005
    )
    np.testing.assert_allclose(data.gan_lab("disjoint").weights, (0.333, 0.333, 0.334))


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: data.mixture([0.0, 1.0], [1.0, -1.0]), "stds is"),
        (lambda: data.mixture([0.0, 1.0], [1.0, 1.0, 1.0]), "stds is"),
        (lambda: data.mixture([0.0, 1.0], 1.0, [1.0]), "weights is"),
        (lambda: data.mixture([0.0, 1.0], 1.0, [1.0, -1.0]), "weights is"),
        (lambda: data.mixture([0.0, np.nan], 1.0), "means holds"),
        (lambda: data.uniform(1.0, 0.0), "high - low is"),
        (lambda: data.uniform(1.0, (0.0, 1.0)), "equal shapes"),
        (lambda: data.circle(std=0.0), "std is"),
        (lambda: data.spiral(inner=0.0), "inner is"),
        (lambda: data.gan_lab("cat"), "name is 'cat'"),
        (lambda: data.gan_lab("drawing"), "points to draw from"),
        (lambda: data.points(np.zeros(3), 0.1), "array is"),
        (lambda: data.ring().log_prob(np.zeros((3, 1))), "2 coordinates"),
        (lambda: jax.jit(lambda s: data.circle(std=s).std)(1.0), "inside jit"),
    ],
)
def test_bad_input_is_explained(call, words):
    with pytest.raises(ValueError, match=words):
        call()
