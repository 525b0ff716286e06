"""The laboratory in the notebook: one widget, live with a kernel, else a recording."""

import importlib
import warnings
from functools import cache

from gan_utils import plots, validate
from gan_utils.lab import Lab
from gan_utils.widgets import lab_controls, lab_recording, lab_scripts
from gan_utils.widgets.explorer import VIEW, _kernel_is_running
from gan_utils.widgets.lab_answers import Answers
from gan_utils.widgets.lab_still import still

MOST_FRAMES = 1000  # of a recording


class LabFace:
    """A lab that a reader can see and touch; end a cell with it.

    Attributes:
        answers: the lab, its fork, and what the front end has asked of them.
        recording: bytes that play without a kernel; empty when nothing was recorded.
        kind: "live", or "replay" for a recording alone.
    """

    def __init__(self, lab: Lab, recording: bytes = b"", kind: str = "live"):
        self.answers = Answers(lab)
        self.recording = recording
        self.kind = kind
        self._view = None

    @property
    def lab(self) -> Lab:
        """The engine, for code: whatever it does shows in the next frame."""
        return self.answers.lanes[0]

    @property
    def widget(self):
        """The live widget, built on first use."""
        if self._view is None:
            self._view = _view_class()(
                catalogue=lab_controls.catalogue(self.lab.settings), kind=self.kind
            )
            self._view.recording = self.recording  # Colab's opening drops bytes
            self._view.on_msg(self._on_message)
        return self._view

    def _on_message(self, view, question, buffers) -> None:
        with warnings.catch_warnings():  # they would be printed under another cell
            warnings.simplefilter("ignore")
            try:
                message, packed = self.answers.answer(question, buffers)
            except Exception as error:  # a fault of ours: say it, never break the page
                words = f"The lab has a fault ({type(error).__name__}). Reset it."
                message, packed = {"lanes": 0, "stopped": True, "note": words}, []
                message |= {name: question.get(name) for name in ("view", "id")}
        view.send(message, buffers=packed)

    def figure(self) -> plots.Figure:
        """Draw where the lab stands."""
        return still(self.lab.frame())

    def _repr_mimebundle_(self, include=None, exclude=None):
        data, metadata = self.figure()._repr_mimebundle_()
        if _kernel_is_running() and _anywidget() is not None:
            view = {"version_major": 2, "version_minor": 0}
            data[VIEW] = {**view, "model_id": self.widget.model_id}
            if self.recording:
                _show_loader()
        return data, metadata


def lab(data: str = "ring", **settings) -> LabFace:
    """Open a laboratory: a GAN on points in training, in the reader's hands.

    Args:
        data: name of the data; see `gan_utils.lab.CHOICES`.
        **settings: fields of `gan_utils.lab.Settings`.

    Returns:
        LabFace: end a cell with it. Without the package anywidget it is a picture.

    Raises:
        ValueError: for a bad setting.
    """
    return LabFace(Lab(data=data, **settings))


def replay(run: Lab, frames: int = 300, every: int = 10) -> LabFace:
    """Record a run as it plays on, to be watched without a kernel.

    Args:
        run: the lab; it plays frames - 1 times `every` updates.
        frames: pictures to record, 1 to 1,000.
        every: updates from one picture to the next.

    Returns:
        LabFace that holds the recording: 300 frames take 300 to 400 kB in a notebook.
    """
    validate.count(frames, "frames", minimum=1)
    if frames > MOST_FRAMES:
        raise ValueError(f"frames is {frames}; expected at most {MOST_FRAMES}.")
    validate.count(every, "every", minimum=1)
    taken = [run.frame()]
    taken += [run.play(every) for _ in range(frames - 1)]
    return LabFace(run, lab_recording.write(taken), kind="replay")


def _anywidget():
    """Return the module anywidget, or None where it is not installed."""
    try:
        return importlib.import_module("anywidget")
    except ImportError:
        return None


@cache
def _view_class():
    """Build the widget's class: anywidget is asked for only when a lab is shown."""
    anywidget, traitlets = _anywidget(), importlib.import_module("traitlets")
    if anywidget is None:
        raise ImportError("the live lab needs anywidget: pip install anywidget")

    class LabView(anywidget.AnyWidget):
        """The model behind the canvas; `static/lab.js` draws it."""

        _esm = lab_scripts.joined()
        _css = lab_scripts.style()
        catalogue = traitlets.Dict().tag(sync=True)
        recording = traitlets.Bytes().tag(sync=True)
        kind = traitlets.Unicode("live").tag(sync=True)

    LabView.__qualname__ = "LabView"  # the loader on static pages looks for this name
    return LabView


def _show_loader() -> None:
    """Leave the script in the page that plays recordings where no kernel is."""
    from IPython.display import HTML, display

    display(HTML(f"<script>{lab_scripts.loader()}</script>"))
