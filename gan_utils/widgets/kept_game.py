"""A game of "real or fake?" as a notebook keeps it, for a page without a kernel."""

import base64
import zlib

import numpy as np

from gan_utils.real_or_fake import ANSWERS, EDGES, FLOOR, RealOrFake
from gan_utils.widgets.binary import pack

KIND = "application/vnd.gan-course.real-or-fake"  # of the output that holds it
DEALS = 50  # games that are dealt before the first comes again


def kept(game: RealOrFake, words: list[str], drawn: dict[str, np.ndarray]) -> str:
    """Write a game with its key, its players and its deals; nothing is left to compute.

    Args:
        game: the engine; the deals are those of its seed, from the first on.
        words: says of each sample what its picture shows.
        drawn: what pictures of the questions are made of: `pictures`, (N, H, W, C) in
            [0, 1], or `asked`, (N, 2), beside `known_real` and `known_fake`.

    Returns:
        Base64 of deflated bytes, which `javascript/src/explore.js` reads.
    """
    content = {
        "answers": list(ANSWERS.items()),
        "edges": EDGES,
        "floor": FLOOR,
        "players": list(game.chances),
        "words": words,
        "is_real": game.is_real.astype("float32"),
        "chances": np.array(list(game.chances.values())),
        "deals": deals(game),
    }
    packed = zlib.compress(pack(content | drawn), 9)
    return base64.b64encode(packed).decode()


def deals(game: RealOrFake) -> np.ndarray:
    """List the questions of the first DEALS games, (DEALS, rounds)."""
    anew = RealOrFake(game.is_real, {}, game.rounds, game.seed)
    dealt = [anew.order]
    while len(dealt) < DEALS:
        anew.restart()
        dealt.append(anew.order)
    return np.array(dealt)
