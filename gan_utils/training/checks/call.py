"""The arguments of `train`: numbers, the folder of checkpoints, a state with runs."""

import numpy as np

from gan_utils import validate


def require_numbers(
    steps, frame_every, checkpoint_every, divergence, on_frame, progress
) -> None:
    """Refuse numbers out of range, what cannot draw a frame, and words for a bar.

    Raises:
        ValueError: naming the argument.
    """
    validate.count(steps, "steps")
    validate.count(frame_every, "frame_every", minimum=1)
    if checkpoint_every is not None:
        validate.count(checkpoint_every, "checkpoint_every", minimum=1)
    validate.positive(divergence, "divergence")
    if on_frame is not None:
        validate.takes(on_frame, ("state", "history"), "on_frame", named=False)
    validate.switch(progress, "progress", "a word for yes or no")


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
    validate.switch(resume, "resume", "a folder, which is checkpoint_dir")
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
    if checkpoint_dir is not None:
        validate.folder(checkpoint_dir, "checkpoint_dir")
