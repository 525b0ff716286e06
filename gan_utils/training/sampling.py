"""What a GAN makes and says once it is trained: samples, and logits of samples."""

from functools import partial

import jax

from gan_utils import room, validate
from gan_utils.networks import functional
from gan_utils.training.checks import inputs
from gan_utils.training.state import GANState


def generate(gan, state: GANState, z: jax.Array, y=None, ema: bool = True):
    """Turn latents (N, size) into samples (N, ...), by the averaged generator.

    Batch statistics are the running ones and dropout is off. A conditional
    generator without labels y (N,) goes through the classes in turn.
    """
    inputs.require_own(gan, state, "g.variables", "ema")
    z, *labels = inputs.to_generate(gan, z, y)
    return _generate(gan, state, z, labels, ema)


def sample(gan, state: GANState, key: jax.Array, n: int, y=None, ema: bool = True):
    """Draw n samples, shape (n, ...); (members, n, ...) from an ensemble.

    Args:
        state: of one run or of an ensemble.
        key: PRNG key; members of an ensemble share the latents.
        n: number of samples, 1 or more.
        y: labels (n,) for a conditional generator, or one number for all samples;
            None for all classes in turn.
        ema: use the averaged parameters (True) or the current ones.
    """
    validate.key(key, "key")
    room.require(validate.count(n, "n", minimum=1), gan.sample_shape)
    return gan.generate(state, gan.latent.sample(key, n), y, ema)


def logits(gan, state: GANState, x: jax.Array, y=None) -> jax.Array:
    """Return logits (N,) of samples x (N, ...); (members, N) from an ensemble.

    A conditional discriminator needs their labels y: (N,), or one number for all.
    """
    inputs.require_own(gan, state, "d.variables")
    x = validate.rows(x, gan.sample_shape, "x")
    labels = inputs.labels(gan, y, x.shape[:1], must_read=True)
    return _logits(gan, state, x, labels)


@partial(jax.jit, static_argnames=("gan", "ema"))
def _generate(gan, state, z, labels, ema):
    def one(state):
        variables = state.g.variables
        variables = variables._replace(params=state.ema) if ema else variables
        return functional.apply(gan.generator, variables, z, *labels)[0]

    return jax.vmap(one)(state) if state.step.ndim else one(state)


@partial(jax.jit, static_argnames=("gan",))
def _logits(gan, state, x, labels):
    def one(state):
        variables = state.d.variables
        logits, _ = functional.apply(gan.discriminator, variables, x, *labels)
        return logits.reshape(len(x))

    return jax.vmap(one)(state) if state.step.ndim else one(state)
