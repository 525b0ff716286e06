"""A phase diagram of 16 x 16 settings, in one call: python -m benchmarks.phase.

Simultaneous GANs with R1 on the ring of eight clouds: 16 ratios of the players'
learning rates by 16 weights of the penalty, 2,000 updates each, two hidden layers of 64
and batches of 128. Prints the seconds and keeps the scores of every setting.
"""

import argparse
import json
import time
from pathlib import Path

import jax
import numpy as np

from benchmarks import report
from gan_utils import data, penalties
from gan_utils.networks import models
from gan_utils.training import GAN, simultaneous, sweep

SIDE, STEPS, BATCH = 16, 2000, 128
SCORES = ("modes", "high_quality", "reverse_kl")


def measure(side: int = SIDE, steps: int = STEPS) -> dict:
    """Train side x side settings, once each, and time it, compiling included.

    Args:
        side: values on each axis.
        steps: updates of each run.
    """
    gan = GAN(
        models.mlp_generator(2, (64, 64), 2),
        models.mlp_discriminator(2, (64, 64)),
        latent=2,
        penalty=penalties.r1,
        update=simultaneous(),
    )
    axes = {
        "ratio": np.geomspace(0.25, 16, side),
        "gamma": np.geomspace(1e-3, 10, side),
    }
    began = time.perf_counter()
    found = sweep(
        gan,
        jax.random.split(jax.random.key(0), 1),
        data.ring(),
        steps,
        batch_size=BATCH,
        every=steps,
        learning_rate=1e-3,
        beta1=0.0,
        beta2=0.99,
        ema_decay=0.99,
        **axes,
    )
    seconds = time.perf_counter() - began
    return {
        "case": f"phase diagram, {side} x {side} settings, {steps:,} updates each",
        "unit": "s",
        "ours": seconds,
        "goal": 300,
        "axes": {name: values.tolist() for name, values in axes.items()},
        "scores": {
            name: np.round(found.last(name)[..., 0], 4).tolist() for name in SCORES
        },
        **report.surroundings(),
    }


def main(arguments=None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.phase", description=__doc__
    )
    parser.add_argument("--side", type=int, default=SIDE)
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--json", type=Path, help="write the numbers here")
    options = parser.parse_args(arguments)
    found = measure(options.side, options.steps)
    print(f"{found['case']}: {found['ours']:.0f} s (goal {found['goal']} s or less)")
    if options.json:
        options.json.write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
