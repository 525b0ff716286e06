"""Widgets of notebook 07: scores that a slider fools, and the noise beneath them."""

from functools import cache

import jax
import numpy as np

from gan_utils import data, metrics, plots
from gan_utils.widgets.controls import slider
from gan_utils.widgets.registry import registered
from gan_utils.widgets.slider_figure import Explorer, explore

POINTS = 600  # data, and fakes
PAIRS = 40  # of sets, for a picture of the noise
LOSS = np.array([1, 5, 3, 7, 0, 4, 2, 6])  # the order in which modes are lost
GRID = np.linspace(-4.5, 4.5, 181)
WIDTHS = np.geomspace(0.02, 2.0, 21)


@registered
def fooled_scores() -> Explorer:
    """Explore which scores notice lost modes, strays and clouds of a wrong width."""
    ring = data.ring(8)
    centres, width = np.asarray(ring.modes), float(ring.std)
    rng = np.random.default_rng(0)
    labels, noise = rng.integers(0, 840, (3, POINTS)), rng.normal(size=(3, POINTS, 2))
    square = rng.uniform(-2, 2, (POINTS, 2))
    real, twin = (_cloud(centres, labels[i], width * noise[i]) for i in (0, 1))
    usual = _scores(ring, real, twin)
    shape = (5 * POINTS, 2)
    pool = _cloud(centres, rng.integers(0, 8, shape[0]), width * rng.normal(size=shape))
    near = metrics.floor(metrics.frechet_distance, pool, POINTS).mean

    @cache
    def made(lost, strays, factor):
        kept = np.setdiff1d(np.arange(8), LOSS[:lost])
        fake = _cloud(centres[kept], labels[2], factor * width * noise[2])
        fake[: round(strays * POINTS)] = square[: round(strays * POINTS)]
        apart = metrics.frechet_distance(real, fake) / near
        return fake, _scores(ring, real, fake), apart

    def draw(lost, strays, factor):
        fake, scores, apart = made(lost, strays, factor)
        title = f"Frechet distance {apart:.3g} times that of real data"
        return plots.scored_cloud(
            real, fake, scores, usual, title=title, limits=(-2, 2)
        )

    return explore(
        draw,
        lost=slider(0, 7, 4, label="modes lost"),
        strays=slider(0.0, 0.5, 0.0, step=0.05, label="share of strays"),
        factor=slider(0.0, 2.0, 1.0, step=0.1, label="width, real data 1"),
    )


# One compiled program; operation by operation it would be a dozen.
_mode_report = jax.jit(metrics.mode_report)


def _cloud(centres, labels, noise):
    return centres[labels % len(centres)] + noise


def _scores(ring, real, fake) -> dict:
    report = _mode_report(fake.astype("float32"), ring)
    shares = {
        "modes / 8": float(report.modes) / 8,
        "high quality": float(report.high_quality),
    }
    return shares | metrics.neighbours(real, fake)._asdict()


@registered
def frechet_noise() -> Explorer:
    """Explore from which n on the Frechet distance tells a shift from chance."""

    @cache
    def sets(n, features):
        rng = np.random.default_rng(0)
        return rng.normal(size=(3, PAIRS, n, features))

    @cache
    def distances(n, features, shift):
        real, twins, fakes = sets(n, features)
        found = [
            [metrics.frechet_distance(a, b) for a, b in zip(real, others, strict=True)]
            for others in (twins, fakes + shift)
        ]
        return np.array(found)

    def draw(n, features, shift):
        n = round(n)  # a logarithmic slider gives any number
        alike, moved = distances(n, features, shift)
        names = ("real, real", "real, shifted")
        figure = plots.histograms(
            alike, moved, bins=24, labels=names, xlabel="Frechet distance"
        )
        truth = features * shift**2
        figure.axes[0].set_title(f"n = {n}, F = {features}, true distance {truth:.3g}")
        beaten = (moved > alike.max()).mean()
        words = (
            f"{PAIRS} pairs of sets of {n} points with {features} features. True "
            f"distances 0 and {truth:.3g}; {beaten:.0%} of the shifted ones lie above "
            "every pair of real sets."
        )
        return plots.describe(figure, f"{words} {figure.alt}")

    return explore(
        draw,
        n=slider(25, 800, 100, step=0.25, log=True, label="points n"),
        features=slider(1, 16, 8, label="features F"),
        shift=slider(0.0, 0.5, 0.2, step=0.05, label="shift of every feature"),
    )


@registered
def parzen_width() -> Explorer:
    """Explore the width of Parzen windows, and what happens without held-out data."""
    world = data.mixture([-1.5, 1.5], [0.3, 0.6], [0.5, 0.5])
    drawn = np.asarray(world.sample(jax.random.key(0), 600), float)
    pool, fresh = drawn[:300], drawn[300:]
    truth = np.asarray(world.prob(GRID[:, None].astype("float32")), float)

    @cache
    def log_likelihoods(n):
        centres = pool[:n]
        sets = {"fresh data": fresh, "the samples themselves": centres}
        return {
            k: metrics.log_parzen(centres, x, WIDTHS).mean(1) for k, x in sets.items()
        }

    def draw(sigma, n):
        density = np.exp(metrics.log_parzen(pool[:n], GRID[:, None], [sigma])[0])
        curves = {"true density": truth, "windows": density}
        return plots.parzen_windows(
            GRID, curves, pool[:n, 0], WIDTHS, log_likelihoods(n), sigma
        )

    return explore(
        draw,
        sigma=slider(0.02, 2.0, 0.2, step=0.1, log=True, label="width σ"),
        n=slider(10, 300, 40, step=10, label="samples"),
    )
