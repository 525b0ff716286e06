"""Bad minima counted: n data points, n fakes, and a critic that can be any function.

An assignment is a tuple: entry i is the data point on which fake i sits, or None for a
fake that sits on no data point. Values are the critic's best; the generator wants them
low.
"""

import itertools
import math
from collections.abc import Callable

from gan_utils import validate

Assignment = tuple[int | None, ...]
Objective = Callable[[Assignment], float]


def separable_value(assignment: Assignment) -> float:
    """Compute the original game's value: every point is scored alone.

    Args:
        assignment: data point of each fake, or None; n entries.

    Returns:
        max over D of mean log D(x) + mean log(1 - D(y)), in [-log 4, 0].
    """
    n = len(assignment)
    total = 0.0
    for point in range(n):
        fakes = assignment.count(point)  # D* = 1 / (1 + fakes) on this data point
        if fakes:
            total += math.log(1 / (1 + fakes)) + fakes * math.log(fakes / (1 + fakes))
    return total / n


def paired_value(assignment: Assignment) -> float:
    """Compute the pairing game's value when datum i always meets fake i.

    Draw an arrow from data point i to the point under fake i. A critic can rank every
    pair as surely as it likes, except the pairs whose arrows close a cycle: there the
    differences of scores add up to 0.

    Args:
        assignment: data point of each fake, or None; n entries.

    Returns:
        max over f of mean log sigmoid(f(x_i) - f(y_i)), in [-log 2, 0].

    References:
        Sun et al., Towards a better global loss landscape of GANs, arXiv:2011.04926.
    """
    n = len(assignment)
    return -math.log(2) * len(points_in_cycles(assignment)) / n


def redrawn_value(assignment: Assignment) -> float:
    """Compute the pairing game's value when partners are drawn afresh at every step.

    The critic then ranks every datum against every fake, with scores log p/q; only
    pairs of data points that both hold fakes leave it in doubt.

    Args:
        assignment: data point of each fake, or None; n entries.

    Returns:
        max over f of the mean over all pairs of log sigmoid(f(x_i) - f(y_j)).
    """
    n = len(assignment)
    fakes = [assignment.count(point) for point in range(n) if point in assignment]
    doubt = (b * math.log(b / (a + b)) for a in fakes for b in fakes)
    return sum(doubt) / n**2


def points_in_cycles(assignment: Assignment) -> set[int]:
    """Find the data points from which the arrows i -> assignment[i] lead back.

    Args:
        assignment: data point of each fake, or None; n entries.

    Returns:
        Indices of data points.
    """
    found = set()
    for start in range(len(assignment)):
        point = assignment[start]
        for _ in assignment:
            if point is None or point == start:
                break
            point = assignment[point]
        if point == start:
            found.add(start)
    return found


def is_strict_minimum(objective: Objective, assignment: Assignment) -> bool:
    """Tell whether moving any fakes a little, off their data points, raises the value.

    Args:
        objective: function of an assignment.
        assignment: data point of each fake; n entries.
    """
    here = objective(assignment)
    n = len(assignment)
    moves = itertools.chain.from_iterable(
        itertools.combinations(range(n), size) for size in range(1, n + 1)
    )
    return all(objective(_lift(assignment, move)) > here + 1e-12 for move in moves)


def _lift(assignment, move):
    return tuple(None if i in move else a for i, a in enumerate(assignment))


def bad_minima(objective: Objective, n: int) -> list[Assignment]:
    """List the assignments that are strict local minima and yet not the best.

    Args:
        objective: function of an assignment.
        n: number of data points and of fakes, 1 to 5 (n^n assignments are tried).

    Returns:
        Assignments, in lexicographic order.

    Raises:
        ValueError: when n is not in 1..5.
    """
    if validate.count(n, "n", minimum=1) > 5:
        raise ValueError(f"n is {n}; expected 1 to 5: n^n assignments are tried.")
    best = objective(tuple(range(n)))
    return [
        assignment
        for assignment in itertools.product(range(n), repeat=n)
        if objective(assignment) > best + 1e-12
        and is_strict_minimum(objective, assignment)
    ]


def way_out(assignment: Assignment) -> list[Assignment]:
    """Walk to a perfect assignment: send every fake outside a cycle home, one by one.

    Args:
        assignment: data point of each fake; n entries.

    Returns:
        Assignments on the way, the start included: a fake lifts off (None), then lands
        on the data point of its own number.
    """
    path = [tuple(assignment)]
    for i in range(len(assignment)):
        if i not in points_in_cycles(path[-1]):
            path.append(_lift(path[-1], (i,)))
            path.append((*path[-1][:i], i, *path[-1][i + 1 :]))
    return path
