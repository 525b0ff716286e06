"""Which engine the environment asks for."""

import os

SWITCH = "GAN_UTILS_ENGINE"
ENGINES = ("fast", "plain")


def engine() -> str:
    """Return the name of the engine in use.

    Raises:
        ValueError: the environment names no engine.
    """
    name = os.environ.get(SWITCH, "").lower() or "fast"
    if name not in ENGINES:
        raise ValueError(f"{SWITCH} is {name!r}; expected one of {', '.join(ENGINES)}.")
    return name
