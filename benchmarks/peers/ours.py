"""gan_utils: the runner that `train` and the notebooks use."""

import jax
import jax.numpy as jnp
import numpy as np
import optax

from benchmarks.peers.side import Start
from benchmarks.spec import Spec
from gan_utils import losses, penalties
from gan_utils.data import batches
from gan_utils.engine import run
from gan_utils.networks import models
from gan_utils.training import GAN, alternating, simultaneous

PENALTIES = {"none": None, "r1": penalties.r1, "r1_r2": penalties.r1_r2}


def gan_of(spec: Spec) -> GAN:
    """Build the structure of a case."""
    shape = spec.sample_shape
    if spec.convolutional:
        generator = models.conv_generator(spec.latent, spec.hidden_g, shape)
        discriminator = models.conv_discriminator(shape, spec.hidden_d)
    else:
        output = jnp.tanh if spec.data == "digits" else None
        generator = models.mlp_generator(
            spec.latent, spec.hidden_g, shape, output=output
        )
        discriminator = models.mlp_discriminator(shape, spec.hidden_d)
    return GAN(
        generator,
        discriminator,
        latent=spec.latent,
        loss=getattr(losses, spec.loss),
        penalty=PENALTIES[spec.penalty],
        update=rule_of(spec),
        optimizer=optax.adam if spec.betas else optax.sgd,
        compute_dtype=spec.dtype,
    )


def rule_of(spec: Spec):
    """Choose the rule of play."""
    return simultaneous() if spec.simultaneous else alternating(spec.d_steps)


def state_of(spec: Spec, gan: GAN, members: int = 0):
    """Make the state that a run of a case starts from."""
    beta1, beta2 = spec.betas or (0.0, 0.0)
    hyper = dict(learning_rate=spec.rate, beta1=beta1, beta2=beta2, gamma=spec.gamma)
    key = jax.random.key(0)
    if members:
        return gan.init_ensemble(jax.random.split(key, members), **hyper)
    return gan.init(key, **hyper)


class Ours:
    """The compiled runner, scanning or dispatching as it sees fit."""

    def __init__(self, spec: Spec, data, members: int = 0):
        self.gan = gan_of(spec)
        self.source = batches(data, spec.batch, self.gan.update.draws)
        self.state = self.first = state_of(spec, self.gan, members)

    def run(self, steps):
        self.state, _ = run(self.gan, self.state, self.source, steps)
        jax.block_until_ready(self.state)

    def losses(self, start):
        steps = len(start.x)
        _, reports = run(self.gan, self.first, self.source, steps)
        pairs = zip(reports.d_loss, reports.g_loss, strict=True)
        return [(float(d), float(g)) for d, g in pairs]

    def start(self, steps: int) -> Start:
        """Write down the weights and what the first updates draw."""
        xs, zs = [], []
        moves = self.gan.update.moves
        for step in range(steps):
            batch = self.source.batch(self.first.key, step)
            z = self.gan.latents(self.first.key, step, self.source.batch_size)
            # In a simultaneous update both players meet the same latents.
            z = z if moves > 1 else jnp.concatenate([z] * 2)
            xs.append(np.asarray(batch.x))
            zs.append(np.asarray(z))
        state = self.first
        return Start(
            _layers(state.g.variables.params),
            _layers(state.d.variables.params),
            np.stack(xs),
            np.stack(zs),
        )


def _layers(params):
    """List (kernel, bias) of every layer, first to last."""
    layers = {}
    for path, leaf in jax.tree_util.tree_flatten_with_path(params)[0]:
        names = [str(getattr(p, "key", getattr(p, "name", p))) for p in path]
        kind = "bias" if any("bias" in n for n in names) else "kernel"
        layer = names[0].strip(".'[]")
        layers.setdefault(layer, {})[kind] = np.asarray(leaf)
    order = sorted(layers, key=_rank)
    return [(layers[name]["kernel"], layers[name]["bias"]) for name in order]


def _rank(name: str):
    digits = "".join(c for c in name if c.isdigit())
    return name == "last", name.startswith("up"), int(digits or 0)


def variants(spec: Spec) -> tuple[str, ...]:
    """Name our variants; there is one only."""
    return ("",)


def make(spec: Spec, start: Start, data, variant: str) -> Ours:
    """Build our side; it draws its own start, as `start` did."""
    return Ours(spec, data)
