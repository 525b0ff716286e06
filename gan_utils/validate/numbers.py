"""Numbers in a range, whole or real."""

from numbers import Integral, Real

import numpy as np

from gan_utils.validate.describing import describe, is_traced


def count(value, name: str, minimum: int = 0) -> int:
    """Check a whole number that is at least `minimum`.

    Raises:
        ValueError: when it is not a whole number or is too small.
    """
    whole = isinstance(value, (Integral, np.integer)) and not isinstance(value, bool)
    if not whole or value < minimum:
        raise ValueError(
            f"{name} is {describe(value)}; "
            f"expected a whole number of {minimum} or more."
        )
    return int(value)


def positive(value, name: str):
    """Check a real number (or array of them) above zero; tracers pass.

    Raises:
        ValueError: when a value is zero, negative, NaN or not a number.
    """
    return _real(value, name, "above 0", lambda v: (v > 0).all())


def not_negative(value, name: str):
    """Check a real number (or array of them) of zero or more; tracers pass.

    Raises:
        ValueError: when a value is negative, infinite, NaN or not a number.
    """
    holds = lambda v: ((v >= 0) & (v < np.inf)).all()  # noqa: E731
    return _real(value, name, "of 0 or more, and finite", holds)


def fraction(value, name: str):
    """Check a real number (or array of them) from 0 up to, not including, 1.

    Raises:
        ValueError: when a value is outside [0, 1), NaN or not a number.
    """
    return _real(value, name, "in [0, 1)", lambda v: ((v >= 0) & (v < 1)).all())


def _real(value, name, expected, holds):
    if is_traced(value):
        return value
    numeric = isinstance(value, Real) or hasattr(value, "dtype")
    try:
        numeric = numeric and holds(np.asarray(value, dtype=float))
    except (TypeError, ValueError, OverflowError):  # words, or 10**400
        numeric = False
    if not numeric:
        raise ValueError(f"{name} is {describe(value)}; expected a number {expected}.")
    return value
