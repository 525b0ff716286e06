"""What can be said of a drawn face: twelve attributes, their values and their chances.

The chances are unequal on purpose, and some values are rare, because a generator that
forgets something forgets what is rare. Two things depend on another: the colour of the
hair and the beard on the age. All else is independent.
"""

from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np


class Attribute(NamedTuple):
    """One attribute; a label is the position of a value."""

    values: tuple[str, ...]
    chances: np.ndarray  # (values,), or (ages, values) where it depends on the age


def _attribute(**chances) -> Attribute:
    return Attribute(tuple(chances), np.array(list(chances.values())).T)


ATTRIBUTES = {
    "skin": _attribute(
        pale=0.16, light=0.22, olive=0.2, tan=0.16, brown=0.15, dark=0.11
    ),
    "age": _attribute(child=0.2, adult=0.58, old=0.22),
    "style": _attribute(short=0.32, long=0.24, curly=0.18, bob=0.16, bald=0.1),
    "hair": _attribute(  # of a child, an adult, an old person
        black=(0.40, 0.38, 0.10),
        brown=(0.30, 0.30, 0.10),
        blond=(0.18, 0.18, 0.08),
        red=(0.10, 0.09, 0.02),
        grey=(0.00, 0.03, 0.68),
        blue=(0.02, 0.02, 0.02),
    ),
    "eyes": _attribute(open=0.7, narrow=0.2, closed=0.1),
    "brows": _attribute(flat=0.5, raised=0.3, frowning=0.2),
    "mouth": _attribute(smile=0.45, straight=0.25, frown=0.15, open=0.15),
    "beard": _attribute(  # of a child, an adult, an old person
        none=(1.0, 0.74, 0.66), moustache=(0.0, 0.10, 0.14), full=(0.0, 0.16, 0.20)
    ),
    "glasses": _attribute(none=0.76, round=0.14, square=0.08, patch=0.02),
    "hat": _attribute(none=0.8, cap=0.1, beanie=0.08, crown=0.02),
    "freckles": _attribute(no=0.88, yes=0.12),
    "background": _attribute(sky=0.37, sand=0.26, mint=0.2, lilac=0.13, night=0.04),
}
NAMES = tuple(ATTRIBUTES)


def label(name: str, value: str) -> int:
    """Give the label of a value: its position among those of the attribute."""
    return ATTRIBUTES[name].values.index(value)


def shares(name: str) -> np.ndarray:
    """Compute the share of each value among all faces, shape (values,), exactly."""
    chances = ATTRIBUTES[name].chances
    return chances if chances.ndim == 1 else ATTRIBUTES["age"].chances @ chances


def draw_labels(key: jax.Array, n: int, only: dict[str, str]) -> jax.Array:
    """Draw the attributes of n faces.

    Args:
        key: PRNG key.
        n: number of faces.
        only: values that every face has, by the name of the attribute.

    Returns:
        Labels (n, 12) int32, in the order of NAMES.
    """
    keys = dict(zip(NAMES, jax.random.split(key, len(NAMES)), strict=True))
    drawn: dict[str, jax.Array] = {}
    for name in sorted(NAMES, key="age".__ne__):  # the age first: others depend on it
        chances = jnp.asarray(ATTRIBUTES[name].chances, "float32")
        if name in only:
            drawn[name] = jnp.full(n, label(name, only[name]))
        else:
            of_age = chances if chances.ndim == 1 else chances[drawn["age"]]
            drawn[name] = _pick(keys[name], of_age, n)
    return jnp.stack([drawn[name] for name in NAMES], axis=1).astype("int32")


def _pick(key, chances, n):
    """Pick a value for each of n faces by its place on a ruler of length one."""
    ends = jnp.cumsum(jnp.atleast_2d(chances), axis=1)[:, :-1]
    return (jax.random.uniform(key, (n, 1), "float32") >= ends).sum(axis=1)
