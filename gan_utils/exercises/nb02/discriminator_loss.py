"""Exercise: the discriminator's loss, stable on logits."""

import jax
import jax.numpy as jnp
import numpy as np
from jax.nn import sigmoid

from gan_utils.exercises.exercise import Exercise, register


def _stable(real_logits, fake_logits):
    return jnp.logaddexp(0.0, -real_logits) + jnp.logaddexp(0.0, fake_logits)


def _from_probabilities(squash):
    def wrong(real_logits, fake_logits):
        d_real, d_fake = squash(real_logits), squash(fake_logits)
        return -jnp.log(d_real) - jnp.log(1 - d_fake)

    return wrong


def _clipped(limit):
    return _from_probabilities(lambda t: jnp.clip(sigmoid(t), limit, 1 - limit))


def _offset(small):
    def wrong(real_logits, fake_logits):
        d_real, d_fake = sigmoid(real_logits), sigmoid(fake_logits)
        return -jnp.log(d_real + small) - jnp.log(1 - d_fake + small)

    return wrong


def _logit_cases(rng):
    ordinary = [tuple(np.float32(rng.normal(size=(2, n)) * 3)) for n in (6, 3)]
    extreme = np.float32([1e4, -1e4, 800.0, -800.0, 0.0])
    return [*ordinary, (extreme, extreme), (-extreme, extreme)]


def _has_right_gradients(attempt) -> str:
    real, fake = jnp.array([-1e4, -2.0, 0.0, 1e4]), jnp.array([1e4, 2.0, 0.0, -1e4])
    try:
        gradients = jax.grad(lambda r, f: attempt(r, f).sum(), (0, 1))(real, fake)
    except Exception as error:
        return f"JAX could not differentiate it ({type(error).__name__}). Use jnp."
    expected = (-sigmoid(-real), sigmoid(fake))
    if jnp.isnan(jnp.stack(gradients)).any():
        return "the values are right, but a gradient is NaN at extreme logits."
    close = all(
        np.allclose(g, e, atol=1e-5) for g, e in zip(gradients, expected, strict=True)
    )
    return "" if close else "the values are right, but a gradient is wrong."


CLIPPED = (
    "finite, but wrong at extreme logits: clipping, or a small number inside the "
    "logarithm, makes the loss constant there, so its gradient is lost. Work with "
    "logits instead: -log sigmoid(t) = softplus(-t)."
)

task = register(
    Exercise(
        name="discriminator_loss",
        notebook="02",
        difficulty=3,
        minutes=10,
        reference=_stable,
        cases=_logit_cases,
        properties=(_has_right_gradients,),
    )
)

task.wrong(
    _from_probabilities(sigmoid),
    "right for small logits, infinite for large ones: before the logarithm, sigmoid "
    "rounds to 0 or 1, or exp overflows. Use logaddexp.",
)
for limit in (1e-5, 1e-6, 1e-7):
    task.wrong(
        _clipped(limit),
        CLIPPED,
    )
for small in (1e-6, 1e-7, 1e-8):
    task.wrong(
        _offset(small),
        CLIPPED,
    )
task.wrong(
    lambda real_logits, fake_logits: _stable(fake_logits, real_logits),
    "data and fakes are exchanged, or both signs: this rewards calling data fake.",
)
task.wrong(
    lambda real_logits, fake_logits: _stable(real_logits, -fake_logits),
    "the fakes' sign is wrong: this rewards calling them real. Their term is -log(1 - "
    "sigmoid(t)), which grows with t.",
)
task.wrong(
    lambda real_logits, fake_logits: _stable(
        sigmoid(real_logits), sigmoid(fake_logits)
    ),
    "a sigmoid too many: the inputs are logits, and softplus already contains the "
    "sigmoid.",
)
task.wrong(
    lambda real_logits, fake_logits: _stable(real_logits, fake_logits).mean(),
    "you averaged. Return one number for each pair; the trainer reduces.",
)
task.wrong(
    lambda real_logits, fake_logits: jnp.logaddexp(0.0, -real_logits),
    "only the data's term. Add the fakes' term, -log(1 - sigmoid(t)).",
)
