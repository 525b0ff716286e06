"""A picture that follows training: one display, redrawn while the cell runs."""

from collections.abc import Callable

from gan_utils.plots import Figure


def live(draw: Callable[..., Figure]) -> Callable:
    """Turn a drawing into an `on_frame` callback for `train`.

    The first frame makes a display; later frames replace it, so the last one stays as
    the cell's output. Make a new callback for each cell.

    Args:
        draw: function (state, history) -> plots.Figure.

    Returns:
        Function (state, history) -> None; its attribute `figure` is the last frame.
    """
    handle = None

    def on_frame(state, history) -> None:
        nonlocal handle
        on_frame.figure = draw(state, history)
        if handle is None:
            handle = _display(on_frame.figure)
        else:
            handle.update(on_frame.figure)

    on_frame.figure = None
    return on_frame


class _Silent:
    """Stands in for a display outside IPython."""

    def update(self, figure) -> None:
        """Show nothing."""


def _display(figure):
    """Show a figure and return the handle that replaces it."""
    try:
        from IPython import get_ipython
        from IPython.display import display
    except ImportError:
        return _Silent()
    if get_ipython() is None:
        return _Silent()
    return display(figure, display_id=True)
