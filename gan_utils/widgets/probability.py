"""Widgets of notebook 01: probability that moves under a slider."""

from functools import cache

import jax
import numpy as np

from gan_utils import data, plots
from gan_utils import divergences as dv
from gan_utils.widgets.controls import choice, slider
from gan_utils.widgets.registry import registered
from gan_utils.widgets.slider_figure import Explorer, explore

LINE = np.linspace(-8.0, 8.0, 801)
CELL = LINE[1] - LINE[0]
FORMULAS = {  # how the rows of F_DIVERGENCES read in a legend
    "kl": "u log u",
    "reverse_kl": "-log u",
    "pearson": "(u - 1)²",
    "neyman": "(1 - u)² / u",
    "squared_hellinger": "(√u - 1)²",
    "js": "u log u - (u + 1) log((u + 1) / 2)",
    "gan": "u log u - (u + 1) log(u + 1)",
    "total_variation": "|u - 1| / 2",
}


@registered
def monte_carlo_error() -> Explorer:
    """Explore how slowly an average settles: the number of samples against the seed."""
    mixture = data.mixture([-1.5, 1.0], [0.5, 1.0], [0.4, 0.6])

    @cache
    def squares(seed):
        return np.asarray(mixture.sample(jax.random.key(seed), 20_000))[:, 0] ** 2

    def draw(samples, seed):
        n = np.unique(np.geomspace(10, samples, 60).astype(int))
        runs = np.stack([squares(10 * seed + i) for i in range(5)])
        means = runs.cumsum(1)[:, n - 1] / n
        return plots.settling(n, means, truth=2.2, spread=runs.std())

    return explore(
        draw,
        samples=slider(20, 20_000, 1000, log=True, step=0.25, label="samples n"),
        seed=slider(0, 9, 0, label="seed"),
    )


@registered
def pushforward_bend() -> Explorer:
    """Explore a bend in the map from noise to samples, and the density it makes."""
    z = np.linspace(-3.5, 3.5, 701)
    p_z = np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)

    def draw(stretch, steepness):
        x = z + stretch * np.tanh(steepness * z)
        slope = 1 + stretch * steepness / np.cosh(steepness * z) ** 2
        return plots.pushforward(z, p_z, x, p_z / slope)

    return explore(
        draw,
        stretch=slider(0.0, 3.0, 1.5, step=0.25, label="push apart"),
        steepness=slider(0.5, 8.0, 3.0, step=0.5, label="steepness in the middle"),
    )


@registered
def kl_two_ways() -> Explorer:
    """Explore both KL divergences: fit one bump to two, by hand."""

    def draw(mean, std, separation):
        p = _on_line(data.mixture([-separation / 2, separation / 2], 0.5))
        q = _on_line(data.gaussian(mean, std))
        forward, reverse = (dv.kl(a, b) for a, b in ((p, q), (q, p)))
        title = f"KL(p‖q) = {forward:.2f}    KL(q‖p) = {reverse:.2f}"
        curves = {"p, the data": p / CELL, "q, the model": q / CELL}
        figure = plots.densities(LINE, curves, title=title)
        words = f"KL(p‖q) is {forward:.2f} nats and KL(q‖p) {reverse:.2f}."
        return plots.describe(figure, f"{words} {figure.alt}")

    return explore(
        draw,
        mean=slider(-3.0, 3.0, 0.0, step=0.1, label="mean of q"),
        std=slider(0.3, 3.0, 1.0, step=0.1, label="width of q"),
        separation=slider(0.0, 5.0, 4.0, step=0.5, label="distance of the bumps"),
    )


@registered
def parallel_lines() -> Explorer:
    """Explore two parallel lines, blurred: which divergence still has a slope?"""
    theta = np.linspace(-2.0, 2.0, 401)  # fine enough for slopes of three digits
    edges = np.linspace(-7.0, 7.0, 1401)
    centres = (edges[1:] + edges[:-1]) / 2

    def cells(shift, blur):
        density = np.exp(-((centres - shift) ** 2) / (2 * blur**2))
        return density / density.sum(-1, keepdims=True)

    def draw(distance, blur):
        q = cells(theta[:, None], blur)
        p = np.broadcast_to(cells(0.0, blur), q.shape)
        values = {
            "KL": theta**2 / (2 * blur**2),  # of equal Gaussians
            "JS": dv.js(p, q),
            "TV": dv.total_variation(p, q),
            "Wasserstein-1": np.abs(theta),
        }
        title = f"lines blurred by {blur:.2f}"
        return plots.against_distance(theta, values, at=distance, title=title)

    return explore(
        draw,
        distance=slider(-2.0, 2.0, 1.0, step=0.1, label="distance θ"),
        blur=slider(0.05, 1.0, 1.0, step=0.05, label="blur"),
    )


@registered
def tangent_line() -> Explorer:
    """Explore the variational bound at one point: lines below a convex function."""
    u = np.linspace(0.05, 3.0, 200)
    names = {row.name: key for key, row in dv.F_DIVERGENCES.items()}

    def draw(divergence, touch):
        row = dv.F_DIVERGENCES[divergence]
        slope = row.derivative(np.float64(touch))
        line = slope * u - row.conjugate(slope)
        name = f"f(u) = {FORMULAS[divergence]}"
        return plots.tangent(u, row.f(u), line, (touch, row.f(touch)), name=name)

    return explore(
        draw,
        divergence=choice(names, "kl", label="f"),
        touch=slider(0.2, 2.8, 1.0, step=0.1, label="touch at u"),
    )


def _on_line(distribution):
    """Turn a density on the line into probabilities of small cells."""
    density = np.asarray(distribution.log_prob(LINE[:, None]), dtype=float)
    cells = np.exp(density - density.max())
    return cells / cells.sum()
