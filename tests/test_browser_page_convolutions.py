"""Convolutions of every kind as WebAssembly in a real browser, against JAX."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax

pytest.importorskip("playwright", reason="needs playwright")
import test_browser_page as in_page

from gan_utils import page
from gan_utils.engine import convolution

pytestmark = in_page.pytestmark
tab = in_page.tab
RNG = np.random.default_rng(5)


def some(*shape) -> jax.Array:
    return jnp.asarray(RNG.normal(size=shape), "float32")


X, KERNEL, LINE = some(2, 9, 8, 3), some(4, 3, 3, 5), some(2, 3, 11)
SMALL, WIDE = some(2, 4, 4, 12), some(4, 4, 9, 12)


def conv(x, kernel=KERNEL, strides=(1, 1), padding=((0, 0), (0, 0)), **others):
    numbers = others.pop("dimension_numbers", ("NHWC", "HWIO", "NHWC"))
    return lax.conv_general_dilated(
        x, kernel, strides, padding, dimension_numbers=numbers, **others
    )


KINDS = {
    "plain": (X, conv),
    "strides": (X, lambda x: conv(x, strides=(2, 3))),
    "padding": (X, lambda x: conv(x, padding=((1, 2), (0, 3)))),
    "same": (X, lambda x: conv(x, padding="SAME", strides=(2, 2))),
    "edges cut": (X, lambda x: conv(x, padding=((-1, 0), (2, -2)))),
    "zeros between": (
        X,
        lambda x: conv(x, lhs_dilation=(2, 3), padding=((2, 2), (1, 0))),
    ),
    "zeros between, cut": (
        X,
        lambda x: conv(x, lhs_dilation=(2, 3), padding=((-3, -1), (-2, 1))),
    ),
    "holes": (X, lambda x: conv(x, rhs_dilation=(2, 1))),
    "channels first": (
        X.transpose(0, 3, 1, 2),
        lambda x: conv(
            x, KERNEL.transpose(3, 2, 0, 1), dimension_numbers=("NCHW", "OIHW", "NCHW")
        ),
    ),
    "a line": (
        LINE,
        lambda x: lax.conv_general_dilated(x, some_kernel, (2,), [(1, 1)]),
    ),
    "a slope": (X, jax.grad(lambda x: jnp.tanh(conv(x, strides=(2, 2))).sum())),
    "a kernel's slope": (
        KERNEL,
        jax.grad(lambda k: jnp.tanh(conv(X, k, strides=(2, 1))).sum()),
    ),
    "the adjoint": (
        SMALL,
        lambda y: convolution.adjoint(y, WIDE, (4, 2, 1, (8, 8))),
    ),
    "the adjoint's slope": (
        SMALL,
        jax.grad(
            lambda y: (convolution.adjoint(y, WIDE, (4, 2, 1, (8, 8))) ** 2).sum()
        ),
    ),
}
some_kernel = some(4, 3, 3)


@pytest.mark.parametrize("name", KINDS)
def test_a_convolution_is_the_same_in_the_page(tab, name):
    argument, function = KINDS[name]
    in_page.agree(tab, function, argument)


def test_a_convolution_in_groups_is_refused_by_name():
    def grouped(x):
        return {"y": conv(x, some(3, 3, 1, 6), feature_group_count=3)}

    with pytest.raises(page.UnknownPrimitive, match="feature_group_count 3"):
        page.module({"f": (grouped, ["x"])}, {"x": X})
