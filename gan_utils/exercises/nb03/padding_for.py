"""Exercise: padding and output padding that reach a wanted size."""

from gan_utils.exercises.exercise import Exercise, register


def _excess(size, target, kernel, stride):
    return (size - 1) * stride + kernel - target


def _padding_for(size, target, kernel, stride):
    excess = _excess(size, target, kernel, stride)
    padding = (excess + 1) // 2
    return padding, 2 * padding - excess


def _rounded_down(size, target, kernel, stride):
    excess = _excess(size, target, kernel, stride)
    return excess // 2, excess % 2


def _one_stride_too_many(size, target, kernel, stride):
    excess = size * stride + kernel - target
    return (excess + 1) // 2, 2 * ((excess + 1) // 2) - excess


def _of_a_convolution(size, target, kernel, stride):
    excess = (target - 1) * stride + kernel - size
    return (excess + 1) // 2, 2 * ((excess + 1) // 2) - excess


def _reachable_sizes(rng):
    cases = [(7, 14, 4, 2), (7, 14, 3, 2), (4, 7, 3, 2), (5, 15, 5, 3)]
    while len(cases) < 12:
        size, kernel, stride = (int(rng.integers(2, 9)) for _ in range(3))
        most = min(kernel, (size - 1) * stride + kernel - 1)
        excess = int(rng.integers(0, most))
        cases.append((size, (size - 1) * stride + kernel - excess, kernel, stride))
    return cases


task = register(
    Exercise(
        name="padding_for",
        notebook="03",
        difficulty=3,
        minutes=10,
        reference=_padding_for,
        cases=_reachable_sizes,
    )
)

task.wrong(
    _rounded_down,
    "Where the surplus is odd, you cut off too little. Output padding only adds "
    "pixels: round the padding up and give one pixel back.",
)
task.wrong(
    lambda *sizes: (_padding_for(*sizes)[0], 0),
    "The padding is right, but output_padding is not always 0. Where the surplus is "
    "odd, padding cuts off one pixel too many: give it back.",
)
task.wrong(
    lambda *sizes: (_excess(*sizes) // 2, 0),
    "Where the surplus is odd, half of it is no whole number, and you drop the rest. "
    "Round the padding up and give one pixel back as output_padding.",
)
task.wrong(
    lambda *sizes: (
        _padding_for(*sizes)[0] + 1,
        _padding_for(*sizes)[1] + 2,
    ),
    "Your sizes fit, but you cut off more than you must and give it back. Return the "
    "smallest padding that does.",
)
task.wrong(
    lambda *sizes: (_excess(*sizes), 0),
    "You cut the whole surplus off with one padding. It is cut off on both sides, so "
    "it counts twice.",
)
task.wrong(
    _one_stride_too_many,
    "You let the last copy start at size x stride. The first starts at 0, so the last "
    "starts at (size - 1) x stride.",
)
task.wrong(
    _of_a_convolution,
    "You planned the way back, a convolution from target to size. The transposed "
    "convolution goes from size to target.",
)
task.wrong(
    lambda *sizes: _padding_for(*sizes)[::-1],
    "The two numbers are in the wrong order. Return (padding, output_padding).",
)
