"""Arithmetic of convolutions: sizes, and how often each pixel is written."""

import jax
import numpy as np

from gan_utils import validate


def output_size(size: int, kernel: int, stride: int = 1, padding: int = 0) -> int:
    """Count the outputs of a convolution along one axis.

    A window of `kernel` pixels slides in steps of `stride` over `size + 2 padding`
    pixels: floor((size + 2 padding - kernel) / stride) + 1 places.

    Args:
        size: pixels of the input, 1 or more.
        kernel: pixels of the window, 1 or more.
        stride: step of the window, 1 or more.
        padding: zeros added on each side, 0 or more.

    Returns:
        Number of outputs, 1 or more.

    Raises:
        ValueError: an argument is out of range, or the window does not fit.
    """
    _require_counts(size, kernel, stride, padding)
    if kernel > size + 2 * padding:
        raise ValueError(
            f"kernel is {kernel}; expected at most size + 2 padding = "
            f"{size + 2 * padding}. Likely cause: one downsampling layer too many."
        )
    return (size + 2 * padding - kernel) // stride + 1


def transposed_output_size(
    size: int, kernel: int, stride: int = 1, padding: int = 0, output_padding: int = 0
) -> int:
    """Count the outputs of a transposed convolution along one axis.

    It undoes `output_size`: (size - 1) stride + kernel - 2 padding + output_padding.
    Several sizes can shrink to the same one; output_padding says which to return to.

    Args:
        size: pixels of the input, 1 or more.
        kernel: pixels that each input writes, 1 or more.
        stride: distance between the places of two neighbours, 1 or more.
        padding: pixels cut off on each side, 0 or more.
        output_padding: extra pixels at the end, from 0 to stride - 1.

    Returns:
        Number of outputs, 1 or more.

    Raises:
        ValueError: an argument is out of range, or no output is left.
    """
    _require_counts(size, kernel, stride, padding)
    if validate.count(output_padding, "output_padding") >= stride:
        raise ValueError(
            f"output_padding is {output_padding}; expected below stride = {stride}: "
            "a larger output would not shrink back to the input."
        )
    outputs = (size - 1) * stride + kernel - 2 * padding + output_padding
    if outputs < 1:
        raise ValueError(
            f"padding is {padding}; it cuts off all of the {outputs + 2 * padding} "
            "pixels. Expected less than half of them."
        )
    return outputs


def overlap_count(
    size: int, kernel: int, stride: int = 1, padding: int = 0, output_padding: int = 0
) -> np.ndarray:
    """Count how many inputs of a transposed convolution write to each output pixel.

    Uneven counts are the cause of checkerboards. Along two axes the counts multiply:
    `np.outer(rows, columns)`.

    Args:
        size: pixels of the input, 1 or more.
        kernel: pixels that each input writes, 1 or more.
        stride: distance between the places of two neighbours, 1 or more.
        padding: pixels cut off on each side, 0 or more.
        output_padding: extra pixels at the end, from 0 to stride - 1.

    Returns:
        Whole numbers, shape (outputs,).

    Raises:
        ValueError: an argument is out of range, or no output is left.

    References:
        Odena et al., Deconvolution and checkerboard artifacts, Distill (2016),
        doi:10.23915/distill.00003.
    """
    outputs = transposed_output_size(size, kernel, stride, padding, output_padding)
    first = np.arange(size)[:, None] * stride - padding  # first pixel each input writes
    pixel = np.arange(outputs)[None, :]
    return ((first <= pixel) & (pixel < first + kernel)).sum(axis=0)


def require_images(x: jax.Array) -> None:
    """Refuse what is no batch of images.

    Raises:
        ValueError: x does not have four axes.
    """
    if x.ndim != 4:
        raise ValueError(
            f"x is {validate.describe(x)}; expected images (B, H, W, C). Likely cause: "
            "a missing batch axis (x[None]) or channel axis (x[..., None])."
        )


def _require_counts(size, kernel, stride, padding):
    for name, value in (("size", size), ("kernel", kernel), ("stride", stride)):
        validate.count(value, name, minimum=1)
    validate.count(padding, "padding")
