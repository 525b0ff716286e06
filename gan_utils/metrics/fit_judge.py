"""How a judge is trained: epochs of shuffled batches, Adam, a rate that falls to 0."""

import time
from collections.abc import Callable
from functools import partial

import jax
import numpy as np
import optax

from gan_utils.data import Images

RATE = 2e-3  # of Adam, at first; it falls to 0 along half a cosine


def fit(
    init: Callable,
    loss: Callable,
    images: Images,
    batch: int,
    epochs: int,
    seed: int,
    notice: Callable,
):
    """Train a judge's network.

    Args:
        init: key -> weights.
        loss: (weights, key, x, y) -> mean loss of a batch.
        images: x and y, as many as a batch or more.
        batch: images an update; an epoch leaves out what does not fill one.
        epochs: how often each image is seen.
        seed: of the starting weights, the order, and whatever the loss draws.
        notice: gets a line an epoch.

    Returns:
        Weights.
    """
    updates = len(images.x) // batch
    optimizer = optax.adam(optax.cosine_decay_schedule(RATE, epochs * updates))
    key, init_key = jax.random.split(jax.random.key(seed))
    weights = init(init_key)
    memory = optimizer.init(weights)
    for epoch in range(epochs):
        begin, losses = time.perf_counter(), []
        order = np.random.default_rng([seed, epoch]).permutation(len(images.x))
        for rows in order[: updates * batch].reshape(updates, batch):
            key, step_key = jax.random.split(key)
            weights, memory, now = _step(
                optimizer,
                loss,
                weights,
                memory,
                step_key,
                images.x[rows],
                images.y[rows],
            )
            losses.append(now)
        seconds = time.perf_counter() - begin
        notice(f"epoch {epoch + 1}: loss {np.mean(losses):.4f}, {seconds:.0f} s")
    return weights


@partial(jax.jit, static_argnums=(0, 1), donate_argnums=(2, 3))
def _step(optimizer, loss, weights, memory, key, x, y):
    """Make one update; called from Python, as XLA's convolutions crawl in a scan."""
    now, slope = jax.value_and_grad(loss)(weights, key, x, y)
    change, memory = optimizer.update(slope, memory, weights)
    return optax.apply_updates(weights, change), memory, now
