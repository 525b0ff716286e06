"""Exercise: draw from a density on a grid by its inverse CDF."""

import jax.numpy as jnp
import numpy as np

from gan_utils.exercises.exercise import Exercise, register


def _inverse_cdf(u, x, p):
    cdf = jnp.cumsum(p) / p.sum()
    return jnp.interp(u, cdf, x)


def _densities_on_a_grid(rng):
    """Densities with a factor in front: only an answer that normalises can be right."""
    cases = []
    for centre, width, factor in ((-1.0, 1.5, 3.0), (1.0, 0.8, 0.4), (0.2, 2.5, 70.0)):
        x = np.linspace(-2.0, 2.0, 2001)
        p = factor * (0.05 + np.exp(-(((x - centre) / width) ** 2)))
        u = rng.uniform(0.01, 0.99, size=50)
        cases.append(tuple(jnp.asarray(a, "float32") for a in (u, x, p)))
    return cases


task = register(
    Exercise(
        name="inverse_cdf",
        notebook="01",
        difficulty=2,
        minutes=8,
        reference=_inverse_cdf,
        cases=_densities_on_a_grid,
        atol=0.02,  # sums and trapezoids differ by half a cell; both are right
        rtol=0.0,
    )
)

task.wrong(
    lambda u, x, p: jnp.interp(u, x, jnp.cumsum(p) / p.sum()),
    "You looked u up among the places x, which evaluates the CDF. The sampler needs "
    "its inverse: look u up among the CDF's values, jnp.interp(u, cdf, x).",
)
task.wrong(
    lambda u, x, p: jnp.interp(u, jnp.cumsum(p), x),
    "Your CDF does not end at 1. Divide the running sum by the total.",
)
task.wrong(
    lambda u, x, p: jnp.interp(u, jnp.cumsum(p) * (x[1] - x[0]), x),
    "Your CDF ends at 1 only if p has area 1, and this p does not. Divide the running "
    "sum by the total.",
)
task.wrong(
    lambda u, x, p: jnp.interp(1 - u, jnp.cumsum(p) / p.sum(), x),
    "You used 1 - u. That samples the right distribution too, but the inverse CDF "
    "rises with u; return the place for u itself.",
)
task.wrong(
    lambda u, x, p: x[0] + u * (x[-1] - x[0]),
    "Your samples are uniform; p has no influence. Use the running sum of p.",
)
task.wrong(
    lambda u, x, p: jnp.searchsorted(jnp.cumsum(p) / p.sum(), u),
    "You returned positions in the grid. Return the places x there.",
)
task.wrong(
    lambda u, x, p: jnp.interp(u, x, p),
    "You read off the density p. Build its running sum F first, then look u up among "
    "the values of F.",
)
task.wrong(
    lambda u, x, p: jnp.interp(u, p / p.sum(), x),
    "You inverted the density itself. Take its running sum first.",
)
