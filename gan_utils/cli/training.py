"""`gan-course train` and `gan-course sample`: the words of the line for `runs`."""

import argparse

from gan_utils import runs
from gan_utils.cli.places import CourseError


def train(options: argparse.Namespace) -> int:
    """Run `gan-course train` and return its exit code.

    Raises:
        CourseError: see `runs.train`.
    """
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
        CourseError: see `runs.sample`.
    """
    try:
        runs.sample(options.folder, options.n, options.seed)
    except runs.RunError as error:
        raise CourseError(str(error)) from error
    return 0
