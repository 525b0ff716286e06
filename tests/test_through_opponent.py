"""Rules that differentiate through the opponent, against the Dirac-GAN's own field."""

from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

from gan_utils import data, games, losses, penalties
from gan_utils.networks import dirac, models, noise
from gan_utils.training import (
    GAN,
    adam_through,
    alternating,
    consensus,
    run,
    simultaneous,
    unrolling,
)

START = (0.8, -0.5)  # theta, psi
RATE = 0.2
ZEROS = jnp.zeros((4, 1))


def dirac_gan(update, discriminator=None, **settings):
    return GAN(
        dirac.dirac_generator(START[0]),
        discriminator or dirac.dirac_discriminator(START[1]),
        latent=1,
        **{"loss": losses.minimax, "optimizer": optax.sgd} | settings,
        update=update,
    )


def point(state):
    players = state.g.variables.params, state.d.variables.params
    return np.array([jax.tree.leaves(p)[0].item() for p in players])


def follow(gan, steps, batch=ZEROS, **hyper):
    state = gan.init(jax.random.key(0), learning_rate=RATE, **hyper)
    path, step = [], jax.jit(gan.step)
    for _ in range(steps):
        state, report = step(state, batch)
        path.append(point(state))
    return np.stack(path), report


def of_the_game(method, steps, stepper=games.simultaneous, **constants):
    game = games.dirac(method, **constants)
    return games.trajectory(game, stepper, START, steps, RATE)[1:]


@pytest.mark.parametrize(
    ("method", "settings"),
    [
        ("gan", {}),
        ("nsgan", {"loss": losses.nonsaturating}),
        ("r1", {"penalty": penalties.r1}),
        ("r2", {"penalty": penalties.r2}),
    ],
)
def test_the_trainer_moves_the_dirac_gan_as_its_field_does(method, settings):
    constants = {"gamma": 0.3} if "penalty" in settings else {}
    path, _ = follow(dirac_gan(simultaneous(), **settings), 5, gamma=0.3)
    np.testing.assert_allclose(path, of_the_game(method, 5, **constants), atol=1e-6)


def test_wasserstein_with_clipping_moves_as_its_field_does():
    gan = dirac_gan(
        simultaneous(), loss=losses.wasserstein, project=penalties.clip_weights
    )
    path, _ = follow(gan, 20, clip=0.6)
    expected = of_the_game("wgan", 20, clip=0.6)
    np.testing.assert_allclose(path, expected, atol=1e-5)
    assert np.abs(path[:, 1]).max() == np.float32(0.6), "the limit was never reached"


def test_instance_noise_moves_as_its_field_does():
    fog = noise.noisy(dirac.dirac_discriminator(START[1]), 0.7)
    gan = dirac_gan(simultaneous(), discriminator=fog)
    path, _ = follow(gan, 3, batch=jnp.zeros((200_000, 1)))
    expected = of_the_game("instance_noise", 3, std=0.7)
    # 200,000 draws: an error of 0.7 / sqrt(200,000) = 0.0016 a step, times the rate.
    np.testing.assert_allclose(path, expected, atol=3e-3)
    assert np.abs(path - of_the_game("gan", 3)).max() > 0.02


def test_noise_is_fresh_in_training_and_absent_in_evaluation():
    recipe = noise.noisy(models.mlp_discriminator(2, (8,)), 0.5)
    start = models.init(recipe, jax.random.key(0))
    x = jnp.ones((4, 2))
    first, after = models.apply(recipe, start, x, train=True)
    second, _ = models.apply(recipe, after, x, train=True)
    quiet = models.apply(recipe, start, x)[0]
    assert len({float(v) for v in [*first, *second]}) == 8
    assert len({float(v) for v in quiet}) == 1


def test_consensus_is_the_exact_field_of_the_dirac_gan():
    path, report = follow(dirac_gan(consensus()), 5, gamma=1.0)
    expected = of_the_game("consensus_exact", 5, gamma=1.0)
    np.testing.assert_allclose(path, expected, atol=1e-6)
    field = games.dirac("gan").field(path[-2])
    assert report.penalty == pytest.approx(float(field @ field) / 2, rel=1e-5)


def test_consensus_without_weight_is_the_simultaneous_rule():
    first, _ = follow(dirac_gan(consensus()), 4, gamma=0.0)
    second, _ = follow(dirac_gan(simultaneous()), 4)
    np.testing.assert_allclose(first, second, rtol=1e-6)


@pytest.mark.parametrize("k", [0, 1, 5])
def test_unrolling_descends_the_loss_of_k_steps_later(k):
    """The generator's slope against central differences in float64 NumPy."""
    theta, psi = START

    def slope(t):
        return 1 / (1 + np.exp(t))  # f'(t)

    def ahead(theta):
        later = psi
        for _ in range(k):
            later += RATE * theta * slope(later * theta)
        return -np.logaddexp(0, -later * theta)  # the generator's minimax loss

    h = 1e-5
    numeric = (ahead(theta + h) - ahead(theta - h)) / (2 * h)
    path, _ = follow(dirac_gan(unrolling(k)), 1)
    expected = [theta - RATE * numeric, psi + RATE * theta * slope(psi * theta)]
    np.testing.assert_allclose(path[0], expected, atol=1e-6)


def test_unrolling_steadies_what_the_simultaneous_rule_throws_out():
    def last(update):
        return np.linalg.norm(follow(dirac_gan(update), 60)[0][-1])

    start = np.linalg.norm(START)
    assert last(simultaneous()) > start
    assert last(unrolling(5)) < 0.5 * start


@pytest.mark.parametrize(
    ("update", "hyper"), [(unrolling(3), {}), (consensus(), {"gamma": 0.1})]
)
@pytest.mark.slow
def test_rules_train_real_networks_with_adam(update, hyper):
    gan = GAN(
        models.mlp_generator(2, (8, 8), 2),
        models.mlp_discriminator(2, (8, 8)),
        latent=2,
        optimizer=adam_through,
        update=update,
    )
    state = gan.init(jax.random.key(0), learning_rate=1e-3, **hyper)
    after, reports = run(gan, state, data.batches(data.ring(), 16), 20)
    assert int(after.step) == 20
    assert all(np.isfinite(np.asarray(row)).all() for row in reports)


def test_rules_refuse_what_they_cannot_use():
    with pytest.raises(ValueError, match="penalty=None"):
        dirac_gan(consensus(), penalty=penalties.r1)
    with pytest.raises(ValueError, match="k"):
        unrolling(-1)
    with pytest.raises(ValueError, match="std"):
        noise.noisy(models.mlp_discriminator(2, (8,)), -0.1)


@pytest.mark.parametrize(
    ("optimizer", "refused"),
    [
        (optax.adam, True),
        (partial(optax.adam, b2=0.99), True),
        (partial(optax.adam, eps_root=0.0), True),
        ((optax.adam, optax.sgd), True),
        (adam_through, False),
        (partial(optax.adam, eps_root=1e-12), False),
        ((optax.sgd, optax.adam), False),
        (optax.adam(1e-3), True),
        (optax.adamw(1e-3), True),
        (optax.nadam(1e-3), True),
        (optax.chain(optax.clip_by_global_norm(1.0), optax.adam(1e-3)), True),
        (optax.adam(1e-3, eps_root=1e-16), False),
        (optax.chain(optax.clip_by_global_norm(1.0), optax.sgd(1e-3)), False),
        (optax.rmsprop, False),
        (optax.lion(1e-3), False),
    ],
)
def test_unrolling_refuses_a_step_that_has_no_slope_at_zero(optimizer, refused):
    networks = models.mlp_generator(2, (8,), 2), models.mlp_discriminator(2, (8,))
    settings = {"latent": 2, "update": unrolling(), "optimizer": optimizer}
    if not refused:
        GAN(*networks, **settings)
        return
    with pytest.raises(ValueError, match="adam_through"):
        GAN(*networks, **settings)


def test_alternating_players_keep_their_order():
    """One D step first, then G: the opposite order of the published notebook's."""
    gan = games.dirac("gan")
    path, _ = follow(dirac_gan(alternating()), 1)
    theta, psi = START
    psi = psi + RATE * float(gan.field((theta, psi))[1])
    theta = theta + RATE * float(gan.field((theta, psi))[0])
    np.testing.assert_allclose(path[0], [theta, psi], atol=1e-6)
