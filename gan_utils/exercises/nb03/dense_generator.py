"""Exercise: the forward pass of a dense generator."""

import itertools

import jax
import jax.numpy as jnp
import numpy as np

from gan_utils.exercises.exercise import Exercise, register


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


def _last_bias_forgotten(layers, z):
    W, b = layers[-1]
    return _dense([*layers[:-1], (W, jnp.zeros_like(b))], z)


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


task = register(
    Exercise(
        name="dense_generator",
        notebook="03",
        difficulty=2,
        minutes=8,
        reference=_dense,
        cases=_random_networks,
        rtol=1e-3,
        atol=1e-4,
    )
)

task.wrong(
    lambda layers, z: _dense(layers, z, end=lambda x: x),
    "Your last layer has no tanh, so values leave the range from -1 to 1.",
)
task.wrong(
    lambda layers, z: _dense(layers, z, end=lambda x: jnp.tanh(jax.nn.relu(x))),
    "You applied ReLU to the last layer too, so no sample can hold a negative number. "
    "ReLU stands between layers only.",
)
task.wrong(
    lambda layers, z: _dense(layers, z, between=lambda x: x),
    "There is no ReLU between your layers. Without it all of them together are one "
    "linear map.",
)
task.wrong(
    lambda layers, z: _dense(layers, z, between=jnp.tanh),
    "You used tanh after every layer. It belongs to the last one; the others take "
    "ReLU.",
)
task.wrong(_without_bias, "The biases b have no influence. Add b after z @ W.")
task.wrong(
    _last_bias_forgotten,
    "The last layer has no bias. It is z @ W + b too, before tanh.",
)
task.wrong(
    lambda layers, z: _dense(layers, z, end=jax.nn.sigmoid),
    "You ended with sigmoid, which gives numbers from 0 to 1. The images of the "
    "course run from -1 to 1: end with tanh.",
)
task.wrong(
    lambda layers, z: _dense(layers, z, between=lambda x: jax.nn.leaky_relu(x, 0.2)),
    "You used leaky ReLU between the layers. This generator takes plain ReLU: "
    "negative numbers become 0.",
)
task.wrong(
    lambda layers, z: _dense(layers, z, between=jax.nn.leaky_relu),
    "You used leaky ReLU between the layers. This generator takes plain ReLU: "
    "negative numbers become 0.",
)
task.wrong(
    _bias_after_relu,
    "You added the bias after ReLU. It comes before: relu(z @ W + b).",
)
task.wrong(
    _relu_first,
    "You applied ReLU to the noise, which loses its negative half. Apply it to the "
    "result of each layer but the last.",
)
