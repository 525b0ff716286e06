"""Small games for the exercises of notebook 05."""

import jax
import jax.numpy as jnp
from jax.nn import relu


def _tilted(d, x):
    return x @ d["w"] + d["b"]


def _bent(d, x):
    return jnp.tanh(x @ d["v"]) @ d["w"]


def _shifted(g, z):
    return z * g["scale"] + g["centre"]


def _mixed(g, z):
    return relu(z @ g["v"]) @ g["w"] + z


def normals(rng):
    """Return a function of a shape that draws float32 normal numbers from rng."""
    return lambda *shape: jnp.asarray(rng.normal(size=shape), "float32")


def games(rng):
    """Make cases (D, G, their parameters, x, z, rate) from two pairs of players.

    x and z have one shape, as learners mix them.
    """
    normal = normals(rng)
    cases = []
    for rate in (0.1, 0.5):  # one number of samples a pair: fewer programs to compile
        d = {"w": normal(2), "b": normal()}
        g = {"scale": normal(2), "centre": normal(2)}
        cases.append((_tilted, _shifted, d, g, normal(12, 2) + 1, normal(12, 2), rate))
        d = {"v": normal(2, 4), "w": normal(4)}
        g = {"v": normal(2, 3), "w": normal(3, 2)}
        cases.append((_bent, _mixed, d, g, normal(7, 2) - 1, normal(7, 2), rate))
    return cases


def descent(loss, params, rate):
    """Make one step of gradient descent on loss(params)."""
    gradient = jax.grad(loss)(params)
    return jax.tree.map(lambda p, u: p - rate * u, params, gradient)
