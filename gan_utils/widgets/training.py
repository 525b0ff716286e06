"""Widgets of the training loop: the lines of algorithm 1, to be put in order."""

from collections import Counter

from gan_utils import plots
from gan_utils.widgets.controls import choice
from gan_utils.widgets.registry import registered
from gan_utils.widgets.slider_figure import Explorer, explore

LINES = {
    "a": "x <- batch of data,  z <- noise",
    "b": "G moves: up in D's judgement of the fakes",
    "c": "fakes <- G(z)",
    "d": "D moves: logits up on x, down on the fakes",
    "e": "fakes <- G(z), judged by D",
    "f": "z <- noise",
}
RULES = (  # (earlier, later, what is wrong when they stand the other way round)
    ("a", "c", "Line c makes fakes from noise that nobody has drawn yet."),
    ("c", "d", "Line d needs fakes to compare with the data; line c makes them."),
    ("c", "f", "The fresh noise is for G's move; the first noise is not used yet."),
    ("f", "e", "Line e should use fresh noise, but it is not drawn yet."),
    ("e", "b", "Line b climbs D's judgement of fakes that are not made yet."),
    ("d", "e", "Line e asks a D that has not moved yet: that is another rule of play."),
    ("d", "b", "G moves first here; in algorithm 1 the discriminator leads."),
)


@registered
def algorithm_one(order: str = "abcdef") -> Explorer:
    """Explore orders of the six lines of one update; the figure names what is wrong.

    Args:
        order: the letters of the lines to start with, first to last.

    Returns:
        An Explorer with one menu for each place.
    """
    menu = {f"{letter}: {line}": letter for letter, line in LINES.items()}
    places = {
        f"line_{place}": choice(menu, letter, label=f"line {place}")
        for place, letter in enumerate(order, start=1)
    }
    return explore(lambda **chosen: _graded("".join(chosen.values())), **places)


def _graded(order: str):
    wrong, verdict = grade_order(order)
    return plots.pseudocode([f"{k}: {LINES[k]}" for k in order], wrong, verdict)


def grade_order(order: str) -> tuple[list[int], str]:
    """Grade an order of the lines of algorithm 1.

    Args:
        order: letters a to f.

    Returns:
        (positions that stand wrong, a sentence): no position when the order is right.
    """
    twice = [letter for letter, n in Counter(order).items() if n > 1]
    missing = [letter for letter in LINES if letter not in order]
    if missing:
        wrong = [i for i, k in enumerate(order) if k in twice and k in order[:i]]
        return wrong, f"Line {', '.join(missing)} is missing."
    broken = [rule for rule in RULES if order.index(rule[0]) > order.index(rule[1])]
    if not broken:
        return [], "Right: this is one update. Repeat it."
    wrong = sorted({order.index(later) for _, later, _ in broken})
    first = min(broken, key=lambda rule: order.index(rule[1]))
    return wrong, first[2]
