"""Train the judge of faces: `python -m gan_utils.metrics.train_face_judge --out DIR`.

The faces it learns from are drawn, so nothing is downloaded. Each is seen with noise of
a random strength, as a generator's pictures are not clean either.
"""

import argparse
import json
import sys
import time
from functools import partial
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import optax

from gan_utils import data
from gan_utils.data.face_attributes import NAMES
from gan_utils.metrics import (
    face_judge,
    face_outliers,
    judge_provenance,
    judge_weights,
    outliers,
)
from gan_utils.metrics.face_classifier import activations, init
from gan_utils.metrics.fit_judge import fit

FACES = 60_000
BATCH = 128  # faces an update
NO_FACES = 32  # other images an update, a multiple of the number of their kinds
NOISE = 0.15  # largest standard deviation of the noise
TEST = 10_000  # faces that it is tested with


def train(faces: data.Images, epochs: int, seed: int = 0, notice=print):
    """Train on noisy faces and on images that are none.

    Args:
        faces: x (N, 32, 32, 3) in [-1, 1] with labels (N, 12), N of 128 or more.
        epochs: how often each face is seen.
        seed: of the starting weights, the order, the noise and the other images.
        notice: gets a line an epoch.

    Returns:
        Weights.
    """
    return fit(init, batch_loss, faces, BATCH, epochs, seed, notice)


def batch_loss(weights, key, x, y):
    """Add the cross-entropies of the attributes and of "is it a face?"."""
    noise_key, strength_key, other_key = jax.random.split(key, 3)
    others = outliers.mixture(other_key, x[:NO_FACES], face_outliers.LEARNED)
    strength = jax.random.uniform(strength_key, (len(x), 1, 1, 1), maxval=NOISE)
    x = (x + strength * jax.random.normal(noise_key, x.shape)).clip(-1, 1)
    logits = activations(weights, jnp.concatenate([x, others])).logits
    entropy = optax.softmax_cross_entropy_with_integer_labels
    *attributes, face = logits
    names = zip(attributes, y.T, strict=True)
    read = sum(entropy(head[: len(x)], labels).mean() for head, labels in names)
    is_face = jnp.arange(len(face)) < len(x)
    return read + entropy(face, is_face.astype(int)).mean()


def describe(judge: face_judge.FaceJudge, test: data.Images) -> dict:
    """Measure how often the judge is right on faces, and what else passes for one."""
    look = judge.look(test.x)
    right = look.labels == np.asarray(test.y)
    key, x = jax.random.key(1), jnp.asarray(test.x[:2000])
    kinds = {"learned": face_outliers.KINDS, "unseen": face_outliers.UNSEEN}
    clear = look.clear()
    return {
        "faces": len(test.x),
        "accuracy": {
            n: judge_provenance.rounded(r)
            for n, r in zip(NAMES, right.mean(0), strict=True)
        },
        "clear": judge_provenance.rounded(clear.mean()),
        "right_where_clear": judge_provenance.rounded(right[clear].mean()),
        "no_faces_clear": {
            group: {
                name: judge_provenance.rounded(judge.look(kind(key, x)).clear().mean())
                for name, kind in kinds[group].items()
            }
            for group in kinds
        },
    }


def main(words: list[str] | None = None) -> None:
    """Train, write both files, and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path(), help="folder to write to")
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--faces", type=int, default=FACES)
    options = parser.parse_args(words)
    begin = time.perf_counter()
    drawn = data.faces(32).labelled(jax.random.key(options.seed), options.faces)
    drawn = data.Images(*map(np.asarray, drawn))
    weights = train(drawn, options.epochs, options.seed, partial(print, flush=True))
    seconds = round(time.perf_counter() - begin)
    path = options.out / face_judge.FILE
    sha256 = judge_weights.save(weights, path)
    test = data.faces(32).labelled(jax.random.key(options.seed + 1), TEST)
    judge = face_judge.FaceJudge(judge_weights.load(path, sha256))
    report = {
        "command": f"python -m gan_utils.metrics.train_face_judge --seed "
        f"{options.seed} --epochs {options.epochs} --out gan_utils/metrics",
        "seconds": seconds,
    }
    report |= judge_provenance.origin(path, sha256) | {"test": describe(judge, test)}
    text = json.dumps(report, indent=2)
    path.with_suffix(".json").write_text(text + "\n")
    print(f'{text}\nSHA256 = "{sha256}"')


if __name__ == "__main__":
    sys.exit(main())
