"""Argument checks: each returns what it was given, or raises a clear ValueError.

describing   what came, in a few words
arrays       points, rows of samples, labels
pixels       images, and the range of their values
numbers      whole or real, in a range
arguments    dictionaries, functions, folders, words, keys
"""

from gan_utils.validate.arguments import (
    draw,
    folder,
    function,
    key,
    named,
    one_of,
    switch,
    takes,
)
from gan_utils.validate.arrays import array, finite, labels, points, rows
from gan_utils.validate.describing import describe, is_traced
from gan_utils.validate.numbers import count, fraction, not_negative, positive
from gan_utils.validate.pixels import below_0, image_range, images

__all__ = [
    "array",
    "below_0",
    "count",
    "describe",
    "draw",
    "finite",
    "folder",
    "fraction",
    "function",
    "image_range",
    "images",
    "is_traced",
    "key",
    "labels",
    "named",
    "not_negative",
    "one_of",
    "points",
    "positive",
    "rows",
    "switch",
    "takes",
]
