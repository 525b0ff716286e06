"""A face: a canvas that the kernel answers, and a picture where there is no kernel."""

import importlib
import warnings
from functools import cache
from typing import ClassVar

from gan_utils import plots
from gan_utils.widgets import scripts
from gan_utils.widgets.keeping import keep_pictures
from gan_utils.widgets.slider_figure import VIEW, kernel_is_running


class Face:
    """Something that a reader can see and touch; end a cell with it.

    Args:
        answers: has answer(question, buffers) -> (message, buffers), for the front end.
        catalogue: plain values that describe the controls.

    Attributes:
        script: name of its JavaScript, one of `scripts.FACES`.
        kind: "live" where the kernel answers.
        at_fault: what a message holds besides, when answering failed.
    """

    script: str
    kind = "live"
    at_fault: ClassVar[dict] = {}

    def __init__(self, answers, catalogue: dict):
        self.answers = answers
        self.catalogue = catalogue
        self._view = None

    def figure(self) -> plots.Figure:
        """Draw where it stands."""
        raise NotImplementedError

    @property
    def widget(self):
        """The live widget, built on first use."""
        if self._view is None:
            self._view = self._built()
            self._view.on_msg(self._on_message)
        return self._view

    def _opening(self) -> dict:
        """Return what the front end knows from the first moment on: no bytes in it."""
        return {"catalogue": self.catalogue, "kind": self.kind}

    def _built(self):
        return view_class(self.script)(**self._opening())

    def _on_message(self, view, question, buffers) -> None:
        with warnings.catch_warnings():  # they would be printed under another cell
            warnings.simplefilter("ignore")
            try:
                for message, packed in self._answered(question, buffers):
                    view.send(message, buffers=packed)
            except Exception as error:  # a fault of ours: say it, never break the page
                words = (
                    f"There is a fault ({type(error).__name__}). Run the cell again."
                )
                message = {name: question.get(name) for name in ("view", "id")}
                view.send(message | {"note": words} | self.at_fault, buffers=[])

    def _answered(self, question, buffers):
        yield self.answers.answer(question, buffers)

    def _repr_mimebundle_(self, include=None, exclude=None):
        data, metadata = self.figure()._repr_mimebundle_()
        if kernel_is_running() and anywidget() is not None:
            keep_pictures()
            view = {"version_major": 2, "version_minor": 0}
            data[VIEW] = {**view, "model_id": self.widget.model_id}
        return data, metadata


def anywidget():
    """Return the module anywidget, or None where it is not installed."""
    try:
        return importlib.import_module("anywidget")
    except ImportError:
        return None


@cache
def view_class(script: str):
    """Build a widget's class: anywidget is asked for only when a face is shown.

    Args:
        script: one of `scripts.FACES`.

    Raises:
        ImportError: anywidget is not installed.
    """
    if anywidget() is None:
        raise ImportError("live faces need anywidget: pip install anywidget")
    traitlets = importlib.import_module("traitlets")

    class View(anywidget().AnyWidget):
        """The model behind the canvas; its JavaScript draws."""

        _esm = scripts.bundle(script)
        _css = scripts.style()
        catalogue = traitlets.Dict().tag(sync=True)
        recording = traitlets.Bytes().tag(sync=True)  # of the lab
        kind = traitlets.Unicode("live").tag(sync=True)
        # Of a lab that the page can train, as lab_sources.js reads them: with what,
        # where the run is ("page" or "kernel"), and, from the page, the run as text.
        offer = traitlets.Dict().tag(sync=True)
        source = traitlets.Unicode("kernel").tag(sync=True)
        run = traitlets.Unicode().tag(sync=True)

    View.__module__, View.__name__ = __package__, script  # saved pages name it so
    return View
