"""Penalties against closed forms, finite differences and numpy's singular values."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from scipy import stats

from gan_utils import numerics, penalties
from gan_utils.networks import models
from gan_utils.training import GAN, recipes

KEY = jax.random.key(0)
PENALTIES = {
    "r1": penalties.r1,
    "r2": penalties.r2,
    "r1_r2": penalties.r1_r2,
    "gradient_penalty": penalties.gradient_penalty,
    "dragan": penalties.dragan,
}


def batches(shape=(16, 3), seed=0):
    rng = np.random.default_rng(seed)
    return rng.normal(size=shape), rng.normal(1.0, 2.0, shape)


def linear(w):
    return lambda x: jnp.tensordot(x, jnp.asarray(w, x.dtype), axes=w.ndim) + 0.7


def mlp(params, x):
    """Evaluate a tanh network, with NumPy or JAX arrays alike."""
    first, bias, last = params
    return (jnp if isinstance(x, jax.Array) else np).tanh(x @ first + bias[None]) @ last


def mlp_params(seed=0, width=5, dim=3):
    rng = np.random.default_rng(seed)
    return [rng.normal(size=s) for s in ((dim, width), (width,), (width,))]


def difference_gradient(f, x, step=1e-5):
    """Compute the gradient of a scalar NumPy function by central differences."""
    x = np.array(x, float)
    out = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += step
        down[i] -= step
        out[i] = (f(up) - f(down)) / (2 * step)
    return out


def input_norms(params, x):
    """Compute |grad_x D| of each row in NumPy, by differences of the critic alone."""
    rows = [difference_gradient(lambda r: mlp(params, r[None])[0], r) for r in x]
    return np.linalg.norm(rows, axis=1)


# Closed forms


@pytest.mark.parametrize("shape", [(7, 2), (5, 4, 3, 1)])
def test_a_linear_critic_has_the_same_penalty_everywhere(shape):
    real, fake = map(jnp.float32, batches(shape))
    w = np.random.default_rng(1).normal(size=shape[1:])
    square = (w**2).sum()
    expected = {
        "r1": square / 2,
        "r2": square / 2,
        "r1_r2": square,
        "gradient_penalty": (np.sqrt(square) - 1) ** 2,
        "dragan": (np.sqrt(square) - 1) ** 2,
    }
    for name, penalty in PENALTIES.items():
        value = penalty(linear(w), real, fake, KEY)
        assert value.shape == shape[:1]
        assert value.dtype == jnp.float32
        np.testing.assert_allclose(value, expected[name], rtol=1e-5, err_msg=name)


def test_a_quadratic_critic_shows_where_each_penalty_looks():
    """For D(x) = |x|^2 / 2 the gradient at x is x itself."""
    real, fake = map(jnp.float32, batches())

    def critic(x):
        return 0.5 * (x**2).sum(-1)

    on_real = 0.5 * (np.asarray(real) ** 2).sum(1)
    on_fake = 0.5 * (np.asarray(fake) ** 2).sum(1)
    between = np.linalg.norm(penalties.interpolate(real, fake, KEY), axis=1)
    np.testing.assert_allclose(penalties.r1(critic, real, fake), on_real, rtol=1e-5)
    np.testing.assert_allclose(penalties.r2(critic, real, fake), on_fake, rtol=1e-5)
    both = penalties.r1_r2(critic, real, fake, KEY)
    np.testing.assert_allclose(both, on_real + on_fake, rtol=1e-5)
    value = penalties.gradient_penalty(critic, real, fake, KEY)
    np.testing.assert_allclose(value, (between - 1) ** 2, rtol=1e-4, atol=1e-6)
    near = np.linalg.norm(penalties.surround(real, KEY), axis=1)
    value = penalties.dragan(critic, real, fake, KEY)
    np.testing.assert_allclose(value, (near - 1) ** 2, rtol=1e-4, atol=1e-6)


def test_points_around_the_data_are_half_as_wide_as_the_data():
    real = 3 * jax.random.normal(jax.random.key(1), (5000, 2))
    moved = np.asarray(penalties.surround(real, KEY) - real)
    assert moved.std() == pytest.approx(0.5 * float(real.std()), rel=0.03)
    assert abs(moved.mean()) < 0.06  # 4 standard errors
    with pytest.raises(ValueError, match="key"):
        penalties.surround(real, None)


def test_the_squared_norm_sums_over_pixels_and_not_over_the_batch():
    x = jnp.ones((4, 28, 28, 1))
    value = penalties.squared_gradient_norm(lambda x: x.sum((1, 2, 3)), x)
    np.testing.assert_allclose(value, np.full(4, 784.0), rtol=1e-6)


# Finite differences


@pytest.mark.parametrize("name", PENALTIES)
def test_a_network_agrees_with_finite_differences(name):
    params = mlp_params()
    real, fake = batches((6, 3))
    with numerics.float64():
        x, y = jnp.asarray(real), jnp.asarray(fake)
        critic = lambda x: mlp([jnp.asarray(p) for p in params], x)  # noqa: E731
        value = np.asarray(PENALTIES[name](critic, x, y, KEY))
        between = np.asarray(penalties.interpolate(x, y, KEY))
        near = np.asarray(penalties.surround(x, KEY))
    on_real, on_fake = input_norms(params, real), input_norms(params, fake)
    expected = {
        "r1": on_real**2 / 2,
        "r2": on_fake**2 / 2,
        "r1_r2": on_real**2 / 2 + on_fake**2 / 2,
        "gradient_penalty": (input_norms(params, between) - 1) ** 2,
        "dragan": (input_norms(params, near) - 1) ** 2,
    }[name]
    np.testing.assert_allclose(value, expected, rtol=1e-7, atol=1e-9)


@pytest.mark.parametrize("name", PENALTIES)
def test_the_slope_in_the_parameters_agrees_with_finite_differences(name):
    """A penalty trains D through a second derivative: in x, then in the parameters."""
    params = mlp_params(seed=2)
    real, fake = batches((4, 3), seed=2)

    def mean_penalty(params, x, y):
        return PENALTIES[name](lambda x: mlp(params, x), x, y, KEY).mean()

    with numerics.float64():
        arrays = [jnp.asarray(p) for p in params]
        x, y = jnp.asarray(real), jnp.asarray(fake)
        slopes = jax.tree.map(np.asarray, jax.grad(mean_penalty)(arrays, x, y))
        between = np.asarray(penalties.interpolate(x, y, KEY))
        near = np.asarray(penalties.surround(x, KEY))

    def in_numpy(changed):
        # The tanh network's gradient by the chain rule, checked above by differences.
        first, bias, last = changed

        def norm(x):
            slope = 1 - np.tanh(x @ first + bias) ** 2
            return np.linalg.norm((slope * last) @ first.T, axis=1)

        terms = {
            "r1": norm(real) ** 2 / 2,
            "r2": norm(fake) ** 2 / 2,
            "r1_r2": (norm(real) ** 2 + norm(fake) ** 2) / 2,
            "gradient_penalty": (norm(between) - 1) ** 2,
            "dragan": (norm(near) - 1) ** 2,
        }
        return terms[name].mean()

    for i, slope in enumerate(slopes):
        swap = lambda p, i=i: in_numpy([*params[:i], p, *params[i + 1 :]])  # noqa: E731
        expected = difference_gradient(swap, params[i])
        np.testing.assert_allclose(slope, expected, rtol=1e-6, atol=1e-8)


def test_a_flat_critic_has_penalty_one_and_a_finite_slope():
    """The square root's slope is infinite at 0; the penalty must not become NaN."""
    real, fake = map(jnp.float32, batches())

    def mean_penalty(w):
        critic = lambda x: (x * w[None]).sum(1)  # noqa: E731
        return penalties.gradient_penalty(critic, real, fake, KEY).mean()

    value, slope = jax.value_and_grad(mean_penalty)(jnp.zeros(3))
    assert value == 1.0
    np.testing.assert_array_equal(slope, 0.0)


def test_a_dead_relu_on_some_rows_leaves_the_slope_of_the_others():
    real, fake = jnp.array([[-1.0], [2.0]]), jnp.array([[-2.0], [3.0]])

    def mean_penalty(w):
        critic = lambda x: jax.nn.relu(w * x[:, 0])  # noqa: E731
        return penalties.gradient_penalty(critic, real, fake, KEY).mean()

    # Row 0 is flat (penalty 1, slope 0); row 1 gives (w - 1)^2: mean slope (w - 1).
    value, slope = jax.value_and_grad(mean_penalty)(3.0)
    np.testing.assert_allclose(value, (1 + 4) / 2, rtol=1e-6)
    np.testing.assert_allclose(slope, 2.0, rtol=1e-6)


def test_penalties_survive_jit_and_vmap_over_keys():
    real, fake = map(jnp.float32, batches((8, 3)))
    critic = linear(np.ones(3))
    for penalty in PENALTIES.values():
        plain = penalty(critic, real, fake, KEY)
        jitted = jax.jit(lambda x, y, key, p=penalty: p(critic, x, y, key))
        np.testing.assert_allclose(jitted(real, fake, KEY), plain, rtol=1e-6)
    keys = jax.random.split(KEY, 3)
    values = jax.vmap(lambda k: penalties.gradient_penalty(critic, real, fake, k))(keys)
    assert values.shape == (3, 8)


# Interpolation


@pytest.mark.parametrize("shape", [(500, 2), (500, 4, 4, 3)])
def test_each_point_lies_on_its_own_segment_with_one_alpha(shape):
    real, fake = map(jnp.float32, batches(shape))
    between = np.asarray(penalties.interpolate(real, fake, KEY), float)
    line = np.asarray(real, float) - np.asarray(fake, float)
    alpha = ((between - np.asarray(fake)) / line).reshape(len(between), -1)
    steady = np.abs(line.reshape(len(between), -1)) > 0.05  # avoid 0 / 0
    pairs = zip(alpha, steady, strict=True)
    middle = np.array([np.median(row[ok]) for row, ok in pairs])
    spread = np.abs(alpha - middle[:, None])[steady].max()
    assert spread < 1e-3, "alpha differs between the coordinates of one example"
    assert middle.min() > -1e-4 and middle.max() < 1 + 1e-4
    assert len(np.unique(middle.round(4))) > 400, "alpha is shared between examples"


def test_alpha_is_uniform_and_not_normal():
    real, fake = jnp.ones((20_000, 1)), jnp.zeros((20_000, 1))
    for seed in range(3):
        alpha = penalties.interpolate(real, fake, jax.random.key(seed))
        alpha = np.asarray(alpha)[:, 0]
        assert alpha.min() >= 0 and alpha.max() <= 1
        assert stats.kstest(alpha, "uniform").statistic < 0.012  # 1.63 / sqrt(n)


def test_interpolation_follows_its_key():
    real, fake = map(jnp.float32, batches())
    first = penalties.interpolate(real, fake, KEY)
    np.testing.assert_array_equal(first, penalties.interpolate(real, fake, KEY))
    other = penalties.interpolate(real, fake, jax.random.key(1))
    assert np.abs(np.asarray(first - other)).max() > 0.1


# Clipping


def test_clipping_keeps_the_structure_and_the_small_weights():
    params = {"a": jnp.array([-3.0, 0.005, 0.2]), "b": [jnp.array([[0.01, -0.011]])]}
    clipped = penalties.clip_weights(params, 0.01)
    np.testing.assert_allclose(clipped["a"], [-0.01, 0.005, 0.01], rtol=1e-6)
    np.testing.assert_allclose(clipped["b"][0], [[0.01, -0.01]], rtol=1e-6)
    again = penalties.clip_weights(clipped, 0.01)
    assert jax.tree.all(jax.tree.map(lambda x, y: (x == y).all(), clipped, again))


def test_clipping_accepts_a_traced_limit():
    limits = jnp.array([0.1, 1.0])
    clipped = jax.vmap(lambda c: penalties.clip_weights(jnp.array([5.0]), c))(limits)
    np.testing.assert_allclose(clipped[:, 0], limits)


# Spectral norm


@pytest.mark.parametrize("shape", [(5, 5), (3, 8), (8, 3), (1, 4), (4, 1)])
def test_power_iteration_finds_the_largest_singular_value(shape):
    for seed in range(5):
        rng = np.random.default_rng(seed)
        w = jnp.float32(rng.normal(size=shape))
        u = jnp.float32(rng.normal(size=shape[0]))
        sigma, u = penalties.power_iteration(w, u, steps=200)
        left, values, _ = np.linalg.svd(np.asarray(w, float))
        np.testing.assert_allclose(sigma, values[0], rtol=1e-5)
        np.testing.assert_allclose(np.abs(u @ left[:, 0]), 1, rtol=1e-4)


def test_power_iteration_rises_towards_the_norm_and_never_passes_it():
    w = jnp.float32(np.random.default_rng(0).normal(size=(6, 9)))
    u = jnp.ones(6)
    largest = np.linalg.svd(np.asarray(w, float))[1][0]
    estimates = []
    for _ in range(30):  # the vector carries over: one step in each update is enough
        sigma, u = penalties.power_iteration(w, u)
        estimates.append(float(sigma))
    assert np.all(np.diff(estimates) > -1e-5)
    assert estimates[-1] <= largest * (1 + 1e-5)
    np.testing.assert_allclose(estimates[-1], largest, rtol=1e-4)


def test_the_slope_of_sigma_is_the_outer_product_of_the_singular_vectors():
    w = jnp.float32(np.random.default_rng(3).normal(size=(4, 6)))
    u = penalties.power_iteration(w, jnp.ones(4), 300)[1]
    slope = jax.grad(lambda w: penalties.power_iteration(w, u)[0])(w)
    left, _, right = np.linalg.svd(np.asarray(w, float))
    np.testing.assert_allclose(slope, np.outer(left[:, 0], right[0]), atol=2e-4)
    flat = jax.grad(lambda u: penalties.power_iteration(w, u)[0])(u)
    np.testing.assert_array_equal(flat, 0.0)


def test_a_zero_matrix_has_norm_zero_and_no_nan():
    sigma, u = penalties.power_iteration(jnp.zeros((3, 2)), jnp.ones(3), 5)
    assert sigma == 0 and np.isfinite(u).all()
    sigma, _ = penalties.power_iteration(jnp.eye(3)[:, :2], u, 5)
    np.testing.assert_allclose(sigma, 1.0, rtol=1e-5)  # it recovers afterwards


# Mistakes in the input


def test_two_batch_sizes_are_refused_with_a_reason():
    real, fake = jnp.ones((4, 2)), jnp.ones((5, 2))
    with pytest.raises(ValueError, match=r"real has shape \(4, 2\).*two batch sizes"):
        penalties.interpolate(real, fake, KEY)
    with pytest.raises(ValueError, match="fake has shape"):
        penalties.gradient_penalty(linear(np.ones(2)), real, fake, KEY)


@pytest.mark.parametrize("name", PENALTIES)
def test_a_critic_with_a_last_axis_of_one_is_refused(name):
    x = jnp.ones((4, 2))
    with pytest.raises(ValueError, match=r"critic returned shape \(4, 1\)"):
        PENALTIES[name](lambda x: x[:, :1], x, x, KEY)


def test_whole_numbers_are_refused_as_samples():
    pixels = jnp.zeros((4, 2), jnp.int32)
    with pytest.raises(ValueError, match=r"expected floating point.*127\.5"):
        penalties.r1(linear(np.ones(2)), pixels, pixels)


def test_the_gradient_penalty_needs_a_key():
    x = jnp.ones((4, 2))
    with pytest.raises(ValueError, match="key is None"):
        penalties.gradient_penalty(linear(np.ones(2)), x, x, None)


@pytest.mark.parametrize("limit", [0.0, -0.01, float("nan")])
def test_a_limit_that_is_not_positive_is_refused(limit):
    with pytest.raises(ValueError, match="limit is"):
        penalties.clip_weights({"w": jnp.ones(2)}, limit)


@pytest.mark.parametrize(
    ("w", "u", "steps", "message"),
    [
        (jnp.ones((3, 3, 8, 16)), jnp.ones(3), 1, "w is .*reshape"),
        (jnp.ones((3, 2)), jnp.ones(2), 1, r"u has shape \(2,\).*\(3,\)"),
        (jnp.ones((3, 2)), jnp.ones(3), 0, "steps is"),
        (jnp.ones((3, 2)), jnp.zeros(3), 1, "u is zero"),
    ],
)
def test_power_iteration_refuses_what_it_cannot_use(w, u, steps, message):
    with pytest.raises(ValueError, match=message):
        penalties.power_iteration(w, u, steps)


# On a part of the batch


@pytest.mark.parametrize("name", sorted(PENALTIES))
def test_on_part_looks_at_every_third_sample(name):
    real, fake = (jnp.asarray(x, "float32") for x in batches((10, 3)))
    params = [jnp.asarray(p, "float32") for p in mlp_params()]
    part = penalties.on_part(PENALTIES[name], 3)

    def critic(x):
        return mlp(params, x)

    found = part(critic, real, fake, KEY)
    expected = PENALTIES[name](critic, real[::3], fake[::3], KEY)
    assert found.shape == (4,)
    np.testing.assert_array_equal(found, expected)
    assert part == penalties.on_part(PENALTIES[name], 3)
    assert part != penalties.on_part(PENALTIES[name], 2)


def test_on_part_takes_labels_along():
    gan = recipes.conditional(
        GAN(
            models.mlp_generator(2, (4,), 3),
            models.mlp_discriminator(3, (4,)),
            latent=2,
            penalty=penalties.on_part(penalties.r1_r2, 2),
        ),
        classes=3,
    )
    state = gan.init(KEY)
    x, fake = (jnp.asarray(a, "float32") for a in batches((6, 3)))
    y = jnp.asarray([0, 1, 2, 2, 1, 0])
    found = gan.penalise(state.d.variables, x, fake, KEY, y)

    def critic(x):
        return models.apply(gan.discriminator, state.d.variables, x, y[::2])[0]

    expected = penalties.r1_r2(critic, x[::2], fake[::2]).mean()
    np.testing.assert_allclose(found, expected, rtol=1e-5)


@pytest.mark.parametrize("every", [0, -1, 1.5, "4"])
def test_on_part_refuses_what_is_no_count(every):
    with pytest.raises(ValueError, match="every"):
        penalties.on_part(penalties.r1, every)
