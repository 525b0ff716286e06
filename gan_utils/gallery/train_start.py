"""Make what the course ships: `python -m gan_utils.gallery.train_start`.

A reader who opens notebook 07 first has no generator of their own; this one stands in.
It is trained by the recipe of notebook 00, for longer.
"""

import argparse
import hashlib
import sys
from pathlib import Path

import jax
import numpy as np

from gan_utils import data
from gan_utils.gallery import folder, hanging, scores
from gan_utils.metrics import faces_report
from gan_utils.training import train
from gan_utils.training.recipes import faces32

FACES = 20_000


def main(words: list[str] | None = None) -> None:
    """Train from one seed, write `start.npz`, print its score and its hash."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path(__file__).parent)
    parser.add_argument("--steps", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(words)
    recipe = faces32(options.steps)
    people = data.faces(32).pixels(jax.random.key(options.seed), FACES)
    state = recipe.init(jax.random.key(options.seed))
    state, _ = train(recipe.gan, state, people, recipe.steps, recipe.batch_size)
    halves = {k: np.asarray(v, "float16") for k, v in hanging.named(state).items()}
    state = hanging.filled(state, halves)  # scored as it is shipped
    x = recipe.gan.sample(state, jax.random.key(hanging.SAMPLE_KEY), scores.SAMPLES)
    score = scores.score(faces_report(x), "course", options.steps)
    averaged = {k: v for k, v in halves.items() if not k.startswith("g.")}
    folder.write_best(options.out, averaged, score, hanging.SHIPPED)
    sha256 = hashlib.sha256((options.out / hanging.SHIPPED).read_bytes()).hexdigest()
    print(f'{score}\nSHA256 = "{sha256}"')


if __name__ == "__main__":
    sys.exit(main())
