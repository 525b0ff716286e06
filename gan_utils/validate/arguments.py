"""Arguments that are no numbers: dictionaries, functions, folders, words, keys."""

import inspect
import os
from collections.abc import Mapping
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np

from gan_utils import room
from gan_utils.validate.describing import describe
from gan_utils.validate.numbers import count


def named(values, name: str, some: bool = False) -> dict:
    """Check a dictionary, and with `some` that it holds something.

    Raises:
        ValueError: naming the argument and the likely cause.
    """
    if not isinstance(values, Mapping) or (some and not values):
        raise ValueError(
            f"{name} is {describe(values)}; expected a dictionary of name -> values. "
            'Likely cause: values without a name; write {"name": values}.'
        )
    return values


def function(value, name: str):
    """Check that a value can be called.

    Raises:
        ValueError: naming the argument and the likely cause.
    """
    if not callable(value):
        raise ValueError(
            f"{name} is {describe(value)}; expected a function. Likely cause: its name "
            "in quotes, or the value that it returned."
        )
    return value


def takes(value, arguments: tuple[str, ...], name: str, named: bool = True):
    """Check that a value is a function of these arguments and needs no other.

    Args:
        value: to be called later.
        arguments: what it will be given.
        name: what to call it in the message.
        named: they are given by name, else in this order.

    Raises:
        ValueError: naming what does not fit.
    """
    function(value, name)
    try:
        signature = inspect.signature(value)
    except (ValueError, TypeError):  # some builtins do not tell
        return value
    try:
        given = dict.fromkeys(arguments) if named else {}
        signature.bind(*(() if named else arguments), **given)
    except TypeError as error:
        raise ValueError(
            f"{name} takes {signature}, and what is there for it is "
            f"({', '.join(arguments)}); expected one for each of its arguments: "
            f"{error}."
        ) from None
    return value


def folder(value, name: str):
    """Check the path of a folder, which need not be there yet.

    Raises:
        ValueError: it is no path, or a file has the place of a folder in it.
    """
    if not isinstance(value, str | os.PathLike) or not str(value):
        raise ValueError(
            f"{name} is {describe(value)}; expected the path of a folder. Likely "
            "cause: arguments in another order."
        )
    path = Path(value)
    there = next((p for p in (path, *path.parents) if os.path.exists(p)), path)
    if os.path.isfile(there):
        which = "which is a file" if there == path else f"and {there} is a file"
        raise ValueError(
            f"{name} is {str(path)!r}, {which}; expected a folder. Likely cause: the "
            "path of a file in it."
        )
    return value


def switch(value, name: str, cause: str) -> bool:
    """Check that a value is True or False.

    Args:
        value: what was given.
        name: of the argument.
        cause: what may be there in its place.

    Raises:
        ValueError: it is something else.
    """
    if not isinstance(value, bool | np.bool_):
        raise ValueError(
            f"{name} is {describe(value)}; expected True or False. Likely cause: "
            f"{cause}."
        )
    return bool(value)


def one_of(value, name: str, choices: tuple[str, ...]) -> str:
    """Check that a word is one of those that are known.

    Raises:
        ValueError: naming the argument and the choices.
    """
    if not isinstance(value, str) or value not in choices:
        expected = " or ".join(repr(choice) for choice in choices)
        raise ValueError(f"{name} is {describe(value)}; expected {expected}.")
    return value


def key(value, name: str, many: bool = False):
    """Check that a value is a PRNG key, or with `many` an array of them.

    Raises:
        ValueError: naming the argument and the likely cause.
    """
    dtype, axes = getattr(value, "dtype", None), getattr(value, "ndim", -1)
    typed = dtype is not None and jnp.issubdtype(dtype, jax.dtypes.prng_key)
    raw = dtype is not None and not typed and dtype == np.uint32
    if not (typed or raw) or axes - raw != many:  # raw keys have an axis more
        expected = "keys, jax.random.split(key, members)," if many else "one key"
        raise ValueError(
            f"{name} is {describe(value)}; expected {expected} from jax.random.key(0). "
            "Likely cause: a seed in place of a key, or arguments in another order."
        )
    return value


def draw(key_, n, shape: tuple[int, ...] = ()) -> None:
    """Check what every `sample(key, n)` takes.

    Raises:
        ValueError: key is no PRNG key, n no whole number of 0 or more, or n samples of
            that shape do not fit into memory.
    """
    key(key_, "key")
    room.require(count(n, "n"), shape)
