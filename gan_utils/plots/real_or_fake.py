"""Questions of the game "real or fake?": one at a time, or a numbered sheet."""

import numpy as np

from gan_utils import validate
from gan_utils.plots.figure import Figure, describe, figure
from gan_utils.plots.style import FAKE, REAL


def where_is_it_from(
    real, fake, places, *, numbered=True, limits=(-2.5, 2.5)
) -> Figure:
    """Draw known data and fakes, and new points whose origin is asked for.

    Args:
        real: known data, shape (N, 2).
        fake: known fakes, shape (M, 2).
        places: points in question, shape (K, 2).
        numbered: write 1 ... K beside them.
        limits: (low, high) of both axes.

    Returns:
        Figure whose alt text gives, for each point, its place and how many of its ten
        nearest known neighbours are data.
    """
    sets = {"real": real, "fake": fake, "places": places}
    real, fake, places = (
        np.asarray(validate.points(x, name, dim=2), float) for name, x in sets.items()
    )
    result, axes = figure(size=(4.6, 4.6))
    axes.scatter(*real.T, s=16, color=REAL, marker="o", alpha=0.6, lw=0, label="data")
    axes.scatter(*fake.T, s=16, color=FAKE, marker="x", alpha=0.7, lw=1, label="fakes")
    axes.scatter(*places.T, s=190, marker="*", color="black", ec="white", zorder=3)
    if numbered:
        for number, place in enumerate(places, 1):
            axes.annotate(
                str(number), place, xytext=(7, 5), textcoords="offset points", zorder=4
            )
    axes.set(xlim=limits, ylim=limits, aspect="equal", xticks=[], yticks=[])
    result.legend(loc="outside lower center", ncols=2, frameon=False)
    return describe(result, where_in_words(real, fake, places, numbered=numbered))


def where_in_words(real, fake, places, *, numbered=True) -> str:
    """Say what `where_is_it_from` draws: each place, and its nearest neighbours."""
    real, fake, places = (np.asarray(x, float) for x in (real, fake, places))
    words = []
    for number, place in enumerate(places, 1):
        near = _data_among_nearest(real, fake, place)
        at = f"({place[0]:.2f}, {place[1]:.2f})"
        at = f"{number} at {at}" if numbered else at
        words.append(f"{at} with {near} data among its 10 nearest")
    known = f"{len(real)} data points, {len(fake)} fakes"
    return f"{known}, and in question: {'; '.join(words)}."


def _data_among_nearest(real, fake, place, k: int = 10) -> int:
    known = np.concatenate([real, fake])
    nearest = np.argsort(np.linalg.norm(known - place, axis=1))[:k]
    return int((nearest < len(real)).sum())


def named_images(images: dict, *, columns: int = 8, size=1.0) -> Figure:
    """Draw images side by side, each under its name.

    Args:
        images: name -> one image (H, W, C) in [-1, 1], or one of any range with a
            single channel, which is then shown from its own least to its largest value.
        columns: images in a row.
        size: side of one image in inches.

    Returns:
        Figure whose alt text names every image with its mean pixel.
    """
    validate.named(images, "images", some=True)
    columns = min(validate.count(columns, "columns", minimum=1), len(images))
    rows = -(-len(images) // columns)
    result, axes = figure(rows, columns, size=(size * columns, (size + 0.3) * rows))
    panels = np.ravel(axes)
    for panel in panels:
        panel.set_axis_off()
    for panel, (name, image) in zip(panels, images.items(), strict=False):
        image = np.asarray(validate.array(image, str(name)), float)
        if image.ndim != 3 or image.shape[-1] not in (1, 3):
            raise ValueError(
                f"images[{name!r}] is {validate.describe(image)}; expected one image "
                "(H, W, C) with 1 or 3 channels. Likely cause: a flattened image, or "
                "a whole set of them."
            )
        if np.abs(image).max() <= 1.001:
            shown, low, high = (image + 1) / 2, 0, 1
        else:
            shown, low, high = image, image.min(), image.max()
        shown = shown[..., 0] if shown.shape[-1] == 1 else np.clip(shown, 0, 1)
        panel.imshow(shown, cmap="gray", vmin=low, vmax=high, interpolation="nearest")
        panel.set_title(str(name))
    return describe(result, images_in_words(images))


def images_in_words(images: dict) -> str:
    """Say what `named_images` draws: each name, and how bright its image is."""
    bright = {name: np.asarray(image, float).mean() for name, image in images.items()}
    words = [f"{name} (mean pixel {mean:.2f})" for name, mean in bright.items()]
    return f"Images: {', '.join(words)}."
