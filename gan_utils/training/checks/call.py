"""The arguments of `train`: numbers, the folder of checkpoints, a state with runs."""

import os

import numpy as np

from gan_utils import validate


def require_numbers(steps, frame_every, checkpoint_every, divergence, on_frame) -> None:
    """Refuse numbers out of range, and what cannot draw a frame.

    Raises:
        ValueError: naming the argument.
    """
    validate.count(steps, "steps")
    validate.count(frame_every, "frame_every", minimum=1)
    if checkpoint_every is not None:
        validate.count(checkpoint_every, "checkpoint_every", minimum=1)
    validate.positive(divergence, "divergence")
    if on_frame is not None:
        validate.function(on_frame, "on_frame")


def require_members(state) -> None:
    """Refuse an ensemble without members.

    Raises:
        ValueError: with the likely cause.
    """
    if not np.size(state.step):
        raise ValueError(
            "state holds no run: its first axis has length 0; expected one member or "
            "more. Likely cause: a selection of an ensemble's members matched none."
        )


def require_folder(checkpoint_dir, checkpoint_every, resume) -> None:
    """Refuse what is no folder of checkpoints, or lacks one.

    Raises:
        ValueError: naming the argument.
    """
    if not isinstance(resume, bool | np.bool_):
        raise ValueError(
            f"resume is {validate.describe(resume)}; expected True or False. Likely "
            "cause: a folder, which is checkpoint_dir."
        )
    if checkpoint_dir is None and checkpoint_every is not None:
        raise ValueError(
            f"checkpoint_every is {checkpoint_every} and checkpoint_dir is None; "
            "expected a folder, or nothing would be saved."
        )
    if checkpoint_dir is None and resume:
        raise ValueError(
            "resume is True and checkpoint_dir is None; expected the folder of the run "
            "that is to go on."
        )
    if checkpoint_dir is None:
        return
    if not isinstance(checkpoint_dir, str | os.PathLike) or not str(checkpoint_dir):
        raise ValueError(
            f"checkpoint_dir is {validate.describe(checkpoint_dir)}; expected the path "
            "of a folder. Likely cause: arguments in another order."
        )
    if os.path.exists(checkpoint_dir) and not os.path.isdir(checkpoint_dir):
        raise ValueError(
            f"checkpoint_dir is {str(checkpoint_dir)!r}, which is a file; expected a "
            "folder. Likely cause: the path of one checkpoint's file."
        )
