"""Exercise: walk along a great circle."""

import jax.numpy as jnp

from gan_utils.exercises.exercise import Exercise, register


def _angle(z0, z1):
    lengths = jnp.linalg.norm(z0) * jnp.linalg.norm(z1)
    return jnp.arccos(jnp.clip(z0 @ z1 / lengths, -1, 1))


def _walk(z0, z1, t, omega):
    return (jnp.sin((1 - t) * omega) * z0 + jnp.sin(t * omega) * z1) / jnp.sin(omega)


def _slerp(z0, z1, t):
    return _walk(z0, z1, t, _angle(z0, z1))


def _lerp(z0, z1, t):
    return (1 - t) * z0 + t * z1


def _rescaled_lerp(z0, z1, t):
    straight = _lerp(z0, z1, t)
    length = _lerp(jnp.linalg.norm(z0), jnp.linalg.norm(z1), t)
    return straight * length / jnp.linalg.norm(straight)


def _of_unit_vectors(z0, z1, t):
    return _slerp(z0 / jnp.linalg.norm(z0), z1 / jnp.linalg.norm(z1), t)


def _angle_without_lengths(z0, z1, t):
    return _walk(z0, z1, t, jnp.arccos(jnp.clip(z0 @ z1, -1, 1)))


def _pairs_of_latents(rng):
    """Vectors of unequal length at angles that are neither right nor flat."""
    cases = []
    for dim, t in ((2, 0.2), (3, 0.75), (8, 0.4), (32, 0.9)):
        z0 = rng.normal(size=dim)
        z1 = 0.8 * rng.normal(size=dim) + 0.5 * z0
        cases.append((jnp.asarray(z0, "float32"), jnp.asarray(z1, "float32"), t))
    return cases


task = register(
    Exercise(
        name="slerp",
        notebook="03",
        difficulty=2,
        minutes=8,
        reference=_slerp,
        cases=_pairs_of_latents,
        rtol=1e-3,
        atol=1e-4,
    )
)

task.wrong(
    _lerp,
    "This is lerp, the straight line. The weights of slerp are sin((1 - t) omega) / "
    "sin(omega) and sin(t omega) / sin(omega).",
)
task.wrong(
    _rescaled_lerp,
    "You walked the straight line and corrected its length. The ends are right, but "
    "the angle does not grow evenly with t; use the sines.",
)
task.wrong(
    _of_unit_vectors,
    "Your walk stays on the sphere of radius 1. Shorten the vectors only to find the "
    "angle, and weight z0 and z1 themselves.",
)
task.wrong(
    _angle_without_lengths,
    "Your angle is wrong: the cosine is the dot product divided by both lengths.",
)
task.wrong(
    lambda z0, z1, t: _walk(z0, z1, t, jnp.cos(_angle(z0, z1))),
    "You used the cosine where the angle belongs. Take arccos of it first.",
)
task.wrong(
    lambda z0, z1, t: _walk(z0, z1, t, jnp.degrees(_angle(z0, z1))),
    "Your angle is in degrees. jnp.sin takes radians, as jnp.arccos gives them.",
)
task.wrong(
    lambda z0, z1, t: (
        jnp.sin((1 - t) * _angle(z0, z1)) * z0
        + jnp.sin(t * _angle(z0, z1)) * z1 / jnp.sin(_angle(z0, z1))
    ),
    "You divided only the second term by sin(omega). Both weights have it; is a "
    "parenthesis missing?",
)
task.wrong(
    lambda z0, z1, t: (
        (jnp.sin(1 - t * _angle(z0, z1)) * z0 + jnp.sin(t * _angle(z0, z1)) * z1)
        / jnp.sin(_angle(z0, z1))
    ),
    "The first weight is sin((1 - t) omega): a parenthesis is missing.",
)
task.wrong(
    lambda z0, z1, t: _slerp(z1, z0, t),
    "Your walk runs backwards: t = 0 must give z0.",
)
task.wrong(
    lambda z0, z1, t: _slerp(z0, z1, t) * jnp.sin(_angle(z0, z1)),
    "You did not divide by sin(omega), so t = 0 does not give z0.",
)
task.wrong(
    lambda z0, z1, t: (
        _lerp(z0, z1, 0) * jnp.cos(t * _angle(z0, z1))
        + z1 * jnp.sin(t * _angle(z0, z1))
    ),
    "cos and sin as weights fit only vectors at a right angle. For any angle omega "
    "the weights are sin((1 - t) omega) / sin(omega) and sin(t omega) / sin(omega).",
)
