"""How good is the choice made by measurement? Whole updates in every form."""

from typing import NamedTuple

import jax
import numpy as np

from benchmarks import timing
from benchmarks.peers import ours
from benchmarks.spec import SPECS
from gan_utils import data, losses, penalties
from gan_utils.engine import measured, run
from gan_utils.networks import models
from gan_utils.training import GAN


class Net(NamedTuple):
    """Networks that are no case of a comparison; images have a side, points none."""

    units: tuple[int, ...]  # of D, or its channels; G has the same the other way round
    batch: int
    side: int = 0
    channels: int = 1
    members: int = 0
    penalty: bool = False


NETS = {
    "16 px, narrow": Net((8, 16), 64, 16),
    "16 px, large batch": Net((16, 32), 512, 16),
    "16 px, wide": Net((256, 512), 16, 16, 3),
    "32 px, colour": Net((32, 64), 64, 32, 3),
    "32 px, deep, R1": Net((64, 128, 256), 32, 32, 3, penalty=True),
    "64 px, colour": Net((16, 32, 64), 32, 64, 3),
    "dense, 16 rows": Net((128, 128), 16),
    "dense, 512 rows": Net((64, 64), 512),
    "dense, wide": Net((512, 512), 256),
    "dense, R1": Net((96, 96, 96), 200, penalty=True),
    "dense, 8 members": Net((128, 128), 256, members=8),
    "dense, 64 members": Net((8, 8), 150, members=64),
}


class Side:
    """Updates of one network, in one form."""

    def __init__(self, gan, source, state, forms: dict[str, str]):
        self.gan, self.source, self.state = gan, source, state
        self.record = {"machine": measured.machine(), "forms": forms}

    def run(self, steps: int) -> None:
        """Make updates and wait for them."""
        measured.adopt(self.record)
        self.state, _ = run(self.gan, self.state, self.source, steps)
        jax.block_until_ready(self.state)


def measure(rounds: int, peers: list[str]) -> list[dict]:
    """Time every network in every form; `ours` is the chosen one's share of the best.

    Args:
        rounds: how often each form is timed.
        peers: not used; others have no choice of ours.
    """
    cases = {name: _of_case(spec) for name, spec in SPECS.items() if not spec.gpu}
    cases |= {name: _of_net(net) for name, net in NETS.items()}
    return [_one(name, *case, rounds) for name, case in cases.items()]


def _of_case(spec):
    gan, x = ours.gan_of(spec), _load(spec)
    return gan, data.batches(x, spec.batch, gan.update.draws), ours.state_of(spec, gan)


def _load(spec):
    from benchmarks import data as sets

    return sets.load(spec.data, spec.convolutional)


def _of_net(net: Net):
    shape = (net.side, net.side, net.channels) if net.side else (2,)
    back = net.units[::-1]
    if net.side:
        g = models.conv_generator(64, back, shape)
        d = models.conv_discriminator(shape, net.units)
    else:
        g = models.mlp_generator(2, back, shape)
        d = models.mlp_discriminator(shape, net.units)
    gan = GAN(
        g,
        d,
        64 if net.side else 2,
        loss=losses.nonsaturating,
        penalty=penalties.r1 if net.penalty else None,
    )
    x = np.random.default_rng(0).uniform(-1, 1, (1024, *shape)).astype("float32")
    key = jax.random.key(0)
    keys = jax.random.split(key, max(net.members, 1))
    state = gan.init_ensemble(keys) if net.members else gan.init(key)
    return gan, data.batches(x, net.batch), state


def _one(name, gan, source, state, rounds) -> dict:
    measured.forget()
    run(gan, state, source, 1)
    chosen = measured.record()["forms"]
    kept = measured.known()
    (question,) = chosen or [""]
    forms = [chosen[question], *kept[question].seconds] if question in kept else [""]
    sides = {f: Side(gan, source, state, {question: f} if f else {}) for f in forms}
    times = timing.interleaved(sides, rounds)
    seconds = {form: min(timed.seconds) for form, timed in times.items()}
    found = {"form": forms[0], "seconds": kept[question].seconds} if forms[0] else {}
    return {
        "case": f"choice {name}",
        "unit": "of the best form's time",
        "ours": seconds[forms[0]] / min(seconds.values()),
        "variants": seconds,
        "choices": {question: found} if found else {},
    }
