"""Exercises of notebook 04: cross-entropy, the ratio, a penalty, a matrix's norm."""

import jax
import jax.numpy as jnp
import numpy as np
from jax.nn import sigmoid, softplus

from gan_utils import penalties
from gan_utils.exercises.exercise import Exercise, Mistake, register


def _cross_entropy(logits, labels):
    return (softplus(logits) - labels * logits).mean()


def _through_probabilities(logits, labels):
    d = sigmoid(logits)
    return -(labels * jnp.log(d) + (1 - labels) * jnp.log(1 - d)).mean()


def _labelled_cases(rng):
    def case(scale, labels):
        return np.float32(rng.normal(size=len(labels)) * scale), np.float32(labels)

    hard, soft = rng.integers(0, 2, 7), rng.uniform(size=5)
    extreme = np.float32([300.0, -300.0, 300.0, -300.0]), np.float32([1, 0, 0, 1])
    return [case(2.0, hard), case(3.0, soft), extreme]


register(
    Exercise(
        name="bce_with_logits",
        notebook="04",
        difficulty=2,
        minutes=8,
        reference=_cross_entropy,
        cases=_labelled_cases,
        mistakes=(
            Mistake(
                _through_probabilities,
                "right for small logits, infinite or NaN for large ones: the sigmoid "
                "rounds to 0 or 1 before the logarithm. Use softplus on the logit.",
            ),
            Mistake(
                lambda logits, labels: _cross_entropy(logits, 1 - labels),
                "the labels are exchanged: label 1 means real, and costs softplus(-t).",
            ),
            Mistake(
                lambda logits, labels: (softplus(logits) - labels * logits).sum(),
                "you summed over the batch. Take the mean, or the learning rate would "
                "depend on the batch size.",
            ),
            Mistake(
                lambda logits, labels: softplus(logits) - labels * logits,
                "one number for each sample. Return their mean.",
            ),
            Mistake(
                lambda logits, labels: _cross_entropy(sigmoid(logits), labels),
                "a sigmoid too many: softplus already contains it.",
            ),
            Mistake(
                lambda logits, labels: (labels * softplus(-logits)).mean(),
                "only the real samples pay. Add (1 - label) * softplus(t) for fakes.",
            ),
            Mistake(
                lambda logits, labels: jnp.where(
                    labels > 0.5, softplus(-logits), softplus(logits)
                ).mean(),
                "right for labels 0 and 1, wrong between: weigh the two terms by label "
                "and 1 - label instead of choosing one.",
            ),
        ),
    )
)


def _ratio(logits, n_real, n_fake):
    return jnp.exp(logits) * n_fake / n_real


def _count_cases(rng):
    def logits(n):
        return np.float32(rng.normal(size=n) * 2)

    large = np.float32([25.0, -25.0, 0.0])
    return [(logits(6), 300, 100), (logits(4), 50, 400), (large, 200, 100)]


register(
    Exercise(
        name="read_ratio",
        notebook="04",
        difficulty=2,
        minutes=8,
        reference=_ratio,
        cases=_count_cases,
        mistakes=(
            Mistake(
                lambda logits, n_real, n_fake: jnp.exp(logits),
                "these are the odds that a sample of this training set is real. Divide "
                "by the odds before looking, n_real / n_fake.",
            ),
            Mistake(
                lambda logits, n_real, n_fake: jnp.exp(logits) * n_real / n_fake,
                "the counts are upside down: where data are frequent in the training "
                "set, odds are high for that reason alone. Divide that out.",
            ),
            Mistake(
                lambda logits, n_real, n_fake: jnp.exp(-logits) * n_real / n_fake,
                "this is q / p. The exercise asks for p / q.",
            ),
            Mistake(
                lambda logits, n_real, n_fake: (
                    sigmoid(logits) / (1 - sigmoid(logits)) * n_fake / n_real
                ),
                "right for small logits, infinite for large ones: 1 - sigmoid(t) "
                "rounds to 0. The odds are exp(t), without a detour.",
            ),
            Mistake(
                lambda logits, n_real, n_fake: sigmoid(logits) * n_fake / n_real,
                "this starts from D, a probability. The ratio starts from the odds, "
                "D / (1 - D) = exp(t).",
            ),
            Mistake(
                lambda logits, n_real, n_fake: logits + jnp.log(n_fake / n_real),
                "this is log p / q. Take its exponential.",
            ),
        ),
    )
)


def _penalty(critic, real, fake, key):
    return penalties.gradient_penalty(critic, real, fake, key)


def _positions(attempt, real, fake, key):
    """Find where on its line each coordinate of each penalty point lies.

    With the critic x_j^2 / 2 the gradient is x_j itself; far from 0 it can be read off.
    """

    def along(j):
        value = attempt(lambda x: 0.5 * x[:, j] ** 2, real, fake, key)
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
        return {"penalty of a linear critic": flat, "points": np.zeros(4)}
    at = _positions(attempt, real, fake, key)
    shares = np.histogram(at[:, 0], 4, (0, 1))[0] / len(at)
    faults = [
        np.ptp(at, axis=1).max() > 0.05,  # alpha differs inside an example
        at.min() < -0.02 or at.max() > 1.02,  # points outside the segments
        np.abs(shares - 0.25).max() > 0.12,  # not uniform
        _common_place(at[:, 0]),  # the same alpha for all examples
    ]
    return {"penalty of a linear critic": flat, "points": np.float32(faults)}


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


def _one_for_all(real, fake, key):
    alpha = jax.random.uniform(key)
    return alpha * real + (1 - alpha) * fake


def _penalty_cases(rng):
    def case(dim, seed):
        real = rng.uniform(400, 500, (200, dim))
        fake = rng.uniform(1000, 1200, (200, dim))
        w = np.float32(rng.normal(size=dim))
        return lambda x: x @ w, np.float32(real), np.float32(fake), jax.random.key(seed)

    return [case(2, 0), case(3, 1)]


def _is_smooth_at_zero(attempt) -> str:
    x = jnp.ones((4, 2))

    def mean_penalty(w):
        return attempt(lambda x: x @ w, x, 2 * x, jax.random.key(0)).mean()

    try:
        slope = jax.grad(mean_penalty)(jnp.zeros(2))
    except Exception as error:
        return f"JAX could not differentiate it ({type(error).__name__}). Use jnp."
    if jnp.isnan(slope).any():
        return (
            "the values are right, but where the critic is flat the slope is NaN: "
            "sqrt has no finite slope at 0. Add a small number under the root."
        )
    return ""


register(
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
        properties=(_is_smooth_at_zero,),
        mistakes=(
            Mistake(
                _with(_normal),
                "alpha comes from a normal distribution: about two thirds of the "
                "points lie outside the segment. Use jax.random.uniform.",
            ),
            Mistake(
                _with(_each_coordinate),
                "alpha differs between the coordinates of one example: the points fill "
                "a box instead of a segment. Draw alpha with shape (B, 1).",
            ),
            Mistake(
                _with(_one_for_all),
                "one alpha for the whole batch. Draw one an example: shape (B, 1).",
            ),
            Mistake(
                _with(lambda real, fake, key: real),
                "the penalty looks at the data only. Look between data and fakes.",
            ),
            Mistake(
                _with(lambda real, fake, key: (real + fake) / 2),
                "the penalty looks at the midpoints only. Draw alpha from 0 to 1.",
            ),
            Mistake(
                _with(per_example=lambda g: ((g**2).sum(axis=1) - 1) ** 2),
                "the square root is missing: penalise (norm - 1)^2, not "
                "(norm^2 - 1)^2.",
            ),
            Mistake(
                _with(per_example=lambda g: _norm(g) - 1),
                "the outer square is missing: a slope below 1 would be rewarded.",
            ),
            Mistake(
                _with(per_example=lambda g: _norm(g) ** 2),
                "this pulls the slope to 0. The penalty pulls it to 1: (norm - 1)^2.",
            ),
            Mistake(
                _with(per_example=lambda g: (_norm(g / len(g)) - 1) ** 2),
                "you differentiated the batch mean: every slope is too small by the "
                "batch size. Differentiate critic(x).sum().",
            ),
            Mistake(
                lambda critic, real, fake, key: _with()(critic, real, fake, key).mean(),
                "one number for the batch. Return one for each example, shape (B,).",
            ),
        ),
    )
)


def _power(w, u, steps):
    return penalties.power_iteration(jnp.asarray(w), jnp.asarray(u), steps)


def _iterate(forward, back, unit=lambda x: x / jnp.linalg.norm(x)):
    def wrong(w, u, steps):
        for _ in range(steps):
            v = unit(back(w, u))
            u = unit(forward(w, v))
        return u @ w @ v, u

    return wrong


def _never_normalised(w, u, steps):
    for _ in range(steps):
        v = w.T @ u
        u = w @ v
    return u @ w @ v, u


def _squared(w, u, steps):
    _, u = _power(w, u, steps)
    return u @ (w @ w.T) @ u, u


def _returns_v(w, u, steps):
    for _ in range(steps):
        v = w.T @ u / jnp.linalg.norm(w.T @ u)
        u = w @ v / jnp.linalg.norm(w @ v)
    return u @ w @ v, v


def _matrix_cases(rng):
    def case(rows, columns, steps):
        w, u = rng.normal(size=(rows, columns)), rng.normal(size=rows)
        return np.float32(w), np.float32(u / np.linalg.norm(u)), steps

    return [case(4, 4, 1), case(3, 6, 2), case(5, 2, 20)]


register(
    Exercise(
        name="power_iteration",
        notebook="04",
        difficulty=3,
        minutes=12,
        reference=_power,
        cases=_matrix_cases,
        rtol=1e-3,
        atol=1e-4,
        mistakes=(
            Mistake(
                _never_normalised,
                "the vectors are never brought back to length 1, so they grow without "
                "end. Divide by jnp.linalg.norm after each product.",
            ),
            Mistake(
                lambda w, u, steps: (jnp.linalg.norm(w), _power(w, u, steps)[1]),
                "this is the Frobenius norm, the root of the sum of all squared "
                "entries. The largest stretch is u @ w @ v.",
            ),
            Mistake(
                _squared,
                "this is the square of the stretch. Return u @ w @ v.",
            ),
            Mistake(
                _returns_v,
                "sigma is right, but you returned v. Return u: the next call starts "
                "from it.",
            ),
            Mistake(
                lambda w, u, steps: _power(w, u, 1),
                "you made one iteration. Make `steps` of them.",
            ),
            Mistake(
                lambda w, u, steps: (_power(w, u, steps)[0], jnp.asarray(u)),
                "sigma is right, but u is the old one. Return the improved u, or the "
                "next call starts from the beginning.",
            ),
        ),
    )
)
