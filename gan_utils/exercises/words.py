"""Words for values, arguments and exceptions in the checker's messages."""

import inspect
import linecache

import jax
import numpy as np

from gan_utils.time_limit import TooLong

HINTS = (  # text in an exception -> what usually causes it
    ("not iterable", "A single value was unpacked or looped over."),
    ("has no attribute", "Check the spelling, and what kind of value it is."),
    (
        "is not defined",
        "Check the spelling, and that the cell that defines it has run.",
    ),
    ("must be hashable", "An array was used where a fixed setting is needed."),
    ("ConcretizationTypeError", "Python's if, int or float met a traced array."),
    ("TracerBoolConversion", "Python's if met a traced array; use jnp.where."),
    ("truth value of an array", "An if met an array; use np.where or .all()."),
    ("incompatible shapes", "Print the shapes of both sides."),
    ("could not be broadcast", "Print the shapes of both sides; is one (n, 1)?"),
    ("'dict'", "Parameters are nested: use jax.tree.map on every array in them."),
    (
        "pytree",
        "Two nested structures differ: is the slope taken with respect to the right "
        "argument?",
    ),
    ("must be scalar", "A gradient needs a function that returns one number."),
    ("scalar-output", "A gradient needs a function that returns one number."),
    (
        "does not support item assignment",
        "JAX arrays are fixed; use x.at[i].set(value).",
    ),
    ("immutable", "JAX arrays are fixed; use x.at[i].set(value)."),
    ("out of bounds", "An index or an axis is too large: count them from 0."),
    (
        "RecursionError",
        "It calls itself again and again: is there a case that ends it?",
    ),
    ("SystemExit", "exit() would end Python here. Leave a function with return."),
    ("input()", "All that your function needs comes through its arguments."),
)


def argument_names(function, case: tuple) -> list[str]:
    """Name the arguments of a case after the function's parameters.

    Args:
        function: the reference.
        case: its arguments.

    Returns:
        One name an argument.
    """
    try:
        names = list(inspect.signature(function).parameters)
    except (TypeError, ValueError):
        names = []
    if len(names) < len(case):
        names = [f"argument {index + 1}" for index in range(len(case))]
    return names[: len(case)]


def inputs(names: list[str], case: tuple) -> str:
    """Return "x = 1.5, y = [1, 2] (shape (2,))"."""
    pairs = zip(names, case, strict=True)
    return ", ".join(f"{name} = {value(given)}" for name, given in pairs)


def value(x, most: int = 4) -> str:
    """Describe a value in one line: numbers shortened, long arrays cut."""
    if isinstance(x, tuple | list) and len(x) <= most:
        return "(" + ", ".join(value(part) for part in x) + ")"
    if isinstance(x, dict):
        return "{" + ", ".join(f"{k}: {value(v)}" for k, v in x.items()) + "}"
    if not hasattr(x, "dtype") or not hasattr(x, "shape"):
        return f"{x:.6g}" if isinstance(x, float) else _named(x)
    if jax.dtypes.issubdtype(x.dtype, jax.dtypes.prng_key):
        keys = int(np.prod(x.shape))
        return "a random key" if x.ndim == 0 else f"{keys} random keys"
    flat = np.asarray(x).ravel()
    shown = ", ".join(map(_number, flat[:most]))
    if np.ndim(x) == 0:
        return shown
    dots = ", ..." if flat.size > most else ""
    return f"[{shown}{dots}] (shape {tuple(np.shape(x))})"


def _number(x) -> str:
    if np.iscomplexobj(x):
        return f"{x.real:.4g}{x.imag:+.4g}j"
    return f"{float(x):.5g}"


def _named(x) -> str:
    if inspect.isclass(x) or inspect.isfunction(x):
        return x.__name__
    text = f"{x!r}"[:60]
    return f"an object of type {type(x).__name__}" if " at 0x" in text else text


def kind(answer) -> str:
    """Say what kind of thing an answer is."""
    if answer is None:
        return "None"
    if isinstance(answer, tuple | list):
        if len(answer) == 1:
            what = "list" if isinstance(answer, list) else "tuple"
            return f"a {what} of 1 value (is there a comma or a bracket too many?)"
        nested = any(isinstance(part, tuple | list | dict) for part in answer)
        return f"{len(answer)} values" + (", some of them nested" if nested else "")
    if isinstance(answer, dict):
        return f"a dict with {sorted(map(str, answer))}"
    if callable(answer):
        return "a function"
    shape = np.shape(answer)
    return f"one array of shape {shape}" if shape else "one number"


def sizes(case: tuple) -> set[int]:
    """Collect the lengths a mean over a case might divide by."""
    found = set()
    for leaf in jax.tree.leaves(case):
        shape = np.shape(leaf) if not callable(leaf) else ()
        found |= {int(n) for n in shape if n > 1}
        if shape:
            found.add(int(np.prod(shape)))
    return found - {0, 1}


def alike(one, two) -> bool:
    """Tell whether two arguments could stand in each other's place."""
    if callable(one) or callable(two):
        return callable(one) and callable(two)
    parts = [jax.tree.leaves(x) for x in (one, two)]
    return jax.tree.structure(one) == jax.tree.structure(two) and all(
        np.shape(a) == np.shape(b) for a, b in zip(*parts, strict=True)
    )


def exception(error: BaseException) -> str:
    """Return "ValueError: x is negative.": the first line of an exception."""
    return f"{type(error).__name__}: {error}".split("\n")[0][:200].rstrip(": .") + "."


def endless(late: TooLong, attempt) -> str:
    """Say that an attempt did not end, where it was, and what may be the cause."""
    code = getattr(inspect.unwrap(attempt), "__code__", None)
    where = ""
    if line := code and late.line_in(code.co_filename):
        text = linecache.getline(code.co_filename, line).strip()
        where = f" It was in line {line}" + (f", `{text}`." if text else ".")
    begin = f"your function did not end within {late.seconds} seconds"
    if late.stopped:
        return (
            f"{begin} and was stopped.{where} Likely cause: a loop that never ends, "
            "such as a `while` whose condition stays true."
        )
    return (
        f"{begin} and cannot be stopped: it catches every exception, or waits inside "
        f"one long call.{where} It goes on in the background, so restart the kernel "
        "(Kernel > Restart Kernel), and mend the loop before you run it again."
    )


def hint(error: BaseException, attempt, case: tuple) -> str:
    """Return what usually causes an exception, or nothing."""
    if isinstance(error, TypeError) and "argument" in str(error):
        try:
            inspect.signature(attempt).bind(*case)
        except TypeError:
            return f" Keep the stub's arguments: it is called with {len(case)}."
        except ValueError:
            pass
    text = repr(error)
    return next((f" {advice}" for sign, advice in HINTS if sign in text), "")
