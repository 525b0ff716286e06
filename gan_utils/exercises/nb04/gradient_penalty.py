"""Exercise: the gradient penalty between real and fake."""

import jax
import jax.numpy as jnp
import numpy as np

from gan_utils import penalties
from gan_utils.exercises.exercise import Exercise, register


def _penalty(critic, real, fake, key):
    return penalties.gradient_penalty(critic, real, fake, key)


def _positions(attempt, real, fake, key):
    """Find where on its line each coordinate of each penalty point lies.

    With the critic x_j^2 / 2 the gradient is x_j itself; far from 0 it can be read off.
    """

    def along(j):
        axis = np.float32(np.arange(real.shape[1]) == j)
        value = attempt(lambda x: 0.5 * (x * axis).sum(1) ** 2, real, fake, key)
        norm = 1 + jnp.sqrt(value)
        return (norm - fake[:, j]) / (real[:, j] - fake[:, j])

    return np.stack([along(j) for j in range(real.shape[1])], axis=1)


def _look(attempt, critic, real, fake, key):
    """Describe what does not depend on the attempt's own random numbers."""
    flat = attempt(critic, real, fake, key)
    if flat is None:
        return None
    wanted = np.broadcast_to(_penalty(critic, real, fake, key), len(real))
    if np.shape(flat) != wanted.shape or not np.allclose(flat, wanted, 1e-3, 1e-3):
        return {"penalty of a linear critic": flat, "points": np.zeros(6)}
    faults = _faults(*(_positions(attempt, real, fake, k) for k in _keys(key)))
    return {"penalty of a linear critic": flat, "points": np.float32(faults)}


def _keys(key):
    return key, key, jax.random.fold_in(key, 1)


def _faults(at, again, elsewhere) -> list:
    """Say what is wrong with the places, under one key twice and under another."""
    if np.abs(at - again).max() > 0.02:
        return [1, 0, 0, 0, 0, 0]  # the key does not decide
    shares = np.histogram(at[:, 0], 4, (0, 1))[0] / len(at)
    common = _common_place(at[:, 0])
    return [
        2 * (common in (0, 4) and np.abs(at - elsewhere).max() < 0.02),  # a fixed key
        np.ptp(at, axis=1).max() > 0.05,  # alpha differs inside an example
        at.min() < -0.02,  # points beyond the fake
        at.max() > 1.02,  # points beyond the datum
        (np.abs(shares - 0.25).max() > 0.05)  # not uniform,
        + 10 * (shares[1:3].sum() < 0.02),  # or not even between the ends
        common,  # the same alpha for all examples
    ]


def _common_place(alpha) -> int:
    """Return 0 when alpha varies, else which kind of place all examples share."""
    if np.ptp(alpha) > 0.02:
        return 0
    ends = np.abs(alpha[0] - np.array([0.0, 1.0, 0.5]))
    return 1 + int(ends.argmin()) if ends.min() < 0.01 else 4


def _with(place=penalties.interpolate, per_example=None):
    per_example = per_example or (lambda g: (_norm(g) - 1) ** 2)

    def wrong(critic, real, fake, key):
        points = place(real, fake, key)
        return per_example(jax.grad(lambda x: critic(x).sum())(points))

    return wrong


def _norm(g):
    return jnp.sqrt((g**2).sum(axis=1))


def _normal(real, fake, key):
    alpha = jax.random.normal(key, (len(real), 1))
    return alpha * real + (1 - alpha) * fake


def _each_coordinate(real, fake, key):
    alpha = jax.random.uniform(key, real.shape)
    return alpha * real + (1 - alpha) * fake


def _uniform(real, key):
    return jax.random.uniform(key, (len(real), 1))


def _by_numpy(real, fake, key):
    alpha = np.random.default_rng().uniform(size=(len(real), 1)).astype("float32")
    return alpha * real + (1 - alpha) * fake


def _squared_alpha(real, fake, key):
    alpha = _uniform(real, key) ** 2
    return alpha * real + (1 - alpha) * fake


def _coin_alpha(real, fake, key):
    alpha = jnp.round(_uniform(real, key))
    return alpha * real + (1 - alpha) * fake


def _other_partner(real, fake, key):
    return penalties.interpolate(real, jnp.roll(fake, 1, axis=0), key)


def _weights(of_real, of_fake):
    """Make the places of_real(alpha) * real + of_fake(alpha) * fake."""

    def place(real, fake, key):
        alpha = _uniform(real, key)
        return of_real(alpha) * real + of_fake(alpha) * fake

    return place


def _one_for_all(real, fake, key):
    alpha = jax.random.uniform(key)
    return alpha * real + (1 - alpha) * fake


def _penalty_cases(rng):
    def case(dim, slope, seed):
        real = rng.uniform(4000, 4100, (2000, dim))
        fake = rng.uniform(4600, 4800, (2000, dim))
        w = rng.normal(size=dim)
        w = np.float32(w * slope / np.linalg.norm(w))
        return lambda x: x @ w, np.float32(real), np.float32(fake), jax.random.key(seed)

    return [case(3, 1.7, 0), case(3, 0.3, 1)]


def _can_train(attempt) -> str:
    x = jnp.ones((4, 2))

    def mean_penalty(w):
        return attempt(lambda x: x @ w, x, 2 * x, jax.random.key(0)).mean()

    try:
        steep, slope = (jax.grad(mean_penalty)(jnp.array([w, 0.0])) for w in (1.5, 0.0))
    except Exception as error:
        return f"JAX could not differentiate it ({type(error).__name__}). Use jnp."
    if not steep.any():
        return (
            "the values are right, but they cannot train a critic: no gradient reaches "
            "her parameters. Is there a stop_gradient, or numpy in the place of jnp?"
        )
    if jnp.isnan(slope).any():
        return (
            "the values are right, but where the critic is flat the slope is NaN: "
            "sqrt has no finite slope at 0. Add a small number under the root."
        )
    return ""


task = register(
    Exercise(
        name="gradient_penalty",
        notebook="04",
        difficulty=4,
        minutes=20,
        reference=_penalty,
        cases=_penalty_cases,
        call=_look,
        rtol=1e-3,
        atol=1e-3,
        properties=(_can_train,),
    )
)

task.wrong(
    _with(_normal),
    "points lie beyond both ends of the segment, as with an alpha from a normal "
    "distribution. Use jax.random.uniform.",
)
task.wrong(
    _with(lambda real, fake, key: real + _uniform(real, key) * (real - fake)),
    "points lie beyond the datum: is a sign wrong in the line between the two? It is "
    "alpha * real + (1 - alpha) * fake.",
)
task.wrong(
    _with(lambda real, fake, key: fake + _uniform(real, key) * (fake - real)),
    "points lie beyond the fake: does alpha start below 0, or is a sign wrong in "
    "alpha * real + (1 - alpha) * fake?",
)
task.wrong(
    _with(_by_numpy),
    "alpha does not come from `key`: the same key gives another penalty each time. "
    "Use jax.random.uniform(key, (len(real), 1)).",
)
task.wrong(
    _with(lambda real, fake, key: penalties.interpolate(real, fake, jax.random.key(0))),
    "alpha comes from a key of your own, so it is the same at every step. Use the "
    "argument `key`.",
)
task.wrong(
    _with(lambda real, fake, key: fake),
    "the penalty looks at the fakes only. Look between data and fakes.",
)
task.wrong(
    _with(_squared_alpha),
    "alpha stays between 0 and 1, but some parts of the segment get more points than "
    "others. Draw it with jax.random.uniform.",
)
task.wrong(
    _with(_weights(lambda a: a, lambda a: a)),
    "alpha multiplies both, so the points leave the segment. The weight of the fake "
    "is 1 - alpha.",
)

for place in (
    _other_partner,
    _weights(lambda a: 1, lambda a: a),
    _weights(lambda a: a, lambda a: a - 1),
):
    task.wrong(
        _with(place),
        "the points are not on the segment between a datum and its own fake. Use the "
        "same row of both, with weights alpha and 1 - alpha.",
    )
task.wrong(
    _with(_weights(lambda a: 2 * a - 1, lambda a: 2 - 2 * a)),
    "alpha starts below 0: some points lie beyond the fake. It is uniform from 0 to 1.",
)
task.wrong(
    _with(_weights(lambda a: 2 * a, lambda a: 1 - 2 * a)),
    "alpha goes beyond 1: some points lie beyond the datum. It is uniform from 0 to 1.",
)
task.wrong(
    _with(_coin_alpha),
    "the points sit at the ends of the segment only. alpha is uniform from 0 to 1.",
)
task.wrong(
    _with(per_example=lambda g: jnp.maximum(_norm(g) - 1, 0) ** 2),
    "a slope below 1 costs nothing here. This penalty pulls from both sides: (norm - "
    "1)^2.",
)
task.wrong(
    _with(per_example=lambda g: _norm(g)),
    "this is the slope itself. Penalise its distance from 1, squared.",
)
task.wrong(
    _with(per_example=lambda g: (jnp.abs(g).sum(axis=1) - 1) ** 2),
    "this adds absolute values. The norm is the root of a sum of squares.",
)
task.wrong(
    _with(per_example=lambda g: (_norm(g) / g.shape[1] ** 0.5 - 1) ** 2),
    "under the root you took a mean over the coordinates. Take their sum.",
)
task.wrong(
    _with(_each_coordinate),
    "alpha differs between the coordinates of one example: the points fill a box "
    "instead of a segment. Draw alpha with shape (B, 1).",
)
task.wrong(
    _with(_one_for_all),
    "one alpha for the whole batch. Draw one an example: shape (B, 1).",
)
task.wrong(
    _with(lambda real, fake, key: real),
    "the penalty looks at the data only. Look between data and fakes.",
)
task.wrong(
    _with(lambda real, fake, key: (real + fake) / 2),
    "the penalty looks at the midpoints only. Draw alpha from 0 to 1.",
)
task.wrong(
    _with(per_example=lambda g: ((g**2).sum(axis=1) - 1) ** 2),
    "the square root is missing: penalise (norm - 1)^2, not (norm^2 - 1)^2.",
)
task.wrong(
    _with(per_example=lambda g: _norm(g) - 1),
    "the outer square is missing: a slope below 1 would be rewarded.",
)
task.wrong(
    _with(per_example=lambda g: _norm(g) ** 2),
    "this pulls the slope to 0. The penalty pulls it to 1: (norm - 1)^2.",
)
task.wrong(
    _with(per_example=lambda g: (_norm(g / len(g)) - 1) ** 2),
    "you differentiated the batch mean: every slope is too small by the batch size. "
    "Differentiate critic(x).sum().",
)
task.wrong(
    lambda critic, real, fake, key: _with()(critic, real, fake, key).mean(),
    "one number for the batch. Return one for each example, shape (B,).",
)
