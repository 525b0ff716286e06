"""Recognising a right answer behind one common slip: a sign, a factor, a mean."""

import numpy as np

LOG2, LOG10 = np.log(2.0), np.log(10.0)

SLIPS = (  # what the slip makes of the right answer e, and what to say
    (lambda e: -e, "your answer has the wrong sign everywhere."),
    (
        lambda e: e / LOG2,
        "your logarithm is to base 2; the course uses the natural one (np.log).",
    ),
    (
        lambda e: e / LOG10,
        "your logarithm is to base 10; the course uses the natural one (np.log).",
    ),
    (lambda e: 2 * e, "your answer is twice the right one."),
    (lambda e: e / 2, "your answer is half the right one."),
    (lambda e: -2 * e, "your answer is twice the right one, with the wrong sign."),
    (lambda e: -e / 2, "your answer is half the right one, with the wrong sign."),
    (lambda e: e**2, "your answer is the right one squared: is a square root missing?"),
    (np.sqrt, "your answer is the square root of the right one."),
    (np.log, "your answer is the logarithm of the right one."),
    (np.exp, "your answer is the exponential of the right one."),
    (lambda e: 1 / e, "your answer is one over the right one: is a ratio upside down?"),
    (lambda e: 1 - e, "your answer is one minus the right one."),
    (np.abs, "your answer has lost its sign: is there an abs or a square too many?"),
    (np.trunc, "your answer has lost its decimals: is there an int or a // in it?"),
    (np.round, "your answer is rounded: return every digit."),
    (lambda e: e[..., ::-1], "your answer is in the reverse order."),
    (lambda e: np.sort(e, axis=-1), "your answer is sorted; the right one is not."),
    (lambda e: np.swapaxes(e, -1, -2), "your answer is transposed."),
)


COUNTS = (  # factor that a slip with n terms makes, and what to say
    (lambda n: n, "you take the sum over {n} terms; take their mean."),
    (lambda n: 1 / n, "you take the mean over {n} terms; take their sum."),
    (
        lambda n: n / (n - 1),
        "you divide by n - 1 = {m}; divide by n = {n} (ddof=0).",
    ),
    (
        lambda n: (n - 1) / n,
        "you divide by n = {n}; divide by n - 1 = {m} (ddof=1).",
    ),
    (
        lambda n: np.sqrt(n / (n - 1)),
        "the variance under your square root divides by n - 1 = {m}; use n = {n}.",
    ),
    (
        lambda n: np.sqrt((n - 1) / n),
        "the variance under your square root divides by n = {n}; use n - 1 = {m}.",
    ),
    (np.sqrt, "your answer is too large by the square root of n = {n}."),
    (lambda n: n**-0.5, "your answer is too small by the square root of n = {n}."),
)


def explain(pairs, sizes, rtol: float, atol: float) -> str:
    """Say by which slip the answers differ, if one explains every case.

    Args:
        pairs: (expected, got) of each case, arrays of equal shape.
        sizes: for each case the lengths that a mean might divide by.
        rtol, atol: tolerances.

    Returns:
        The message, or an empty string.
    """
    pairs = [(e, g) for e, g in pairs if e.shape == g.shape]
    if not pairs or not any(np.any(e != 0) for e, _ in pairs):
        return ""
    if len({_rounded(g) for _, g in pairs}) == 1 < len({_rounded(e) for e, _ in pairs}):
        return "your answer is the same for every input."
    if not any(np.any(g != 0) for _, g in pairs):
        return "your answer is 0 for every input."
    if message := _count(pairs, sizes):
        return message
    for slip, message in SLIPS:
        if _explains(slip, pairs, rtol, atol):
            return message
    return _constant(pairs, rtol, atol)


def _rounded(x) -> tuple:
    return tuple(np.round(np.ravel(x), 9))


def _explains(slip, pairs, rtol, atol) -> bool:
    """Tell whether got = slip(expected) in every case, and not by accident."""
    try:
        with np.errstate(all="ignore"):
            made = [slip(expected) for expected, _ in pairs]
    except (ValueError, IndexError):  # too few axes to transpose or reverse
        return False
    triples = [(e, g, m) for (e, g), m in zip(pairs, made, strict=True)]
    fits = all(_same(g, m, rtol, atol) for _, g, m in triples)
    return fits and not all(_same(e, m, rtol, atol) for e, _, m in triples)


def _same(a, b, rtol, atol) -> bool:
    return a.shape == b.shape and np.allclose(a, b, rtol, atol)


def _ratio(expected, got) -> float:
    """Return the one factor between two answers, or NaN."""
    use = np.abs(expected) > 1e-12
    if not use.any() or not np.allclose(got[~use], 0, atol=1e-12):
        return np.nan
    ratios = got[use] / expected[use]
    return float(ratios.mean().real) if np.allclose(ratios, ratios.mean()) else np.nan


def _count(pairs, sizes) -> str:
    """Recognise a factor that is a number of samples: a mean for a sum, or n - 1."""
    ratios = [_ratio(e, g) for e, g in pairs]
    if not np.isfinite(ratios).all():
        return ""
    for test, message in COUNTS:
        found = [
            _matching(test, ratio, counts)
            for ratio, counts in zip(ratios, sizes, strict=False)
        ]
        if all(found) and (len(set(found)) > 1 or found[0] > 4):  # not a plain factor
            return message.format(n=found[-1], m=found[-1] - 1)
    return ""


def _matching(test, ratio: float, counts) -> int | None:
    """Return the count that a test turns into the ratio."""
    return next((n for n in sorted(counts) if np.isclose(ratio, test(n), 1e-4)), None)


def _constant(pairs, rtol, atol) -> str:
    """Recognise a constant factor or a constant added."""
    ratios = np.array([_ratio(e, g) for e, g in pairs])
    if len(pairs) > 1 and np.isfinite(ratios).all() and np.allclose(ratios, ratios[0]):
        return f"your answer is {ratios[0]:.4g} times the right one."
    gaps = np.concatenate([np.ravel(g - e) for e, g in pairs])
    if gaps.size > 1 and np.allclose(gaps, gaps.mean(), rtol, 10 * atol):
        way = "too large" if gaps.mean().real > 0 else "too small"
        return f"your answer is {way} by {abs(gaps.mean()):.4g} everywhere."
    return ""


def shape_hint(expected, got, rtol: float, atol: float) -> str:
    """Say which operation turns the shape that came into the one expected.

    Args:
        expected, got: arrays of different shapes.
        rtol, atol: tolerances.

    Returns:
        A sentence with a leading space, or an empty string.
    """

    def same(a, b) -> bool:
        return _same(a, b, rtol, atol)

    if same(np.squeeze(expected), np.squeeze(got)):
        return (
            " The numbers are right: only an axis of length 1 is too many or missing."
        )
    if same(expected, got.T):
        return " The numbers are right, but transposed."
    if expected.size == got.size and same(expected.ravel(), got.ravel()):
        return " The numbers are right: reshape them."
    for axis in range(got.ndim):
        for name in ("mean", "sum"):
            if same(expected, getattr(got, name)(axis=axis)):
                return f" The {name} of your answer over axis {axis} would be right."
    for name in ("mean", "sum"):
        if same(expected, np.asarray(getattr(got, name)())):
            return f" The {name} of your answer would be right."
        if expected.ndim and np.isclose(getattr(expected, name)(), got).all():
            return f" You took the {name}: return one value for each sample."
    if expected.ndim == 1 and got.shape == expected.shape * 2:
        return (
            " Likely cause: an array of shape (n, 1) met one of shape (n,), and "
            "broadcasting made a table of every pair."
        )
    return ""
