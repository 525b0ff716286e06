"""Sheets of images and films of a run."""

import numpy as np

from gan_utils import validate
from gan_utils.plots.figure import Figure, describe, figure

GAP = 1  # white pixels between two images
EDGE, LETTER = 0.2, 0.085  # inches beside a row for its label: margin, one letter


def sheet(images, columns: int = 8, *, title=None, what="images", width=None) -> Figure:
    """Draw images side by side.

    Args:
        images: shape (N, H, W, C) with 1 or 3 channels, in [-1, 1].
        columns: images in a row.
        title: text over the sheet.
        what: what to call the images in the alt text, for example "generated digits".
        width: inches; default follows the number of pixels.

    Returns:
        Figure whose alt text gives number, size, mean and how much the images differ.

    Raises:
        ValueError: if images is not image data.
    """
    images = np.asarray(validate.images(images, "images"), dtype=float)
    columns = min(validate.count(columns, "columns", minimum=1), len(images))
    result = _picture(tile(images, columns), title, width)
    return describe(result, f"Sheet of {describe_images(images, what)}")


def film(frames, steps=None, *, columns: int = 8, title=None, width=None) -> Figure:
    """Draw how images change: one row a moment, one column a latent.

    Args:
        frames: list of image arrays (N, H, W, C), made from the same latents.
        steps: the step of each frame, written beside its row, or None.
        columns: images of each frame to show.
        title: text over the film.
        width: inches.

    Returns:
        Figure whose alt text says how far the images moved from first to last.

    Raises:
        ValueError: if there are no frames or not one step for each.
    """
    if len(frames) == 0 or (steps is not None and len(steps) != len(frames)):
        raise ValueError(
            f"frames has {len(frames)} entries and steps "
            f"{None if steps is None else len(steps)}; expected one step a frame."
        )
    frames = [validate.images(frame, "frames", whole=False) for frame in frames]
    if len({frame.shape[1:] for frame in frames}) > 1:
        raise ValueError(
            f"frames has images of sizes {[frame.shape[1:] for frame in frames][:4]}; "
            "expected one size. Likely cause: frames of two generators."
        )
    rows = [np.asarray(frame, float)[:columns] for frame in frames]
    validate.images(np.concatenate(rows), "frames")
    page = tile(np.concatenate(rows), len(rows[0]))
    words = [] if steps is None else [f"step {step}" for step in steps]
    room = EDGE + LETTER * max(map(len, words)) if words else 0.0
    result = _picture(page, title, width, left=room)
    if words:
        height = rows[0].shape[1] + GAP
        places = [GAP + height * (row + 0.5) - 0.5 for row in range(len(rows))]
        result.axes[0].set_axis_on()
        result.axes[0].spines[:].set_visible(False)
        result.axes[0].set_xticks([])
        result.axes[0].set_yticks(places, words, fontsize=9)
        result.axes[0].tick_params(length=0)
        result.axes[0].set_anchor("E")  # what room is left over stays at the labels
    moved = np.abs(rows[-1] - rows[0]).mean()
    when = "" if steps is None else f" from step {steps[0]} to step {steps[-1]}"
    return describe(
        result,
        f"Film of {len(rows)} rows{when}; each column is one latent. Pixels differ by "
        f"{moved:.2f} on average between first and last row. Last row: "
        f"{describe_images(rows[-1], 'images')}",
    )


def tile(images, columns: int) -> np.ndarray:
    """Join images into one, row by row, with white lines between.

    Args:
        images: shape (N, H, W, C) in [-1, 1].
        columns: images in a row.

    Returns:
        Array (height, width, C) in [0, 1].
    """
    count, height, width, channels = images.shape
    rows = -(-count // columns)
    shape = (rows * (height + GAP) + GAP, columns * (width + GAP) + GAP, channels)
    page = np.ones(shape)
    for index, image in enumerate(np.clip((images + 1) / 2, 0, 1)):
        top = GAP + index // columns * (height + GAP)
        left = GAP + index % columns * (width + GAP)
        page[top : top + height, left : left + width] = image
    return page


def describe_images(images, what: str = "images") -> str:
    """Say in words what a set of images holds.

    Args:
        images: shape (N, H, W, C).
        what: what to call them.

    Returns:
        Number, size, mean pixel and mean difference between neighbours.
    """
    images = np.asarray(images)
    size = f"{len(images)} {what} of {images.shape[1]} x {images.shape[2]} pixels"
    text = f"{size}, mean pixel {images.mean():.2f}"
    if len(images) > 1:
        differ = np.abs(images - np.roll(images, 1, axis=0)).mean()
        text += f"; two of them differ by {differ:.2f} a pixel on average"
    return text + "."


def _picture(page: np.ndarray, title, width, left: float = 0.0) -> Figure:
    """Show one array of pixels, sharp, without axes."""
    height, across, _ = page.shape
    width = width or float(np.clip(across / 36, 2.5, 8.0))
    extra = 0.35 if title else 0.1
    result, axes = figure(size=(width + left, width * height / across + extra))
    shown = page[..., 0] if page.shape[-1] == 1 else page
    axes.imshow(shown, cmap="gray", vmin=0, vmax=1, interpolation="nearest")
    axes.set_axis_off()
    if title:
        axes.set_title(title)
    return result
