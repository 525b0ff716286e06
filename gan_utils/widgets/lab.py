"""The laboratory in the notebook: one widget, live with a kernel, else a recording."""

from typing import ClassVar

from gan_utils import plots, validate
from gan_utils.lab import Lab, Settings
from gan_utils.widgets import lab_controls, lab_recording, scripts
from gan_utils.widgets.face import Face
from gan_utils.widgets.lab_answers import Answers
from gan_utils.widgets.lab_still import still
from gan_utils.widgets.slider_figure import VIEW

MOST_FRAMES = 1000  # of a recording
PREVIEW = 300  # updates to the still picture of a lab that has not begun


class LabFace(Face):
    """A lab that a reader can see and touch; end a cell with it.

    Attributes:
        answers: the lab, its fork, and what the front end has asked of them.
        recording: bytes that play without a kernel; empty when nothing was recorded.
        kind: "live", or "replay" for a recording alone.
    """

    script = "lab"
    at_fault: ClassVar[dict] = {"lanes": 0, "stopped": True}

    def __init__(self, lab: Lab, recording: bytes = b"", kind: str = "live"):
        super().__init__(Answers(lab), lab_controls.catalogue(lab.settings))
        self.recording = recording
        self.kind = kind

    @property
    def lab(self) -> Lab:
        """The engine, for code: whatever it does shows in the next frame."""
        return self.answers.lanes[0]

    def figure(self) -> plots.Figure:
        """Draw where the lab stands; one that has not begun, as it will be soon."""
        if self.lab.now:
            return still(self.lab.frame())
        ahead = self.lab.fork()
        return still(ahead.play(PREVIEW))

    def _answered(self, question, buffers):
        yield from self.answers.stream(question, buffers)

    def _built(self):
        view = super()._built()
        view.recording = self.recording  # Colab's opening drops bytes
        return view

    def _repr_mimebundle_(self, include=None, exclude=None):
        data, metadata = super()._repr_mimebundle_()
        if VIEW in data and self.recording:
            _show_loader()
        return data, metadata


def lab(data: str = Settings.data, **settings) -> LabFace:
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
        LabFace that holds the recording: 300 frames take 450 to 550 kB in a notebook,
        scripts and styles among them.
    """
    if not isinstance(run, Lab):
        raise ValueError(
            f"run is {validate.describe(run)}; expected a Lab. Likely cause: a lab's "
            "figure; give its attribute lab."
        )
    validate.count(frames, "frames", minimum=1)
    if frames > MOST_FRAMES:
        raise ValueError(f"frames is {frames}; expected at most {MOST_FRAMES}.")
    validate.count(every, "every", minimum=1)
    taken = [run.frame()]
    taken += [run.play(every) for _ in range(frames - 1)]
    return LabFace(run, lab_recording.write(taken), kind="replay")


def _show_loader() -> None:
    """Leave the script in the page that plays recordings where no kernel is."""
    from IPython.display import HTML, display

    display(HTML(f"<script>{scripts.bundle(scripts.LOADER)}</script>"))
