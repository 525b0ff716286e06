"""What the environment asks of the engine."""

import os


def engine() -> str:
    """Return the name of the engine in use, "fast" or "plain".

    Raises:
        ValueError: GAN_UTILS_ENGINE names no engine.
    """
    return _read("GAN_UTILS_ENGINE", ("fast", "plain"))


def choice() -> str:
    """Return how a library or form is chosen, "measured" or "fixed".

    Raises:
        ValueError: GAN_UTILS_CHOICE names another way.
    """
    return _read("GAN_UTILS_CHOICE", ("measured", "fixed"))


def _read(switch: str, values: tuple[str, ...]) -> str:
    """Return what a variable of the environment says; the first value unless it is set.

    Raises:
        ValueError: it says something else.
    """
    value = os.environ.get(switch, "").lower() or values[0]
    if value not in values:
        raise ValueError(f"{switch} is {value!r}; expected one of {', '.join(values)}.")
    return value
