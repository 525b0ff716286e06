"""`gan-course train` and `gan-course sample`: the words of the line for `runs`."""

import argparse

import jax

from gan_utils import runs
from gan_utils.cli import surroundings
from gan_utils.cli.places import CourseError


def train(options: argparse.Namespace) -> int:
    """Run `gan-course train` and return its exit code.

    Raises:
        CourseError: see `runs.train`; or JAX finds no device.
    """
    _require_device()
    request = runs.Request(
        recipe=options.recipe,
        data=options.data,
        seed=options.seed,
        steps=options.steps,
        minutes=options.minutes,
        conditional=options.conditional,
    )
    try:
        report = runs.train(options.out, request, options.resume)
    except runs.RunError as error:
        raise CourseError(str(error)) from error
    return int(report is None)


def sample(options: argparse.Namespace) -> int:
    """Run `gan-course sample` and return its exit code.

    Raises:
        CourseError: see `runs.sample`; or JAX finds no device.
    """
    _require_device()
    try:
        runs.sample(options.folder, options.n, options.seed)
    except runs.RunError as error:
        raise CourseError(str(error)) from error
    return 0


def _require_device() -> None:
    try:
        jax.devices()
    except Exception as error:  # an AssertionError without a word, for one
        raise CourseError(
            f"JAX finds no device to compute on ({type(error).__name__} {error}). "
            + (surroundings.suspicion() or "`gan-course doctor` looks for the cause.")
        ) from error
