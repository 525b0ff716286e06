"""The spectrum of an update: closed forms on the Dirac-GAN, the matrix-free way."""

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

from gan_utils import data, games, losses, penalties
from gan_utils.networks import dirac, models
from gan_utils.numerics import float64
from gan_utils.training import (
    GAN,
    alternating,
    consensus,
    run,
    simultaneous,
    spectrum,
    update_map,
)

RATE = 0.25  # exact in float32, in which hyper-parameters are stored


def dirac_gan(update, **settings):
    settings = {"loss": losses.minimax, "optimizer": optax.sgd} | settings
    return GAN(
        dirac.dirac_generator(0.0),
        dirac.dirac_discriminator(0.0),
        latent=1,
        update=update,
        **settings,
    )


def at_rest(gan, **hyper):
    state = gan.init(jax.random.key(0), learning_rate=RATE, **hyper)
    return spectrum(gan, state, jnp.zeros((4, 1)))


def by_parts(values):
    return values[np.lexsort((values.imag, values.real))]


@pytest.mark.parametrize(
    ("method", "settings", "gamma"),
    [
        ("gan", {}, 0.0),
        ("nsgan", {"loss": losses.nonsaturating}, 0.0),
        ("r1", {"penalty": penalties.r1}, 0.25),
        ("r1", {"penalty": penalties.r2}, 1.5),
        ("nsgan_r1", {"loss": losses.nonsaturating, "penalty": penalties.r1}, 0.25),
        ("consensus", {"update": consensus()}, 1.0),
    ],
)
def test_simultaneous_gradient_steps_have_the_closed_forms(method, settings, gamma):
    gan = dirac_gan(**{"update": simultaneous()} | settings)
    values = at_rest(gan, gamma=gamma)
    slope = 0.5  # f'(0)
    sides = np.array([1, -1])
    root = -gamma / 2 + np.emath.sqrt(gamma**2 / 4 - slope**2) * sides
    if method == "consensus":
        root = -gamma * slope**2 + 1j * slope * sides
    np.testing.assert_allclose(
        by_parts((values - 1) / RATE), by_parts(root + 0j), atol=1e-12
    )
    constants = {"gamma": gamma} if gamma else {}
    with float64():
        of_the_game = games.eigenvalues(games.dirac(method, **constants))
    np.testing.assert_allclose(by_parts((values - 1) / RATE), of_the_game, atol=1e-6)


def test_alternating_steps_stay_on_the_unit_circle():
    values = at_rest(dirac_gan(alternating()))
    cosine = 1 - (RATE / 2) ** 2 / 2  # the trace is 2 - (h f'(0))^2, the determinant 1
    expected = cosine + 1j * np.sqrt(1 - cosine**2) * np.array([-1, 1])
    np.testing.assert_allclose(by_parts(values), expected, atol=1e-12)
    assert np.abs(at_rest(dirac_gan(simultaneous()))).min() > 1.007


@pytest.fixture(scope="module")
def trained():
    gan = GAN(
        models.mlp_generator(2, (6,), 2, activation=jnp.tanh),
        models.mlp_discriminator(2, (6,), activation=jnp.tanh),
        latent=2,
        loss=losses.relativistic,
        penalty=penalties.r1_r2,
    )
    state = gan.init(jax.random.key(0), learning_rate=1e-2, gamma=0.1)
    source = data.batches(data.ring(), 32)
    state, _ = run(gan, state, source, 50)
    return gan, state, source.batch(jax.random.key(1), 0)


@pytest.mark.slow
def test_the_map_is_the_step_with_adams_moments(trained):
    gan, state, batch = trained
    flat, step = update_map(gan, state, batch)
    parameters = 2 * 6 + 6 + 6 * 2 + 2 + 2 * 6 + 6 + 6  # D's last bias stands still
    assert flat.shape == (3 * parameters,)
    with float64():
        after = np.asarray(step(flat))
    expected, _ = jax.jit(gan.step)(state, batch)
    expected, _ = update_map(gan, expected, batch)
    np.testing.assert_allclose(after, expected, atol=1e-5)


@pytest.mark.slow
def test_eigenvalues_satisfy_invariants_of_a_difference_jacobian(trained):
    """Trace and determinant against central differences of the map."""
    gan, state, batch = trained
    point, step = update_map(gan, state, batch, moments=False)
    h = 1e-5
    with float64():
        steps = jax.jit(jax.vmap(step))
        moved = np.eye(len(point)) * h
        rows = (np.asarray(steps(point + moved)) - steps(point - moved)) / (2 * h)
    values = spectrum(gan, state, batch, moments=False)
    assert values.sum() == pytest.approx(np.trace(rows), abs=1e-4)
    assert np.prod(values) == pytest.approx(np.linalg.det(rows), rel=1e-3)


@pytest.mark.slow
def test_the_matrix_free_way_finds_the_same_leading_ones(trained):
    everything = spectrum(*trained)
    leading = spectrum(*trained, leading=4)
    assert leading.shape == (4,)
    np.testing.assert_allclose(np.abs(leading), np.abs(everything[:4]), rtol=1e-6)


def test_bad_requests_are_refused(trained):
    gan, state, batch = trained
    with pytest.raises(ValueError, match="members"):
        spectrum(gan, gan.init_ensemble(jax.random.split(state.key, 2)), batch)
    with pytest.raises(ValueError, match="leading is 1"):
        at = dirac_gan(simultaneous())
        spectrum(at, at.init(state.key), jnp.zeros((4, 1)), leading=1)
    with pytest.raises(ValueError, match="no moments yet"):
        spectrum(gan, gan.init(state.key), batch)
