"""The exercises of notebook 03: a dense generator, paddings, a density, slerp."""

import itertools

import jax
import jax.numpy as jnp
import numpy as np

from gan_utils.exercises.exercise import Exercise, Mistake, register


def _dense(layers, z, between=jax.nn.relu, end=jnp.tanh):
    for W, b in layers[:-1]:
        z = between(z @ W + b)
    W, b = layers[-1]
    return end(z @ W + b)


def _without_bias(layers, z):
    return _dense([(W, jnp.zeros_like(b)) for W, b in layers], z)


def _bias_after_relu(layers, z):
    for W, b in layers[:-1]:
        z = jax.nn.relu(z @ W) + b
    W, b = layers[-1]
    return jnp.tanh(z @ W + b)


def _relu_first(layers, z):
    for W, b in layers:
        z = jax.nn.relu(z) @ W + b
    return jnp.tanh(z)


def _random_networks(rng):
    cases = []
    for sizes in ((2, 8, 3), (5, 6, 7, 4), (3, 16, 16, 2)):
        layers = [
            (rng.normal(size=(m, n)) / np.sqrt(m), rng.normal(size=n))
            for m, n in itertools.pairwise(sizes)
        ]
        z = rng.normal(size=(10, sizes[0]))
        as_jax = jax.tree.map(lambda a: jnp.asarray(a, "float32"), (layers, z))
        cases.append(tuple(as_jax))
    return cases


register(
    Exercise(
        name="dense_generator",
        notebook="03",
        difficulty=2,
        minutes=8,
        reference=_dense,
        cases=_random_networks,
        rtol=1e-3,
        atol=1e-4,
        mistakes=(
            Mistake(
                lambda layers, z: _dense(layers, z, end=lambda x: x),
                "Your last layer has no tanh, so values leave the range from -1 to 1.",
            ),
            Mistake(
                lambda layers, z: _dense(
                    layers, z, end=lambda x: jnp.tanh(jax.nn.relu(x))
                ),
                "You applied ReLU to the last layer too, so no sample can hold a "
                "negative number. ReLU stands between layers only.",
            ),
            Mistake(
                lambda layers, z: _dense(layers, z, between=lambda x: x),
                "There is no ReLU between your layers. Without it all of them together "
                "are one linear map.",
            ),
            Mistake(
                lambda layers, z: _dense(layers, z, between=jnp.tanh),
                "You used tanh after every layer. It belongs to the last one; the "
                "others take ReLU.",
            ),
            Mistake(
                _without_bias, "The biases b have no influence. Add b after z @ W."
            ),
            Mistake(
                _bias_after_relu,
                "You added the bias after ReLU. It comes before: relu(z @ W + b).",
            ),
            Mistake(
                _relu_first,
                "You applied ReLU to the noise, which loses its negative half. Apply "
                "it to the result of each layer but the last.",
            ),
        ),
    )
)


def _excess(size, target, kernel, stride):
    return (size - 1) * stride + kernel - target


def _padding_for(size, target, kernel, stride):
    excess = _excess(size, target, kernel, stride)
    padding = (excess + 1) // 2
    return padding, 2 * padding - excess


def _rounded_down(size, target, kernel, stride):
    excess = _excess(size, target, kernel, stride)
    return excess // 2, excess % 2


def _one_stride_too_many(size, target, kernel, stride):
    excess = size * stride + kernel - target
    return (excess + 1) // 2, 2 * ((excess + 1) // 2) - excess


def _of_a_convolution(size, target, kernel, stride):
    excess = (target - 1) * stride + kernel - size
    return (excess + 1) // 2, 2 * ((excess + 1) // 2) - excess


def _reachable_sizes(rng):
    cases = [(7, 14, 4, 2), (7, 14, 3, 2), (4, 7, 3, 2), (5, 15, 5, 3)]
    while len(cases) < 12:
        size, kernel, stride = (int(rng.integers(2, 9)) for _ in range(3))
        most = min(kernel, (size - 1) * stride + kernel - 1)
        excess = int(rng.integers(0, most))
        cases.append((size, (size - 1) * stride + kernel - excess, kernel, stride))
    return cases


register(
    Exercise(
        name="padding_for",
        notebook="03",
        difficulty=3,
        minutes=10,
        reference=_padding_for,
        cases=_reachable_sizes,
        mistakes=(
            Mistake(
                _rounded_down,
                "Where the surplus is odd, you cut off too little. Output padding only "
                "adds pixels: round the padding up and give one pixel back.",
            ),
            Mistake(
                lambda *sizes: (_padding_for(*sizes)[0], 0),
                "The padding is right, but output_padding is not always 0. Where the "
                "surplus is odd, padding cuts off one pixel too many: give it back.",
            ),
            Mistake(
                lambda *sizes: (_excess(*sizes), 0),
                "You cut the whole surplus off with one padding. It is cut off on both "
                "sides, so it counts twice.",
            ),
            Mistake(
                _one_stride_too_many,
                "You let the last copy start at size x stride. The first starts at 0, "
                "so the last starts at (size - 1) x stride.",
            ),
            Mistake(
                _of_a_convolution,
                "You planned the way back, a convolution from target to size. The "
                "transposed convolution goes from size to target.",
            ),
            Mistake(
                lambda *sizes: _padding_for(*sizes)[::-1],
                "The two numbers are in the wrong order. Return (padding, "
                "output_padding).",
            ),
        ),
    )
)


def _log_normal(z):
    return -0.5 * (z**2).sum(-1) - 0.5 * z.shape[-1] * jnp.log(2 * jnp.pi)


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


register(
    Exercise(
        name="jacobian_density",
        notebook="03",
        difficulty=3,
        minutes=10,
        reference=_density,
        cases=_maps_and_noise,
        rtol=1e-3,
        atol=1e-7,
        mistakes=(
            Mistake(
                lambda g, z: jnp.exp(_log_normal(z)) * jnp.abs(_factors(g, z)),
                "You multiplied by |det J|. Where the map stretches, the same "
                "probability covers more area, so the density falls: divide.",
            ),
            Mistake(
                lambda g, z: jnp.exp(_log_normal(z)) / _factors(g, z),
                "Some of your densities are negative: the determinant is, where the "
                "map turns the plane over. Take its absolute value.",
            ),
            Mistake(
                lambda g, z: (
                    jnp.exp(_log_normal(jax.vmap(g)(z))) / jnp.abs(_factors(g, z))
                ),
                "You evaluated the prior at g(z). The noise lives at z: evaluate the "
                "prior there. The result is the density at g(z).",
            ),
            Mistake(
                lambda g, z: _log_normal(z) - jnp.log(jnp.abs(_factors(g, z))),
                "You returned the logarithm of the density. Take exp of it.",
            ),
            Mistake(
                lambda g, z: jnp.exp(-0.5 * (z**2).sum(-1)) / jnp.abs(_factors(g, z)),
                "Your prior is not normalised. In d dimensions divide by "
                "(2 pi) ** (d / 2).",
            ),
            Mistake(
                lambda g, z: (
                    jnp.exp(-0.5 * (z**2).sum(-1))
                    / jnp.sqrt(2 * jnp.pi)
                    / jnp.abs(_factors(g, z))
                ),
                "You normalised the prior as on a line. There is one factor of "
                "sqrt(2 pi) for each coordinate of z.",
            ),
            Mistake(
                _diagonal_only,
                "You multiplied the diagonal of the Jacobian. That is the determinant "
                "only if the coordinates do not mix; use jnp.linalg.det.",
            ),
            Mistake(
                lambda g, z: jnp.exp(_log_normal(z)),
                "The map has no influence. Divide by the factor |det J| by which it "
                "changes areas.",
            ),
        ),
    )
)


def _angle(z0, z1):
    lengths = jnp.linalg.norm(z0) * jnp.linalg.norm(z1)
    return jnp.arccos(jnp.clip(z0 @ z1 / lengths, -1, 1))


def _slerp(z0, z1, t):
    omega = _angle(z0, z1)
    return (jnp.sin((1 - t) * omega) * z0 + jnp.sin(t * omega) * z1) / jnp.sin(omega)


def _lerp(z0, z1, t):
    return (1 - t) * z0 + t * z1


def _rescaled_lerp(z0, z1, t):
    straight = _lerp(z0, z1, t)
    length = _lerp(jnp.linalg.norm(z0), jnp.linalg.norm(z1), t)
    return straight * length / jnp.linalg.norm(straight)


def _of_unit_vectors(z0, z1, t):
    return _slerp(z0 / jnp.linalg.norm(z0), z1 / jnp.linalg.norm(z1), t)


def _angle_without_lengths(z0, z1, t):
    omega = jnp.arccos(jnp.clip(z0 @ z1, -1, 1))
    return (jnp.sin((1 - t) * omega) * z0 + jnp.sin(t * omega) * z1) / jnp.sin(omega)


def _pairs_of_latents(rng):
    """Vectors of unequal length at angles that are neither right nor flat."""
    cases = []
    for dim, t in ((2, 0.2), (3, 0.75), (8, 0.4), (32, 0.9)):
        z0 = rng.normal(size=dim)
        z1 = 0.8 * rng.normal(size=dim) + 0.5 * z0
        cases.append((jnp.asarray(z0, "float32"), jnp.asarray(z1, "float32"), t))
    return cases


register(
    Exercise(
        name="slerp",
        notebook="03",
        difficulty=2,
        minutes=8,
        reference=_slerp,
        cases=_pairs_of_latents,
        rtol=1e-3,
        atol=1e-4,
        mistakes=(
            Mistake(
                _lerp,
                "This is lerp, the straight line. The weights of slerp are "
                "sin((1 - t) omega) / sin(omega) and sin(t omega) / sin(omega).",
            ),
            Mistake(
                _rescaled_lerp,
                "You walked the straight line and corrected its length. The ends are "
                "right, but the angle does not grow evenly with t; use the sines.",
            ),
            Mistake(
                _of_unit_vectors,
                "Your walk stays on the sphere of radius 1. Shorten the vectors only "
                "to find the angle, and weight z0 and z1 themselves.",
            ),
            Mistake(
                _angle_without_lengths,
                "Your angle is wrong: the cosine is the dot product divided by both "
                "lengths.",
            ),
            Mistake(
                lambda z0, z1, t: _slerp(z1, z0, t),
                "Your walk runs backwards: t = 0 must give z0.",
            ),
            Mistake(
                lambda z0, z1, t: _slerp(z0, z1, t) * jnp.sin(_angle(z0, z1)),
                "You did not divide by sin(omega), so t = 0 does not give z0.",
            ),
            Mistake(
                lambda z0, z1, t: (
                    _lerp(z0, z1, 0) * jnp.cos(t * _angle(z0, z1))
                    + z1 * jnp.sin(t * _angle(z0, z1))
                ),
                "cos and sin as weights fit only vectors at a right angle. For any "
                "angle omega the weights are sin((1 - t) omega) / sin(omega) and "
                "sin(t omega) / sin(omega).",
            ),
        ),
    )
)
