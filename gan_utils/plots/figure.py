"""A figure that carries its description and shows itself as a small PNG."""

import base64
import io

import matplotlib.figure
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PathCollection
from matplotlib.text import Text
from PIL import Image

from gan_utils.plots import style as styles
from gan_utils.plots.dark import darkened

DPI = 100
PALETTES = (128, 64, 32)  # colours, tried in turn before the picture is made smaller


class Figure(matplotlib.figure.Figure):
    """A matplotlib figure with alt text, drawn without pyplot.

    As the last expression of a cell, or through `display`, it shows a PNG within the
    course's size limit; its text form is the alt text.
    """

    def __init__(self, *args, alt: str = "", **kwargs):
        kwargs.setdefault("layout", "constrained")
        super().__init__(*args, **kwargs)
        FigureCanvasAgg(self)
        self.style, self.theme = styles.current(), styles.theme()
        self._thick = False
        self._png = b""  # of the last drawing
        self.alt = alt

    def png(self) -> bytes:
        """Return the picture as a PNG no larger than the style's limit.

        It is drawn anew only after a change: to show a figure, IPython asks twice.

        Returns:
            The bytes of a PNG with a palette of at most 128 colours.

        Raises:
            ValueError: if no palette and size makes it small enough.
        """
        if self._png and not self.stale:
            return self._png
        if self.style.lift:
            self._raise_text()
            self._thicken()
        dpi = DPI
        for _ in range(5):
            pixels = self._draw(dpi)
            photo = any(i.get_array().ndim == 3 for a in self.axes for i in a.images)
            for colours in PALETTES:  # the fewest by the octree, whose file is smaller
                data = _encode(pixels, colours, photo and colours > PALETTES[-1])
                if len(data) <= self.style.limit:
                    self._png = data
                    return data
            dpi = 0.95 * dpi * (self.style.limit / len(data)) ** 0.5
        raise ValueError(
            f"figure takes {len(data)} bytes at {self.dpi:.0f} dots per inch; expected "
            f"at most {self.style.limit}. Likely cause: noise, or too many panels."
        )

    @property
    def heading(self) -> str:
        """The titles of the figure and of its panels, in one line."""
        panels = (a.get_title() or a.get_title("left") for a in self.axes)
        titles = [self.get_suptitle(), *panels]
        return "; ".join(" ".join(title.split()) for title in titles if title.strip())

    def _draw(self, dpi: float) -> Image.Image:
        with styles.context(self.style):
            self.set_dpi(dpi)
            self.canvas.draw()
        pixels = np.asarray(self.canvas.buffer_rgba())[..., :3]
        if self.theme == "dark":
            pixels = darkened(pixels, list(self._pictures(len(pixels))))
        return Image.fromarray(pixels)

    def _pictures(self, height: int):
        """Yield where pictures stand, as (top, bottom, left, right) in pixels.

        An image in colours or greys is a picture; in any other scale it is a map.
        """
        for axes in self.axes:
            for picture in axes.images:
                if picture.get_array().ndim == 2 and picture.cmap.name != "gray":
                    continue
                box = picture.get_window_extent()
                down = (round(height - y) for y in (box.y1, box.y0))
                yield (*down, round(box.x0), round(box.x1))

    def _raise_text(self) -> None:
        """Lift every text, also tick labels and legends, to the style's smallest."""
        smallest = self.style.text
        for axes in self.axes:
            for axis in (axes.xaxis, axes.yaxis):
                for tick in axis.get_major_ticks() + axis.get_minor_ticks():
                    size = tick.label1.get_size()
                    if size < smallest:
                        axis.set_tick_params(which="both", labelsize=smallest)
        for text in self.findobj(Text):
            if text.get_size() < smallest:
                text.set_size(smallest)

    def _thicken(self) -> None:
        """Widen lines and marks once, so that the last row sees them."""
        if self._thick:
            return
        self._thick = True
        for axes in self.axes:
            for line in axes.lines:
                line.set_linewidth(line.get_linewidth() * self.style.scale)
                line.set_markersize(line.get_markersize() * self.style.scale)
            for marks in axes.collections:
                if isinstance(marks, PathCollection):
                    marks.set_sizes(marks.get_sizes() * self.style.scale**2)

    def _repr_mimebundle_(self, include=None, exclude=None):
        if not self.alt.strip():
            raise ValueError(
                "figure has no alt text; expected a sentence that says what it shows. "
                "Use plots.describe(figure, alt)."
            )
        _outrank_inline_backend()
        picture, metadata = _picture(self)
        return {"image/png": picture, "text/plain": self.alt}, {"image/png": metadata}


def _encode(pixels: Image.Image, colours: int, photo: bool) -> bytes:
    """Return a PNG with a palette fitted to the picture.

    The octree keeps the colours of thin lines, but speckles even skies and skins.
    """
    cut = Image.Quantize.MEDIANCUT if photo else Image.Quantize.FASTOCTREE
    palette = pixels.quantize(
        colours, method=cut, kmeans=3 if photo else 0, dither=Image.Dither.NONE
    )
    out = io.BytesIO()
    palette.save(out, "png", optimize=True)
    return out.getvalue()


def _picture(figure: Figure):
    """Return a figure's PNG in base64 with the metadata that notebooks store."""
    metadata = {"alt": figure.alt, "title": figure.heading}
    return base64.b64encode(figure.png()).decode("ascii"), metadata


def _outrank_inline_backend() -> None:
    """Register our PNG with IPython, where pyplot's own formatter would come first."""
    from IPython import get_ipython

    if (shell := get_ipython()) is not None:
        shell.display_formatter.formatters["image/png"].for_type(Figure, _picture)


def figure(rows: int = 1, columns: int = 1, size=None, alt: str = ""):
    """Make a figure and its axes in the current style.

    Args:
        rows: rows of panels.
        columns: columns of panels.
        size: (width, height) in inches on a page, or None for a size that fits.
        alt: a sentence that says what the figure shows; `describe` can set it later.

    Returns:
        (Figure, axes): one Axes when there is one panel, else an array (rows, columns)
        with axes of length 1 dropped.
    """
    style = styles.current()
    width, height = size or (min(9.0, 1.0 + 3.6 * columns), 0.5 + 2.7 * rows)
    scale = min(style.scale, max(1.0, style.width / width))
    with styles.context(style):
        result = Figure(figsize=(width * scale, height * scale), alt=alt)
        axes = result.subplots(rows, columns)
    return result, axes


def describe(figure: Figure, alt: str) -> Figure:
    """Set a figure's alt text and return the figure.

    Args:
        figure: the figure.
        alt: a sentence that says what the data show, with its numbers.

    Returns:
        The same figure.

    Raises:
        ValueError: if alt is empty.
    """
    if not alt.strip():
        raise ValueError("alt is empty; expected a sentence that says what is shown.")
    figure.alt = " ".join(alt.split())
    return figure
