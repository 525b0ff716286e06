"""Find the faces' sliders: `python -m gan_utils.explorers.make_sliders`.

It writes `face_sliders.npz`, the directions of those that work, and
`face_sliders.json`, what each that was tried does. A minute on two cores.
"""

import argparse
from functools import partial
from pathlib import Path

import jax
import numpy as np

from gan_utils import shipped
from gan_utils.explorers import directions, face_generator
from gan_utils.explorers.face_sliders import DIRECTIONS, TABLE
from gan_utils.explorers.slider_list import TRIED
from gan_utils.metrics.face_classifier import activations
from gan_utils.metrics.face_judge import faces_judge
from gan_utils.whole_files import write_json

CHUNK = 2000
SEEDS = 1, 2  # of the faces that the regression sees, and of those that it is tried on


def main(words: list[str] | None = None) -> None:
    """Regress, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path(__file__).parent)
    parser.add_argument("--faces", type=int, default=40_000)
    parser.add_argument("--tested", type=int, default=1000)
    options = parser.parse_args(words)
    code, look = seen(options.faces, SEEDS[0])
    found = directions.regressed(code, look(code))
    tests, _ = seen(options.tested, SEEDS[1])

    def labels(code):
        return np.stack([each.argmax(axis=1) for each in look(code)], axis=1)

    effects = [
        directions.effect(ends, direction, tests, labels)
        for ends, direction in zip(TRIED, found, strict=True)
    ]
    kept = [k for k, each in enumerate(effects) if each.works]
    for ends, each in zip(TRIED, effects, strict=True):
        print(f"{ends.label:12s} {'shown' if each.works else '-':6s}", each)
    named = {"directions": found[kept].astype("float16")}
    table = {
        "command": f"python -m {__spec__.name}",
        "faces": options.faces,
        "tested": options.tested,
        "sha256": shipped.write(options.out / DIRECTIONS, named),
        "tried": [
            ends._asdict() | {"works": each.works} | each._asdict()
            for ends, each in zip(TRIED, effects, strict=True)
        ],
    }
    write_json(options.out / TABLE, table)


def seen(n: int, seed: int):
    """Generate n faces: their hidden layer (n, 128), and the judge's eye on such."""
    generator = face_generator.faces_generator()
    network, variables = generator.network, generator.variables
    weights = faces_judge().weights

    @jax.jit
    def logits(code):
        x = face_generator.images(network, variables, code)
        return activations(weights, x).logits[:-1]

    def look(code):
        parts = [logits(code[i : i + CHUNK]) for i in range(0, len(code), CHUNK)]
        return [np.concatenate(each) for each in zip(*parts, strict=True)]

    encode = jax.jit(partial(face_generator.codes, network))
    z = face_generator.latents(seed, n)
    return np.asarray(encode(variables, z)), look


if __name__ == "__main__":
    main()
