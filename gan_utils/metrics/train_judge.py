"""Train the judge of digits on MNIST, test it, and write its weights.

In the repository, about 26 s an epoch on two cores that have nothing else to do:

    python -m gan_utils.metrics.train_judge --out gan_utils/metrics

This finds MNIST as `data.mnist` does, writes `judge_weights.npz` and, beside it,
`judge_weights.json`, which says where they come from and what was measured. It prints
the hash that belongs into `judge_weights.py`. On one machine and one set of versions,
the same seed gives the same bytes; elsewhere, a judge of the same quality.
"""

import argparse
import json
import sys
import time
from pathlib import Path

import jax
import jax.numpy as jnp
import optax

from gan_utils import data, validate
from gan_utils.metrics import judge_provenance, judge_weights, outliers
from gan_utils.metrics.digit_classifier import DIGITS, NO_DIGIT, activations, init
from gan_utils.metrics.fit_judge import fit

BATCH = 120  # digits an update
NO_DIGITS = 48  # other images an update, a multiple of the number of their kinds
SHIFT = 2  # pixels that a digit moves at most, in each direction


def train(images: data.Images, epochs: int, seed: int = 0, notice=print):
    """Train on digits that move a little, and on images that are no digits.

    Args:
        images: digits (N, 28, 28, 1) in [-1, 1] with labels, N of 120 or more.
        epochs: how often each digit is seen.
        seed: of the starting weights, the order, the shifts and the other images.
        notice: gets a line an epoch.

    Returns:
        Weights.
    """
    validate.images(images.x, "images.x", channels=1)
    y = validate.labels(images.y, DIGITS, images.x.shape[:1], "images.y")
    images = data.Images(images.x, y)
    return fit(init, batch_loss, images, BATCH, epochs, seed, notice)


def batch_loss(weights, key, x, y):
    """Compute the mean cross-entropy of digits and of images that are none."""
    shift_key, other_key = jax.random.split(key)
    x = shift(shift_key, x)  # first, so that a place in the frame gives nothing away
    x = jnp.concatenate([x, outliers.mixture(other_key, x[:NO_DIGITS])])
    y = jnp.concatenate([y, jnp.full(NO_DIGITS, NO_DIGIT, y.dtype)])
    logits = activations(weights, x).logits
    return optax.softmax_cross_entropy_with_integer_labels(logits, y).mean()


def shift(key: jax.Array, x: jax.Array) -> jax.Array:
    """Move each image by up to SHIFT pixels down and across; black moves in."""
    margin = ((SHIFT, SHIFT), (SHIFT, SHIFT), (0, 0))
    corners = jax.random.randint(key, (len(x), 2), 0, 2 * SHIFT + 1)

    def cut(image, corner):
        padded = jnp.pad(image, margin, constant_values=-1)
        return jax.lax.dynamic_slice(padded, (*corner, 0), image.shape)

    return jax.vmap(cut)(x, corners)


def main(words: list[str] | None = None) -> None:
    """Train, write both files, and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path(), help="folder to write to")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(words)
    begin = time.perf_counter()
    digits = data.mnist(split="train", download="required")
    weights = train(digits, options.epochs, options.seed)
    seconds = round(time.perf_counter() - begin)
    path = options.out / judge_weights.FILE
    sha256 = judge_weights.save(weights, path)
    test = data.mnist(split="test", download="required")
    recipe = {
        "command": f"python -m gan_utils.metrics.train_judge --seed {options.seed} "
        f"--epochs {options.epochs} --out gan_utils/metrics",
        "seconds": seconds,
    }
    report = recipe | judge_provenance.describe(path, sha256, digits, test)
    text = json.dumps(report, indent=2)
    path.with_suffix(".json").write_text(text + "\n")
    print(f'{text}\nSHA256 = "{sha256}"')


if __name__ == "__main__":
    sys.exit(main())
