"""Exercise: a generator's density by its Jacobian."""

import jax
import jax.numpy as jnp
import numpy as np

from gan_utils.exercises.exercise import Exercise, register

LOG_2PI = np.log(2 * np.pi).item()


def _log_normal(z):
    return -0.5 * (z**2).sum(-1) - 0.5 * z.shape[-1] * LOG_2PI


def _factors(g, z):
    return jnp.linalg.det(jax.vmap(jax.jacobian(g))(z))


def _density(g, z):
    return jnp.exp(_log_normal(z)) / jnp.abs(_factors(g, z))


def _diagonal_only(g, z):
    jacobians = jax.vmap(jax.jacobian(g))(z)
    product = jnp.diagonal(jacobians, axis1=1, axis2=2).prod(axis=1)
    return jnp.exp(_log_normal(z)) / jnp.abs(product)


def _maps_and_noise(rng):
    """Bent linear maps, some of which reverse the orientation."""
    cases = []
    for dim, sign in ((2, 1.0), (2, -1.0), (3, -1.0)):
        A = np.eye(dim) + 0.5 * rng.normal(size=(dim, dim))
        A[0] *= sign * np.sign(np.linalg.det(A))
        A, b = (jnp.asarray(a, "float32") for a in (A, rng.normal(size=dim)))

        def g(z, A=A, b=b):
            return 1.5 * (A @ z) + 0.3 * jnp.tanh(A @ z) + b

        cases.append((g, jnp.asarray(rng.normal(size=(20, dim)), "float32")))
    return cases


task = register(
    Exercise(
        name="jacobian_density",
        notebook="03",
        difficulty=3,
        minutes=10,
        reference=_density,
        cases=_maps_and_noise,
        rtol=1e-3,
        atol=1e-12,
    )
)

task.wrong(
    lambda g, z: jnp.exp(_log_normal(z)) * jnp.abs(_factors(g, z)),
    "You multiplied by |det J|. Where the map stretches, the same probability covers "
    "more area, so the density falls: divide.",
)
task.wrong(
    lambda g, z: jnp.exp(_log_normal(z)) / _factors(g, z),
    "Some of your densities are negative: the determinant is, where the map turns the "
    "plane over. Take its absolute value.",
)
task.wrong(
    lambda g, z: jnp.exp(_log_normal(jax.vmap(g)(z))) / jnp.abs(_factors(g, z)),
    "You evaluated the prior at g(z). The noise lives at z: evaluate the prior there. "
    "The result is the density at g(z).",
)
task.wrong(
    lambda g, z: _log_normal(z) - jnp.log(jnp.abs(_factors(g, z))),
    "You returned the logarithm of the density. Take exp of it.",
)
task.wrong(
    lambda g, z: jnp.exp(-0.5 * (z**2).sum(-1)) / jnp.abs(_factors(g, z)),
    "Your prior is not normalised. In d dimensions divide by (2 pi) ** (d / 2).",
)
task.wrong(
    lambda g, z: (
        jnp.exp(-0.5 * (z**2).sum(-1)) / jnp.sqrt(2 * jnp.pi) / jnp.abs(_factors(g, z))
    ),
    "You normalised the prior as on a line. There is one factor of sqrt(2 pi) for "
    "each coordinate of z.",
)
task.wrong(
    lambda g, z: (
        jnp.exp(-0.5 * (z**2).sum() - 0.5 * z.shape[-1] * LOG_2PI)
        / jnp.abs(_factors(g, z))
    ),
    "Your prior sums z ** 2 over the whole batch. Each sample has its own density: "
    "sum over the last axis only.",
)
task.wrong(
    lambda g, z: jnp.exp(-0.5 * (z**2).sum(-1) - LOG_2PI) / jnp.abs(_factors(g, z)),
    "Your prior is divided by 2 pi whatever the dimension. That fits the plane; in d "
    "dimensions it is (2 pi) ** (d / 2).",
)
task.wrong(
    lambda g, z: (
        jnp.exp(-((z**2).sum(-1)) - 0.5 * z.shape[-1] * LOG_2PI)
        / jnp.abs(_factors(g, z))
    ),
    "The exponent of the normal density lacks its one half: exp(-|z| ** 2 / 2).",
)
task.wrong(
    _diagonal_only,
    "You multiplied the diagonal of the Jacobian. That is the determinant only if the "
    "coordinates do not mix; use jnp.linalg.det.",
)
task.wrong(
    lambda g, z: jnp.exp(_log_normal(z)),
    "The map has no influence. Divide by the factor |det J| by which it changes areas.",
)
