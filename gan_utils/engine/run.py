"""One function for many updates, whichever engine makes them."""

from gan_utils import validate
from gan_utils.engine import fast, plain
from gan_utils.engine.compilation import compile_quickly
from gan_utils.engine.switches import engine
from gan_utils.program_cache import use_cache


def run(gan, state, source, steps: int):
    """Make `steps` updates and return the reports of all of them.

    On one machine, with one set of versions, the result does not depend to the last bit
    on how a run is cut into calls.

    Args:
        gan: structure.
        state: of one run or of an ensemble; it is not changed.
        source: `data.Batches`.
        steps: updates to make, 0 or more.

    Returns:
        (state, reports): reports hold NumPy arrays of shape (steps,) or (steps,
        members).

    Raises:
        ValueError: GAN_UTILS_ENGINE names no engine, steps is no whole number of 0 or
            more, or the source is no source of batches.
    """
    steps = validate.count(steps, "steps")
    if not hasattr(source, "gather"):
        raise ValueError(
            f"source is {validate.describe(source)}; expected data.batches(source, "
            "batch_size). Likely cause: what `train` takes, an array or a distribution."
        )
    make = plain.run if engine() == "plain" else fast.run
    return make(gan, state, source, steps)


if engine() == "fast":
    compile_quickly()
use_cache()  # JAX looks once, at the first program that it compiles
