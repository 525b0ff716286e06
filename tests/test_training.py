"""The update step and the runner: purity, order of play, ensembles, guards."""

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

from gan_utils import data, losses, penalties
from gan_utils.data.batches import Batch
from gan_utils.data.streams import INSIDE, stream
from gan_utils.engine import fast
from gan_utils.networks import models
from gan_utils.training import (
    GAN,
    alternating,
    checkpoints,
    cosine,
    geometric,
    loop,
    run,
    simultaneous,
    train,
    value_at,
)

RING = data.ring(8, 1.0, 0.05)


def small_gan(**settings) -> GAN:
    settings = {"loss": losses.relativistic, "penalty": penalties.r1_r2} | settings
    return GAN(
        generator=models.mlp_generator(2, (16, 16), 2),
        discriminator=models.mlp_discriminator(2, (16, 16)),
        latent=2,
        **settings,
    )


def plain(leaf) -> np.ndarray:
    if jax.dtypes.issubdtype(leaf.dtype, jax.dtypes.prng_key):
        leaf = jax.random.key_data(leaf)
    return np.asarray(leaf)


def same(a, b) -> bool:
    pairs = zip(jax.tree.leaves(a), jax.tree.leaves(b), strict=True)
    return all(np.array_equal(plain(x), plain(y)) for x, y in pairs)


def close(a, b, **tolerance) -> bool:
    pairs = zip(jax.tree.leaves(a), jax.tree.leaves(b), strict=True)
    return all(np.allclose(plain(x), plain(y), **tolerance) for x, y in pairs)


@pytest.fixture
def start():
    gan = small_gan()
    return gan, gan.init(jax.random.key(0), learning_rate=1e-3, gamma=0.1)


def test_gan_is_compared_by_value_and_hashable():
    assert small_gan() == small_gan()
    assert hash(small_gan()) == hash(small_gan())
    assert small_gan() != small_gan(loss=losses.hinge)


def test_step_is_pure(start):
    gan, state = start
    before = jax.tree.map(jnp.copy, state)
    batch = data.batches(RING, 32).batch(jax.random.key(1), 0)
    step = jax.jit(gan.step)
    first = step(state, batch)
    assert same(first, step(state, batch))
    assert same(state, before)
    assert int(first[0].step) == 1


def test_data_and_fakes_share_a_call_only_where_no_sample_minds_another():
    shape = (8, 8, 1)
    gains = {
        "dense": (small_gan().discriminator, True),
        "minibatch": (models.mlp_discriminator(2, (8,), minibatch_std=True), False),
        "dropout": (models.mlp_discriminator(2, (8,), dropout=0.5), False),
        "convolutional": (models.conv_discriminator(shape, (4, 8)), False),
    }
    for name, (network, expected) in gains.items():
        on_images = name == "convolutional"
        output = shape if on_images else 2
        gan = GAN(models.mlp_generator(2, (8,), output), network, latent=2)
        on_cpu = jax.default_backend() == "cpu"
        assert gan.one_call == (expected or (on_images and not on_cpu)), name


def test_losses_agree_with_numpy_float64(start):
    gan, state = start
    gan = small_gan(penalty=None)
    x = RING.sample(jax.random.key(1), 32)
    d, g, key = state.d.variables, state.g.variables, jax.random.key(2)
    got = gan.losses(d, g, x, key)
    z = gan.latent.sample(jax.random.split(key)[0], 32)
    fake = models.apply(gan.generator, g, z)[0]
    real_logits, fake_logits = (
        np.asarray(models.apply(gan.discriminator, d, v)[0], "float64")
        for v in (x, fake)
    )
    expected = np.logaddexp(0, -(real_logits - fake_logits)).mean()
    np.testing.assert_allclose(got.discriminator, expected, rtol=1e-5)
    expected = np.logaddexp(0, real_logits - fake_logits).mean()
    np.testing.assert_allclose(got.generator, expected, rtol=1e-5)


@pytest.mark.parametrize("rule", [alternating(), simultaneous()])
def test_each_player_descends_its_own_loss_only(rule):
    gan = small_gan(update=rule, optimizer=optax.sgd)
    state = gan.init(
        jax.random.key(0), d_learning_rate=0.05, g_learning_rate=0.03, gamma=0.1
    )
    batch = data.batches(RING, 32).batch(jax.random.key(1), 0)
    after, report = jax.jit(gan.step)(state, batch)
    keys = jax.random.split(stream(state.key, 0, INSIDE), rule.moves)
    z = gan.latents(state.key, 0, 32)
    d, g = state.d.variables, state.g.variables

    def d_loss(p):
        d_now = d._replace(params=p)
        seen = gan.compare(d_now, g, batch.x[0], keys[0], 0.1, z=z[0])
        return seen.losses.discriminator

    d_grad = jax.grad(d_loss)(d.params)
    new_d = jax.tree.map(lambda p, u: p - 0.05 * u, d.params, d_grad)
    assert close(after.d.variables.params, new_d, rtol=1e-5, atol=1e-6)
    opponent = d if rule == simultaneous() else d._replace(params=new_d)

    def g_loss(p):
        g_now = g._replace(params=p)
        seen = gan.compare(opponent, g_now, batch.x[0], keys[-1], z=z[-1])
        return seen.losses.generator

    g_grad = jax.grad(g_loss)(g.params)
    new_g = jax.tree.map(lambda p, u: p - 0.03 * u, g.params, g_grad)
    assert close(after.g.variables.params, new_g, rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(report.d_loss, d_loss(d.params), rtol=1e-5)
    np.testing.assert_allclose(report.g_loss, g_loss(g.params), rtol=1e-5)


def test_zero_steps_leave_a_player_alone():
    batch = data.batches(RING, 32, draws=3).batch(jax.random.key(1), 0)
    for d_steps, g_steps in ((3, 0), (0, 2), (0, 0)):
        gan = small_gan(update=alternating(d_steps, g_steps))
        state = gan.init(jax.random.key(0), learning_rate=1e-3)
        after, report = jax.jit(gan.step)(state, batch)
        moved_d = not same(state.d.variables.params, after.d.variables.params)
        moved_g = not same(state.g.variables.params, after.g.variables.params)
        assert (moved_d, moved_g) == (d_steps > 0, g_steps > 0)
        assert report.d_loss > 0 and report.g_loss > 0


def test_two_d_steps_use_two_draws():
    gan = small_gan(update=alternating(2, 1))
    state = gan.init(jax.random.key(0), learning_rate=1e-2)
    x = data.batches(RING, 32, draws=2).batch(jax.random.key(1), 0).x
    other = x.at[1].set(x[0])
    step = jax.jit(gan.step)
    assert not same(step(state, x)[0].d, step(state, other)[0].d)


def test_ema_follows_its_definition(start):
    gan, state = start
    batch = data.batches(RING, 32).batch(jax.random.key(1), 0)
    step = jax.jit(gan.step)
    after, _ = step(state, batch)
    decay = min(0.999, 1 / 10)
    expected = jax.tree.map(
        lambda a, p: decay * a + (1 - decay) * p, state.ema, after.g.variables.params
    )
    assert close(after.ema, expected, rtol=1e-6)
    none = state._replace(hyper=state.hyper._replace(ema_decay=jnp.float32(0)))
    after, _ = step(none, batch)
    assert same(after.ema, after.g.variables.params)


def test_cosine_schedule():
    schedule = jax.tree.map(jnp.float32, cosine(1.0, 0.2, 100))
    values = [float(value_at(schedule, jnp.int32(s))) for s in (0, 50, 100, 500)]
    np.testing.assert_allclose(values, [1.0, 0.6, 0.2, 0.2], rtol=1e-5)


def test_geometric_schedule():
    schedule = jax.tree.map(jnp.float32, geometric(1.0, 1e-4, 100))
    values = [float(value_at(schedule, jnp.int32(s))) for s in (0, 25, 50, 100, 500)]
    np.testing.assert_allclose(values, [1.0, 0.1, 0.01, 1e-4, 1e-4], rtol=1e-5)
    with pytest.raises(ValueError, match="end"):
        geometric(1.0, 0.0, 100)


def test_changing_a_number_does_not_recompile(start):
    gan, state = start
    source = data.batches(RING, 32)
    run(gan, state, source, 3)
    loop = fast.loop(state, source)
    size = loop._cache_size()
    hyper = state.hyper._replace(d_learning_rate=jnp.float32(0.5))
    run(gan, state._replace(hyper=hyper), source, 7)
    assert loop._cache_size() == size


@pytest.mark.parametrize("wrap", [lambda f: f, jax.jit])
def test_a_member_starts_as_a_run_of_its_own(wrap):
    gan = small_gan()
    keys = jax.random.split(jax.random.key(5), 3)
    states = wrap(lambda keys: gan.init_ensemble(keys, learning_rate=1e-3))(keys)
    alone = gan.init(keys[1], learning_rate=1e-3)
    assert close(jax.tree.map(lambda leaf: leaf[1], states), alone, rtol=1e-6)


def test_ensemble_agrees_with_its_members(start):
    gan, _ = start
    source = data.batches(RING, 64)
    keys = jax.random.split(jax.random.key(5), 3)
    gammas = jnp.array([0.0, 0.1, 1.0])
    states = gan.init_ensemble(keys, learning_rate=1e-3, gamma=gammas)
    after, history = train(gan, states, source, 20, progress=False)
    assert history.d_loss.shape == (20, 3)
    assert gan.sample(after, jax.random.key(0), 5).shape == (3, 5, 2)
    assert gan.logits(after, RING.sample(jax.random.key(0), 4)).shape == (3, 4)
    for i, (key, gamma) in enumerate(zip(keys, gammas, strict=True)):
        alone = gan.init(key, learning_rate=1e-3, gamma=gamma)
        alone, _ = train(gan, alone, source, 20, progress=False)
        member = jax.tree.map(lambda x, i=i: x[i], after)
        assert close(alone.g.variables, member.g.variables, rtol=1e-3, atol=1e-4)


def test_clipped_critic_stays_clipped():
    gan = small_gan(
        loss=losses.wasserstein, penalty=None, project=penalties.clip_weights
    )
    state = gan.init(jax.random.key(0), learning_rate=0.1, clip=0.05)
    state, _ = train(gan, state, RING, 10, batch_size=32, progress=False)
    largest = max(jnp.abs(w).max() for w in jax.tree.leaves(state.d.variables.params))
    assert largest <= 0.05


@pytest.mark.parametrize("which", ["discriminator", "generator"])
def test_guard_names_the_network_and_keeps_the_last_good_state(which):
    gan = small_gan(penalty=None, loss=losses.nonsaturating, optimizer=optax.sgd)
    rate = {f"{which[0]}_learning_rate": 1e25}
    state = gan.init(jax.random.key(0), learning_rate=1e-3, **rate)
    with pytest.warns(RuntimeWarning, match=f"step .*{which} diverged"):
        after, history = train(gan, state, RING, 50, batch_size=32, progress=False)
    assert which in history.stopped
    assert len(history) < 50 and int(after.step) == len(history)
    assert all(np.isfinite(plain(x)).all() for x in jax.tree.leaves(after.d.variables))
    assert all(np.isfinite(plain(x)).all() for x in jax.tree.leaves(after.g.variables))


def test_short_ways_between_frames_teach_nothing_about_long_ones(start, monkeypatch):
    gan, state = start
    asked, stop = [], loop._Run.next_stop
    monkeypatch.setattr(loop.time, "perf_counter", lambda: 0.0)
    monkeypatch.setattr(
        loop._Run, "next_stop", lambda run, n: asked.append(n) or stop(run, n)
    )
    settings = {"on_frame": lambda *_: None, "frame_every": 20, "progress": False}
    train(gan, state, RING, 200, batch_size=8, **settings)
    assert asked == [16] + [32] * 10


def test_interrupt_keeps_what_was_done(start):
    gan, state = start

    def interrupt(state, history):
        if int(state.step) == 20:
            raise KeyboardInterrupt

    with pytest.warns(RuntimeWarning, match="interrupted after 20 steps"):
        after, history = train(
            gan, state, RING, 50, on_frame=interrupt, frame_every=10, progress=False
        )
    assert int(after.step) == 20 == len(history)
    assert "interrupted after 20" in history.stopped


@pytest.mark.parametrize("shape", [(8, 2), (1, 8, 2), (3, 8, 2)])
def test_latents_for_other_moves_are_refused(start, shape):
    gan, state = start
    batch = Batch(RING.sample(jax.random.key(0), 8)[None], None, jnp.zeros(shape))
    with pytest.raises(ValueError, match=r"z is .*; expected shape \(2, B, size\)"):
        gan.step(state, batch)


def test_an_error_in_a_frame_loses_no_update(start, tmp_path):
    gan, state = start

    def broken(state, history):
        if int(state.step) == 20:
            raise KeyError("somebody's own")

    settings = {"on_frame": broken, "frame_every": 10, "checkpoint_dir": tmp_path}
    with pytest.raises(KeyError, match="somebody's own"):
        train(gan, state, RING, 50, progress=False, **settings)
    assert checkpoints.steps(tmp_path) == [20]
    after, history = train(
        gan, state, RING, 20, progress=False, checkpoint_dir=tmp_path, resume=True
    )
    assert int(after.step) == 20 == len(history)


@pytest.mark.parametrize("name", ["fast", "plain"])
def test_without_jit_an_update_is_the_same(name, monkeypatch):
    monkeypatch.setenv("GAN_UTILS_ENGINE", name)
    gan = small_gan(optimizer=optax.sgd)  # Adam's first step is a sign
    state = gan.init(jax.random.key(0), learning_rate=0.1, gamma=0.1)
    batch = RING.sample(jax.random.key(0), 8)
    compiled, _ = gan.step(state, batch)
    with jax.disable_jit():
        by_hand, report = gan.step(state, batch)
        after, history = train(gan, state, RING, 2, batch_size=8, progress=False)
    assert close(by_hand, compiled, rtol=1e-5, atol=1e-6)
    assert np.isfinite(report.d_loss) and np.isfinite(history.d_loss).all()
    assert int(after.step) == 2


def test_convolutional_pair_with_statistics_trains_and_is_dispatched():
    gan = GAN(
        generator=models.conv_generator(8, (8, 4), batch_norm=True),
        discriminator=models.conv_discriminator((28, 28, 1), (4, 8), dropout=0.3),
        latent=8,
    )
    assert gan.convolves == (jax.default_backend() == "cpu")
    images = data.mnist_sample()
    state = gan.init(jax.random.key(0))
    after, history = train(gan, state, (images.x, None), 3, 16, progress=False)
    assert np.isfinite(history.g_loss).all()
    assert not same(state.g.variables.rest, after.g.variables.rest)
    samples = gan.sample(after, jax.random.key(0), 4)
    assert samples.shape == (4, 28, 28, 1)
    assert jnp.abs(samples).max() <= 1
