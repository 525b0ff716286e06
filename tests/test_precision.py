"""bfloat16 in the networks, float32 in everything that is kept."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from gan_utils import penalties
from gan_utils.networks import models
from gan_utils.training import GAN

PAIRS = {
    "dense": (models.mlp_generator(3, (32,), 2), models.mlp_discriminator(2, (32,))),
    "convolutional": (
        models.conv_generator(3, (8, 4), (8, 8, 1), batch_norm=True),
        models.conv_discriminator((8, 8, 1), (4, 8)),
    ),
    "spectral": (
        models.conv_generator(3, (8, 4), (8, 8, 1)),
        models.conv_discriminator((8, 8, 1), (4, 8), spectral=True),
    ),
}


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.slow
def test_a_step_in_bfloat16_is_a_rough_step_in_float32(pair):
    reports = {}
    for dtype in ("float32", "bfloat16"):
        gan = GAN(*PAIRS[pair], 3, penalty=penalties.r1, compute_dtype=dtype)
        state = gan.init(jax.random.key(0), gamma=0.1)
        x = jax.random.uniform(jax.random.key(1), (64, *gan.sample_shape))
        after, reports[dtype] = jax.jit(gan.step)(state, x)
        formats = [[leaf.dtype for leaf in jax.tree.leaves(s)] for s in (state, after)]
        assert formats[0] == formats[1]
    losses = [np.array([r.d_loss, r.g_loss, r.penalty]) for r in reports.values()]
    np.testing.assert_allclose(*losses, rtol=0.05, atol=0.02)
    assert not np.array_equal(*losses)  # the format did change


def test_the_products_are_in_bfloat16():
    gan = GAN(*PAIRS["dense"], 3, compute_dtype="bfloat16")
    state = gan.init(jax.random.key(0))
    text = jax.jit(gan.step).lower(state, jnp.ones((8, 2))).as_text()
    products = [line for line in text.splitlines() if "dot_general" in line]
    assert products and all("bf16" in line for line in products)


def test_another_format_is_refused():
    with pytest.raises(ValueError, match="compute_dtype is 'float16'"):
        GAN(*PAIRS["dense"], 3, compute_dtype="float16")
