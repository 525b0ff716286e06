"""The sliders of the faces' explorer, as `make_sliders` found them."""

from functools import cache
from importlib import resources
from typing import NamedTuple

import numpy as np

from gan_utils import array_files, shipped
from gan_utils.whole_files import read_json

DIRECTIONS, TABLE = "face_sliders.npz", "face_sliders.json"


class Sliders(NamedTuple):
    """The sliders that work, and what is known of all that were tried."""

    directions: np.ndarray  # (sliders, 128) float32, each of one standard deviation
    shown: tuple[dict, ...]  # label, words, reach, low, high, both, along, ...
    tried: tuple[dict, ...]  # the same of all


@cache
def face_sliders() -> Sliders:
    """Read the sliders that come with the course.

    Raises:
        ValueError: a file is missing or damaged.
    """
    folder = resources.files(__package__)
    table = read_json(folder / TABLE)
    what = "the directions of the faces' sliders"
    content = shipped.read(folder / DIRECTIONS, table["sha256"], what)
    directions = array_files.unpack(content)["directions"].astype("float32")
    tried = tuple(table["tried"])
    return Sliders(directions, tuple(s for s in tried if s["works"]), tried)
