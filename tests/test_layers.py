"""Layers against independent arithmetic: NumPy loops, finite differences, the SVD."""

import re
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from flax import nnx
from jax import lax

from gan_utils.engine import convolution as adjoints
from gan_utils.networks import layers, models
from gan_utils.networks.layers.upsample import Upsample
from gan_utils.networks.settings import hidden_init, last_init
from gan_utils.numerics import float64

KEY = jax.random.key(0, impl="rbg")  # compiles faster than the default
CASES = [
    (1, 1, 0, 0),
    (3, 1, 1, 0),
    (4, 2, 1, 0),
    (3, 2, 1, 1),
    (5, 3, 2, 2),
    (2, 3, 0, 1),
]


def draw(shape, seed):
    return np.random.default_rng(seed).normal(size=shape)


def transposed_by_loops(x, kernel, stride, padding, output_padding):
    """Let every input pixel write its copy of the kernel, then cut the edge off."""
    batch, height, width, _ = x.shape
    k = kernel.shape[0]
    sides = [(n - 1) * stride + k + output_padding for n in (height, width)]
    out = np.zeros((batch, *sides, kernel.shape[2]))
    for i in range(height):
        for j in range(width):
            patch = np.einsum("bd,klcd->bklc", x[:, i, j], kernel)
            out[:, i * stride : i * stride + k, j * stride : j * stride + k] += patch
    return out[:, padding : sides[0] - padding, padding : sides[1] - padding]


@pytest.mark.parametrize("kernel, stride, padding, extra", CASES)
def test_conv_transpose_writes_copies_of_its_kernel(kernel, stride, padding, extra):
    x, w = draw((2, 5, 4, 3), 0), draw((kernel, kernel, 2, 3), 1)
    expected = transposed_by_loops(x, w, stride, padding, extra)
    with float64():
        ours = layers.conv_transpose(
            jnp.asarray(x), jnp.asarray(w), stride, padding, extra
        )
        np.testing.assert_allclose(ours, expected, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("size", [6, 7])
@pytest.mark.parametrize(
    "kernel, stride, padding, extra",
    [(4, 2, 1, 0), (5, 2, 2, 0), (5, 2, 2, 1), (7, 3, 2, 0), (8, 4, 2, 3)],
)
def test_all_forms_of_the_adjoint_agree(kernel, stride, padding, extra, size):
    full = layers.transposed_output_size(size, kernel, stride, padding, extra)
    sizes = kernel, stride, padding, (full, full)
    y, w = draw((2, size, size, 3), 0), draw((kernel, kernel, 8, 3), 1)
    expected = transposed_by_loops(y, w, stride, padding, extra)
    forms = adjoints._by_phases, adjoints._by_copies, adjoints._by_dilation
    with float64():
        y, w = jnp.asarray(y), jnp.asarray(w)
        for form in forms:
            np.testing.assert_allclose(form(y, w, sizes), expected, atol=1e-12)


def test_zeros_between_pixels_are_kept_where_there_is_no_other_way():
    assert adjoints.avoids_dilation((5, 2, 2, (7, 7)))
    assert not adjoints.avoids_dilation((4, 1, 1, (8, 8)))  # one phase only
    assert not adjoints.avoids_dilation((2, 3, 0, (9, 9)))  # a phase without taps


@pytest.mark.parametrize("kernel, stride, padding, extra", CASES)
def test_dot_product_identity(kernel, stride, padding, extra):
    height, width = (
        layers.transposed_output_size(n, kernel, stride, padding, extra) for n in (5, 4)
    )
    with float64():
        a, b = draw((2, height, width, 2), 0), draw((2, 5, 4, 3), 1)
        w = jnp.asarray(draw((kernel, kernel, 2, 3), 2))
        there = layers.convolve(jnp.asarray(a), w, stride, padding)
        back = layers.conv_transpose(jnp.asarray(b), w, stride, padding, extra)
        np.testing.assert_allclose(np.vdot(there, b), np.vdot(a, back), rtol=1e-12)


@pytest.mark.parametrize("kernel, stride, padding, extra", CASES)
def test_gradients_against_finite_differences(kernel, stride, padding, extra):
    with float64():
        x, w = draw((2, 4, 3, 3), 0), draw((kernel, kernel, 2, 3), 1)

        @jax.jit
        @partial(jax.value_and_grad, argnums=(0, 1))
        def loss(x, w):
            out = layers.conv_transpose(x, w, stride, padding, extra)
            return (jnp.sin(out) ** 2).sum()

        _, slopes = loss(x, w)
        for argument, direction in enumerate((draw(x.shape, 2), draw(w.shape, 3))):
            moved = [
                loss(*((x + h, w) if argument == 0 else (x, w + h)))[0]
                for h in (1e-6 * direction, -1e-6 * direction)
            ]
            numeric = (moved[0] - moved[1]) / 2e-6
            along = np.vdot(slopes[argument], direction)
            np.testing.assert_allclose(along, numeric, rtol=1e-6)


def xla_conv_transpose(x, w):
    return lax.conv_transpose(
        x,
        w,
        (2, 2),
        [(2, 2)] * 2,
        dimension_numbers=("NHWC", "HWIO", "NHWC"),
        transpose_kernel=True,
    )


def test_agrees_with_xla_and_differentiates_twice():
    with float64():
        x, w = jnp.asarray(draw((2, 4, 4, 3), 0)), jnp.asarray(draw((4, 4, 2, 3), 1))

        def steepness(f):
            def loss(x, w):
                return (f(x, w) ** 3).sum()

            return lambda w: (jax.grad(loss, 0)(x, w) ** 2).sum()

        def ours(x, w):
            return layers.conv_transpose(x, w, 2, 1)

        np.testing.assert_allclose(ours(x, w), xla_conv_transpose(x, w), rtol=1e-12)
        np.testing.assert_allclose(
            jax.grad(steepness(ours))(w),
            jax.grad(steepness(xla_conv_transpose))(w),
            rtol=1e-10,
        )


def test_conv_transpose_under_vmap_of_kernels():
    x = jnp.asarray(draw((3, 2, 4, 4, 3), 0), "float32")
    w = jnp.asarray(draw((3, 4, 4, 2, 3), 1), "float32")

    def slope(x, w):
        return jax.grad(lambda w: (layers.conv_transpose(x, w, 2, 1) ** 2).sum())(w)

    together = jax.jit(jax.vmap(slope))(x, w)
    for i in range(3):
        np.testing.assert_allclose(together[i], slope(x[i], w[i]), rtol=1e-3, atol=1e-3)


@pytest.mark.parametrize(
    "height, stride, padding, channels",
    [(6, 2, 1, 3), (7, 2, 1, 3), (8, 3, 0, 3), (6, 2, 1, 8)],
)
def test_convolution_and_its_slopes_of_both_orders_are_those_of_xla(
    height, stride, padding, channels
):
    x = jnp.asarray(draw((2, height, height, channels), 0), "float32")
    w = jnp.asarray(draw((4, 4, channels, 2), 1), "float32")

    def plain(x, w):
        return jax.lax.conv_general_dilated(
            x,
            w,
            (stride, stride),
            [(padding, padding)] * 2,
            dimension_numbers=("NHWC", "HWIO", "NHWC"),
        )

    def ours(x, w):
        return layers.convolve(x, w, stride, padding)

    def bent(f):
        return lambda x, w: jnp.sin(f(x, w)).sum()

    def penalty(f):  # a slope of a slope, as in R1
        return lambda x, w: (jax.grad(bent(f))(x, w) ** 2).sum()

    def twice(f):
        return lambda x, w: (jax.grad(penalty(f), 1)(x, w) ** 3).sum()

    close = partial(np.testing.assert_allclose, rtol=2e-3, atol=2e-3)
    close(ours(x, w), plain(x, w))
    for make in (bent, penalty, twice):
        found, wanted = (jax.grad(make(f), (0, 1))(x, w) for f in (ours, plain))
        for mine, theirs in zip(found, wanted, strict=True):
            scale = np.abs(theirs).max()
            close(mine / scale, theirs / scale)


def test_no_slope_takes_the_naive_path():
    """XLA's slow form exchanges batch and channels of a dilated input."""
    x = jnp.ones((4, 8, 8, 3))
    w = jnp.ones((4, 4, 3, 2))

    def penalty(w):
        def logit(x):
            return jnp.sin(layers.convolve(x, w, 2, 1)).sum()

        return (jax.grad(logit)(x) ** 2).sum()

    text = jax.jit(jax.grad(penalty)).lower(w).as_text()
    forms = re.findall(r"dim_numbers = (\[.*?\]x\[.*?\]->\[.*?\])", text)
    allowed = {
        "[b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f]",  # convolution
        "[b, 0, 1, f]x[0, 1, o, i]->[b, 0, 1, f]",  # adjoint
        "[f, 0, 1, b]x[i, 0, 1, o]->[0, 1, b, f]",  # kernel's slope
    }
    assert forms and set(forms) <= allowed


def test_sizes_match_the_operations():
    for size in (1, 4, 5):
        for kernel, stride, padding, extra in CASES:
            if (size - 1) * stride + kernel - 2 * padding + extra < 1:
                continue
            x = jnp.ones((1, size, size, 1))
            w = jnp.ones((kernel, kernel, 1, 1))
            out = layers.conv_transpose(x, w, stride, padding, extra)
            grown = layers.transposed_output_size(size, kernel, stride, padding, extra)
            assert out.shape[1] == grown
            assert layers.output_size(grown, kernel, stride, padding) == size
            counts = layers.overlap_count(size, kernel, stride, padding, extra)
            np.testing.assert_array_equal(out[0, :, :, 0], np.outer(counts, counts))


def test_overlaps_are_even_when_stride_divides_kernel():
    assert set(layers.overlap_count(8, 4, 2, 1)[1:-1]) == {2}
    assert set(layers.overlap_count(8, 3, 2, 1, 1)[1:-1]) == {1, 2}
    assert set(layers.overlap_count(8, 2, 2)) == {1}


def test_pixel_shuffle_by_loops():
    x = draw((2, 3, 2, 8), 0)
    out = np.asarray(layers.pixel_shuffle(jnp.asarray(x, "float32"), 2))
    assert out.shape == (2, 6, 4, 2)
    for row, column, channel in np.ndindex(6, 4, 2):
        source = x[:, row // 2, column // 2, channel * 4 + row % 2 * 2 + column % 2]
        np.testing.assert_allclose(out[:, row, column, channel], source, rtol=1e-6)


def test_upsample_nearest_is_a_kronecker_product():
    x = draw((2, 3, 2, 2), 0)
    expected = np.kron(x, np.ones((1, 3, 3, 1)))
    np.testing.assert_allclose(
        layers.upsample_nearest(jnp.asarray(x, "float32"), 3), expected, rtol=1e-6
    )


def test_minibatch_std_by_hand():
    x = draw((6, 2, 2, 3), 0)
    out = np.asarray(layers.minibatch_std(jnp.asarray(x, "float32"), group_size=3))
    assert out.shape == (6, 2, 2, 4)
    np.testing.assert_allclose(out[..., :3], x, rtol=1e-6)
    for start in (0, 3):
        group = out[start : start + 3, ..., 3]
        np.testing.assert_allclose(
            group, x[start : start + 3].std(axis=0).mean(), rtol=1e-5
        )


def test_minibatch_std_of_a_collapsed_batch_has_a_finite_slope():
    x = jnp.ones((4, 3))
    slope = jax.grad(lambda x: layers.minibatch_std(x)[:, -1].sum())(x)
    assert np.isfinite(slope).all()
    assert float(layers.minibatch_std(x)[0, -1]) < 1e-3


@pytest.mark.parametrize("kind", ["linear", "conv"])
def test_spectral_layers_divide_by_the_largest_singular_value(kind):
    if kind == "linear":
        layer = layers.SpectralLinear(20, 10, rngs=nnx.Rngs(KEY))
    else:
        layer = layers.SpectralConv(6, 10, rngs=nnx.Rngs(KEY))
    layer.kernel[...] = 5 * layer.kernel[...]
    for _ in range(300):
        kernel = layer.normalised_kernel()
    matrix = np.asarray(kernel, float).reshape(-1, 10)
    np.testing.assert_allclose(np.linalg.norm(matrix, 2), 1, rtol=1e-4)
    frozen = layer.u[...]
    layer.eval()
    np.testing.assert_allclose(layer.normalised_kernel(), kernel, rtol=1e-4, atol=1e-6)
    np.testing.assert_array_equal(layer.u[...], frozen)


def test_spectral_gradient_is_that_of_the_quotient():
    layer = layers.SpectralLinear(5, 3, rngs=nnx.Rngs(KEY))
    for _ in range(300):
        layer.normalised_kernel()
    layer.eval()
    recipe = partial(layers.SpectralLinear, in_features=5, out_features=3)
    _, params, rest = nnx.split(layer, nnx.Param, ...)
    weights = draw((5, 3), 4)

    def loss(params):
        out, _ = models.apply(
            recipe, models.Variables(params, rest), jnp.eye(5, dtype="float32")
        )
        return (out * jnp.asarray(weights, "float32")).sum()

    slope = np.asarray(jax.grad(loss)(params)["kernel"][...])
    matrix = np.asarray(layer.kernel[...], float)
    numeric = np.zeros_like(matrix)
    for index in np.ndindex(*matrix.shape):
        step = np.zeros_like(matrix)
        step[index] = 1e-5
        ends = [
            (m / np.linalg.norm(m, 2) * weights).sum()
            for m in (matrix + step, matrix - step)
        ]
        numeric[index] = (ends[0] - ends[1]) / 2e-5
    np.testing.assert_allclose(slope, numeric, rtol=1e-2, atol=1e-3)


def test_spectral_conv_stretches_by_at_most_kernel_over_stride():
    layer = layers.SpectralConv(2, 3, rngs=nnx.Rngs(KEY))
    for _ in range(100):
        layer.normalised_kernel()
    layer.eval()
    matrix = jax.jacobian(lambda x: layer(x.reshape(1, 8, 8, 2)).ravel())(jnp.ones(128))
    assert np.linalg.norm(np.asarray(matrix, float), 2) <= 2 * (1 + 1e-4)


def test_bad_input_is_named():
    x, w = jnp.ones((1, 4, 4, 3)), jnp.ones((4, 4, 2, 3))
    cases = [
        (lambda: layers.conv_transpose(x, jnp.ones((4, 4, 3, 2))), "channels"),
        (lambda: layers.convolve(x, w), "channels"),
        (lambda: layers.conv_transpose(x[0], w), "batch axis"),
        (lambda: layers.conv_transpose(x, w[:3]), "square window"),
        (lambda: layers.conv_transpose(x, w, 2, 1, 2), "output_padding"),
        (lambda: layers.conv_transpose(x[:, :1], w, 1, 2), "padding is 2"),
        (lambda: layers.output_size(3, 5), "kernel is 5"),
        (lambda: layers.output_size(3, 2, 0), "stride"),
        (lambda: layers.pixel_shuffle(x), "multiple of 4"),
        (lambda: layers.pixel_shuffle(x[0]), "expected images"),
        (lambda: layers.upsample_nearest(x, 0), "factor"),
        (lambda: layers.minibatch_std(x, 2), "divisor"),
        (lambda: layers.minibatch_std(jnp.ones(3)), "x is"),
    ]
    for call, message in cases:
        with pytest.raises(ValueError, match=message):
            call()


@pytest.mark.parametrize("mode", ["transposed", "nearest", "shuffle"])
def test_a_gain_is_the_variance_in_every_mode_of_upsample(mode):
    def kernel(gain):
        up = Upsample(8, 4, mode, gain, rngs=nnx.Rngs(0))
        return np.asarray(up.conv.kernel[...])

    start = kernel(1.0)
    np.testing.assert_allclose(kernel(1.5), np.sqrt(1.5) * start, rtol=1e-5)
    if mode != "transposed":
        assert np.array_equal(kernel(1.0), drawn(last_init(None), start.shape))
        assert np.array_equal(kernel(2.0), drawn(hidden_init(None), start.shape))


def drawn(init, shape):
    """Draw the first parameter of a layer, as `nnx.Rngs(0)` gives its key."""
    return np.asarray(init(nnx.Rngs(0).params(), shape))


@pytest.mark.parametrize("kernel, stride", [(4, 2), (3, 1), (5, 1), (5, 4), (4, 4)])
def test_a_transposed_upsample_enlarges_by_its_stride(kernel, stride):
    up = Upsample(2, 3, kernel_size=kernel, stride=stride, rngs=nnx.Rngs(0))
    assert up(jnp.ones((1, 6, 5, 2))).shape == (1, 6 * stride, 5 * stride, 3)


@pytest.mark.parametrize(
    "settings, words",
    [
        ({"kernel_size": 4, "stride": 1}, "kernel_size is 4 and a stride is 1"),
        ({"kernel_size": 2, "stride": 4}, "kernel_size is 2 and a stride is 4"),
        (
            {"mode": "nearest", "stride": 4},
            "stride is 4 with mode 'nearest'; expected 2",
        ),
        ({"mode": "shuffle", "kernel_size": 5}, "kernel_size is 5 with mode 'shuffle'"),
        ({"mode": "nearest", "gain": 0.0}, "gain"),
        ({"mode": "bilinear"}, "mode is str 'bilinear'; expected 'transposed'"),
    ],
)
def test_an_upsample_that_cannot_enlarge_is_refused(settings, words):
    with pytest.raises(ValueError, match=words):
        Upsample(2, 3, **settings, rngs=nnx.Rngs(0))
