"""The files of a gallery: networks, sheet and scores, each written whole or not at all.

`best.npz` holds the networks and, in the same file, their score: a crash between two
files can therefore never put one generator's score beside another.
"""

import json
import os
from pathlib import Path

import numpy as np

from gan_utils import array_files
from gan_utils.gallery import scores
from gan_utils.gallery.scores import Score
from gan_utils.whole_files import read_json, write_json, write_with

SWITCH = "GAN_UTILS_GALLERY"
NAME = "my_gallery"
BEST, SHEET, SCORES = "best.npz", "best.png", "scores.json"
SCORE = "score"  # array in BEST: the score as JSON, in bytes


def home() -> Path:
    """Return the learner's gallery: GAN_UTILS_GALLERY, or my_gallery/ right here."""
    return Path(os.environ.get(SWITCH) or NAME).absolute()


def write_best(folder: Path, named: dict, score: Score, name: str = BEST) -> None:
    """Put networks and their score in place of the best so far."""
    text = np.frombuffer(json.dumps(score._asdict()).encode(), "uint8")
    folder.mkdir(parents=True, exist_ok=True)
    write_with(
        folder / name, lambda file: np.savez_compressed(file, **named, **{SCORE: text})
    )


def read_best(path: Path) -> tuple[dict[str, np.ndarray], Score] | None:
    """Read the best networks and their score; None where there are none.

    Raises:
        ValueError: the file is damaged, or no file of a gallery.
    """
    if not path.is_file():
        return None
    try:
        return unpack(path.read_bytes())
    except (KeyError, ValueError) as error:
        raise ValueError(
            f"{path} is damaged: {error}. Nothing was changed. Move it away, and the "
            "course begins again with its own generator."
        ) from error


def unpack(content: bytes) -> tuple[dict[str, np.ndarray], Score]:
    """Take networks and their score out of what `write_best` wrote."""
    named = array_files.unpack(content)
    return named, scores.parse(json.loads(named.pop(SCORE).tobytes()))


def write_score(folder: Path, score: Score) -> None:
    """Add a line to the list of scores; a notebook's newer line replaces its older."""
    lines = {each.notebook: each for each in read_scores(folder)} | {
        score.notebook: score
    }
    folder.mkdir(parents=True, exist_ok=True)
    write_json(
        folder / SCORES, {"scores": [lines[name]._asdict() for name in sorted(lines)]}
    )


def read_scores(folder: Path) -> list[Score]:
    """Read the list of scores, in the order of the notebooks; [] where there is none.

    Raises:
        ValueError: the file is no list of scores.
    """
    path = folder / SCORES
    if not path.is_file():
        return []
    try:
        return [scores.parse(each) for each in read_json(path)["scores"]]
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(
            f"{path} is damaged: {error}. Move it away; your generator in {BEST} stays."
        ) from error
