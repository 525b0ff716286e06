"""One row of a table from training runs: many seeds in one call, resumable."""

import json
import os
from functools import partial
from pathlib import Path
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from gan_utils import metrics
from gan_utils.data import mixture
from gan_utils.training import train
from gan_utils.training.recipes import Recipe

SEEDS = 16
SAMPLES = 2500  # as in the published tables


class Method(NamedTuple):
    """A row to be measured."""

    name: str
    recipe: Recipe
    published: str
    label: str
    unit: bool = True  # data scaled to unit size


def unit_size(distribution, key, n: int = 10_000):
    """Scale a mixture by the spread of n draws; the modes' places are not used."""
    scale = 1 / distribution.sample(key, n).std()
    return mixture(
        distribution.modes * scale, distribution.std * scale, distribution.weights
    )


def measure(method: Method, distribution, work: Path, seeds: int = SEEDS) -> dict:
    """Train every seed of a method in one call and score it.

    Args:
        method: what to train.
        distribution: data at the papers' scale.
        work: folder; a finished row is read, an unfinished run goes on.
        seeds: runs.

    Returns:
        The row of the JSON list.
    """
    folder = folder_of(work, method.name)
    about = [method.recipe.gan.describe(), str(method.recipe[1:]), seeds]

    def score() -> dict:
        data = distribution
        if method.unit:
            data = unit_size(distribution, jax.random.key(1))
        keys = jax.random.split(jax.random.key(0), seeds)
        start = method.recipe.init_ensemble(keys)
        state = trained(method.recipe, start, data, folder)
        return scores(method.recipe.gan, state, data) | {
            "method": method.name,
            "seeds": seeds,
            "steps": state.updates,
        }

    row = kept(folder / "row.json", about, score)
    row["all_modes"] = with_all_modes(row, len(distribution.modes))
    return row | {"published": method.published, "label": method.label}


def folder_of(work: Path, name: str) -> Path:
    """Name the folder of a method."""
    return work / name.replace(" ", "_").replace("/", "_")


def trained(recipe: Recipe, state, source, folder: Path):
    """Train a state to the recipe's end, or go on where an earlier call was cut off."""
    state, history = train(
        recipe.gan,
        state,
        source,
        recipe.steps,
        recipe.batch_size,
        checkpoint_dir=folder.absolute() / "checkpoints",
        checkpoint_every=max(1, recipe.steps // 10),
        resume=True,
        divergence=float("inf"),
    )
    if history.stopped and "interrupted" in history.stopped:
        raise KeyboardInterrupt
    return state


def kept(path: Path, about, measured) -> dict:
    """Read a finished row, or measure it and keep it.

    Args:
        path: the row's file.
        about: what the row depends on; a file that tells of something else is refused.
        measured: called without arguments when there is no row yet.
    """
    about = json.dumps(about)
    row = _read(path, about)
    if row is None:
        row = measured()
        _write(path, {"about": about, "row": row})
    return row


def each_seed(folder: Path, about: list, seeds: int, score) -> dict:
    """Score one run after the other, each kept as it is done.

    Args:
        folder: of the method.
        about: what a run depends on besides its seed.
        seeds: runs.
        score: (seed, folder of the run) -> its numbers by name.

    Returns:
        Name -> the numbers of all seeds.
    """
    found = [
        kept(
            folder / f"{seed}.json",
            [*about, seed],
            partial(score, seed, folder / str(seed)),
        )
        for seed in range(seeds)
    ]
    return {name: [one[name] for one in found] for name in found[0]}


def scores(gan, state, data) -> dict:
    """Score every member on samples of its own.

    Returns:
        Means, `spread` (standard deviations over seeds), `error` (standard errors) and
        `each` seed's numbers.
    """
    members = state.step.shape[0]
    x = jnp.stack(
        [
            gan.sample(jax.tree.map(lambda leaf, i=i: leaf[i], state), key, SAMPLES)
            for i, key in enumerate(jax.random.split(jax.random.key(2), members))
        ]
    )
    reports = [metrics.mode_report(samples, data) for samples in x]
    each = {
        name: [float(getattr(report, name)) for report in reports]
        for name in ("modes", "high_quality", "reverse_kl")
    }
    each["width"] = [width(samples, data) for samples in x]
    return summary(each)


def summary(each: dict) -> dict:
    """Reduce each seed's numbers to a row's."""
    spread = {name: float(np.nanstd(v, ddof=1)) for name, v in each.items()}
    n = len(each["modes"])
    return {
        **{name: float(np.nanmean(v)) for name, v in each.items()},
        "spread": spread,
        "error": {name: s / n**0.5 for name, s in spread.items()},
        "each": each,
    }


def with_all_modes(row: dict, modes: int) -> int:
    """Count the seeds of a row that have every mode.

    Args:
        row: has `each` seed's numbers.
        modes: of the data.
    """
    return sum(found == modes for found in row["each"]["modes"])


def width(samples, data) -> float:
    """Compare how wide the modes are with the data's, on each axis; 1 is right."""
    modes, std = np.asarray(data.modes), float(np.max(data.std))
    offset = np.asarray(samples)[:, None] - modes[None]
    distance = np.sqrt((offset**2).sum(-1))
    nearest = distance.argmin(1)
    near = distance.min(1) < 3 * std
    kept = offset[np.arange(len(offset)), nearest][near]
    return float(np.sqrt((kept**2).mean()) / std) if near.any() else float("nan")


def oracle(distribution, draws: int = 100) -> dict:
    """Score true samples: the row that every table starts with."""
    mean, std = metrics.oracle(distribution, SAMPLES, draws=draws)
    names = ("modes", "high_quality", "reverse_kl")
    return {
        "method": "oracle: true samples",
        "seeds": draws,
        "steps": 0,
        **{name: float(getattr(mean, name)) for name in names},
        "spread": {name: float(getattr(std, name)) for name in names},
        "published": "not published",
        "label": "a perfect generator's score",
    }


def _read(path: Path, about: str):
    if not path.exists():
        return None
    kept = json.loads(path.read_text())
    if kept["about"] != about:
        raise ValueError(
            f"{str(path)!r} holds a row of other settings; expected the same recipe "
            "and seeds. Name another folder with --work, or remove this one."
        )
    return kept["row"]


def _write(path: Path, content: dict) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_suffix(".part")
    aside.write_text(json.dumps(content, indent=1))
    os.replace(aside, path)
