"""How to make a slider figure: `explore(draw, n=slider(1, 9, 3))`, live or still."""

import html
from collections.abc import Callable

from gan_utils import validate
from gan_utils.plots import Figure, describe
from gan_utils.widgets.keeping import keep_pictures

STATUS = '<div role="status" aria-live="polite" style="line-height: 1.5">{}</div>'
VIEW = "application/vnd.jupyter.widget-view+json"


class Explorer:
    """A drawing with controls: live with a kernel, a described picture without one."""

    def __init__(self, draw: Callable[..., Figure], controls: dict):
        self.draw = draw
        self.controls = controls
        self.values = {name: control.value for name, control in controls.items()}
        self.error = None
        self._widget = None
        self._shown = None  # the figure in the widget

    def figure(self) -> Figure:
        """Draw the present state and return the figure."""
        figure = self.draw(**self.values)
        if not isinstance(figure, Figure):
            raise ValueError(
                f"draw returned {type(figure).__name__}; expected a plots.Figure. "
                "Likely cause: a missing return."
            )
        return figure

    def set(self, **values) -> "Explorer":
        """Move controls, as a reader would by hand, and redraw.

        Args:
            **values: new values by control name.

        Returns:
            The explorer.

        Raises:
            ValueError: if a name or a value is not in the controls.
        """
        for name, value in values.items():
            if name not in self.controls:
                raise ValueError(
                    f"{name!r} is no control; expected one of {list(self.controls)}."
                )
            self.values[name] = self.controls[name].check(name, value)
        if self._widget is None:
            self.figure()
        else:
            self._move_widgets()
            if self.error is not None:
                raise self.error
        return self

    def sweep(self) -> list[tuple[dict, str]]:
        """Draw over the range of every control, one at a time, then both extremes.

        The two extremes are also turned into pictures.

        Returns:
            The states drawn, each with the alt text of its figure.

        Raises:
            Exception: whatever the drawing raises, and ValueError if alt is empty or a
                picture is too large.
        """
        start = dict(self.values)
        ranges = {name: control.sweep() for name, control in self.controls.items()}
        states = [{**start, name: v} for name, vs in ranges.items() for v in vs]
        ends = [{name: vs[end] for name, vs in ranges.items()} for end in (0, -1)]
        seen = []
        try:
            for self.values in states + ends:
                figure = self.figure()
                describe(figure, figure.alt)
                if self.values in ends:
                    figure.png()
                seen.append((dict(self.values), figure.alt))
        finally:
            self.values = start
        return seen

    @property
    def widget(self):
        """The live ipywidget, built on first use."""
        if self._widget is None:
            self._build()
        return self._widget

    def _build(self) -> None:
        widgets = _ipywidgets()
        built = {name: c.build(name, widgets) for name, c in self.controls.items()}
        self._inputs = {name: control for name, (control, _) in built.items()}
        self._image = widgets.Image(format="png", layout={"max_width": "100%"})
        self._sentence = widgets.HTML()
        for name, control in self._inputs.items():
            control.observe(
                lambda change, name=name: self._on_move(name, change), "value"
            )
        shown = [box for _, box in built.values()]
        self._widget = widgets.VBox(
            [*shown, self._image, self._sentence],
            layout={"align_items": "flex-start"},  # or the picture is stretched
        )
        self._move_widgets()

    def _on_move(self, name: str, change) -> None:
        self.values[name] = change["new"]
        if not self._moving:
            self._redraw()

    def _move_widgets(self) -> None:
        self._moving = True
        for name, control in self._inputs.items():
            control.value = self.values[name]
        self._moving = False
        self._redraw()

    def _redraw(self) -> None:
        """Draw into the widget; a failure is shown where the sentence stands."""
        self.error = None
        try:
            self._shown = self.figure()
            self._image.value = self._shown.png()
            text = html.escape(self._shown.alt)
        except Exception as error:
            self.error = error
            text = "Could not draw: " + html.escape(f"{type(error).__name__}: {error}")
        self._sentence.value = STATUS.format(text)

    def _repr_mimebundle_(self, include=None, exclude=None):
        if not kernel_is_running():
            return self.figure()._repr_mimebundle_()
        view = {"version_major": 2, "version_minor": 0}
        view["model_id"] = self.widget.model_id
        if self.error:
            raise self.error
        keep_pictures()
        data, metadata = self._shown._repr_mimebundle_()
        return data | {VIEW: view}, metadata


def explore(draw: Callable[..., Figure], **controls) -> Explorer:
    """Make a drawing explorable.

    Args:
        draw: function of the controls' values that returns a plots.Figure; cheap, since
            it runs at every move.
        **controls: one `slider`, `choice` or `toggle` for each argument of draw.

    Returns:
        An Explorer: end a cell with it.

    Raises:
        ValueError: if a control is not one of ours, or draw takes no such argument.
    """
    validate.takes(draw, tuple(controls), "draw")
    for name, control in controls.items():
        if not hasattr(control, "sweep"):
            raise ValueError(
                f"{name} is {control!r}; expected a slider, a choice or a toggle."
            )
    return Explorer(draw, controls)


def _ipywidgets():
    """Return the ipywidgets module, or say how to get it."""
    try:
        import ipywidgets
    except ImportError as error:
        raise ImportError(
            "live widgets need ipywidgets: pip install 'ipywidgets>=7.7'. "
            "Without it every explorer shows its still picture."
        ) from error
    return ipywidgets


def kernel_is_running() -> bool:
    """Tell whether a front end can reach this process through a Jupyter kernel."""
    try:
        import ipywidgets  # noqa: F401
        from IPython import get_ipython
    except ImportError:
        return False
    return getattr(get_ipython(), "kernel", None) is not None
