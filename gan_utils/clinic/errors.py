"""Faults of the published recipes that stop with an error: what it says, and why."""

from collections.abc import Callable
from typing import NamedTuple

from gan_utils import validate
from gan_utils.clinic import mistakes


class Error(NamedTuple):
    """A plain error: how to get it, and how to read it."""

    source: str  # article and number, such as "R2.2"
    raises: Callable[[], None]
    kind: type[Exception]
    says: str  # words of its message
    reading: str  # how to read it
    fix: str


ERRORS = {
    "no_noise": Error(
        "R0.5",
        mistakes.no_noise,
        TypeError,
        "missing 1 required positional argument: 'z'",
        "A generator is a function of its noise; what TensorFlow 1 calls an unfed "
        "placeholder is a missing argument here.",
        "Draw z from a key in every update, and pass it.",
    ),
    "loss_is_a_number": Error(
        "R1.5",
        mistakes.loss_is_a_number,
        TypeError,
        "Expected a callable value, got 3.0",
        "jax.grad wants the function, and got the number that it returned: a number "
        "does not remember how it was made.",
        "Put the computation of the loss into a function of the parameters.",
    ),
    "grey_data_for_colour_networks": Error(
        "R1.5",
        mistakes.grey_data_for_colour_networks,
        ValueError,
        "one channel against three",
        "Compare the two shapes from the right: 1 is what the data have, 3 what the "
        "networks were built for.",
        "Build both networks for (28, 28, 1).",
    ),
    "flat_data_for_a_convolution": Error(
        "R3.1",
        mistakes.flat_data_for_a_convolution,
        ValueError,
        "expected shape (B, 28, 28, 1)",
        "A convolution slides over rows and columns; 784 numbers in a row have none.",
        "Leave images as (B, 28, 28, 1).",
    ),
    "flat_vector_for_a_transposed_convolution": Error(
        "R2.2",
        mistakes.flat_vector_for_a_transposed_convolution,
        ValueError,
        "expected images (B, H, W, C)",
        "The reshape to (-1, 784) in the line above took the rows and columns away. "
        "R3 applies the layer to a dense layer's output, with the same error.",
        "Reshape to a small image, (B, 7, 7, channels), in front of it.",
    ),
    "three_doublings": Error(
        "R2.2",
        mistakes.three_doublings,
        ValueError,
        "multiples of 8, because 3 layers each change them by a factor of 2",
        "28 = 7 * 2 * 2: two doublings, and the third overshoots to 56.",
        "Two doublings from 7x7.",
    ),
    "one_state_for_two_networks": Error(
        "R2.3",
        mistakes.one_state_for_two_networks,
        TypeError,
        "incompatible shapes for broadcasting: (100, 784), (784, 1)",
        "Moments have the shapes of the parameters that they belong to. Were the "
        "shapes equal, nothing would complain.",
        "Initialise one state of the optimiser for each network.",
    ),
    "input_of_784_for_100_latents": Error(
        "R3.1",
        mistakes.input_of_784_for_100_latents,
        ValueError,
        "input is float32 array of shape (2, 100); expected shape (B, 784)",
        "784 is the size of an image, 100 that of the noise: the generator's input "
        "layer was sized for its output.",
        "latent_size=100.",
    ),
    "sixteen_pixels_from_256_numbers": Error(
        "R4.1",
        mistakes.sixteen_pixels_from_256_numbers,
        TypeError,
        "cannot reshape array of shape (2, 256) (size 512) into shape (2, 4, 4, 1)",
        "A reshape keeps the count: 256 numbers a sample, and 4 * 4 * 1 = 16.",
        "A dense layer of 7 * 7 * channels outputs, then the reshape.",
    ),
    "sixteen_against_28": Error(
        "R4.1",
        mistakes.sixteen_against_28,
        ValueError,
        "input is float32 array of shape (2, 16, 16, 1); expected shape (B, 28, 28, 1)",
        "4 doubled twice is 16; the discriminator was built for 28.",
        "Start from 7x7.",
    ),
    "three_channels_against_one": Error(
        "R4.2",
        mistakes.three_channels_against_one,
        ValueError,
        "input is float32 array of shape (2, 28, 28, 3); expected shape (B, 28, 28, 1)",
        "Only the last axis differs: the colours.",
        "One output channel for grey digits.",
    ),
    "raw_pixels": Error(
        "R4.2",
        mistakes.raw_pixels,
        ValueError,
        "range [0, 255]; expected values in [-1, 1]",
        "The range stands in the message; tanh cannot leave [-1, 1].",
        "x / 127.5 - 1.",
    ),
    "undefined_names": Error(
        "R4.3",
        mistakes.undefined_names,
        NameError,
        "name 'optimizer' is not defined",
        "Python has met this name for the first time in this line: optimiser, batch "
        "size, noise size and data are used in the article and never made.",
        "Define them in one early cell.",
    ),
}


def provoke(name: str) -> Exception:
    """Make a plain error and return it.

    Args:
        name: one of `ERRORS`.

    Returns:
        The exception, with its exact message.

    Raises:
        ValueError: for an unknown name.
    """
    validate.one_of(name, "name", tuple(ERRORS))
    try:
        ERRORS[name].raises()
    except Exception as error:
        return error
    raise AssertionError(f"{name} raised nothing.")
