"""The laboratory in the notebook: one widget, which trains in the page or the kernel.

Where the page has programs for what a lab plays, it trains there, takes nothing from
the kernel, and lives on without one. The kernel holds what the page last told of the
run (`view.run`), and has the run itself where the page has no program, or where code
asks for it: one of the two at a time, and `view.source` says which.
"""

from typing import ClassVar

from gan_utils import plots, validate
from gan_utils.lab import Lab, Settings, handed
from gan_utils.widgets import lab_controls, lab_offer, lab_recording, scripts
from gan_utils.widgets.face import Face
from gan_utils.widgets.lab_answers import Answers
from gan_utils.widgets.lab_still import still
from gan_utils.widgets.slider_figure import VIEW

MOST_FRAMES = 1000  # of a recording
PREVIEW = 300  # updates to the still picture of a lab that has not begun
STAY = {
    "look",
    "play",
    "step",
    "seek",
    "phase",
    "wall",
    "save",
}  # with the same programs


class LabFace(Face):
    """A lab that a reader can see and touch; end a cell with it.

    Attributes:
        answers: the lab, its fork, and what the front end has asked of them.
        recording: bytes that play without a kernel; empty when nothing was recorded.
        kind: "live", or "replay" for a recording alone.
    """

    script = "lab"
    at_fault: ClassVar[dict] = {"lanes": 0, "stopped": True}

    def __init__(
        self,
        lab: Lab,
        recording: bytes = b"",
        kind: str = "live",
        source: str = "kernel",
    ):
        super().__init__(Answers(lab), lab_controls.catalogue(lab.settings))
        self.recording = recording
        self.kind = kind
        self._opened = lab.settings
        self._offered = source == "page"
        self._held = False  # code has the lab

    @property
    def lab(self) -> Lab:
        """The engine, for code: whatever it does shows in the next frame.

        A run that the page has trained goes on in the kernel from then on, from where
        it stood; while it plays, from where it was seconds ago.
        """
        if self._is_with_page:
            self.answers.lanes = self._told()
            self._view.source = "kernel"
        self._held = True
        return self.answers.lanes[0]

    @property
    def _is_with_page(self) -> bool:
        return self._view is not None and self._view.source == "page"

    def _told(self) -> list[Lab]:
        """Return the run and its fork as the page has last told of them."""
        if self._is_with_page and self._view.run:
            return handed.read(self._view.run)
        return self.answers.lanes

    def figure(self) -> plots.Figure:
        """Draw where the lab stands; one that has not begun, as it will be soon."""
        lab = self._told()[0]
        if lab.now:
            return still(lab.frame())
        ahead = lab.fork()
        return still(ahead.play(PREVIEW))

    def _answered(self, question, buffers):
        if wanted := question.get("programs"):
            yield lab_offer.programs(wanted, self._opened)
            return
        for message, packed in self.answers.stream(question, buffers):
            placed = {} if message.get("more") else self._placed(question)
            yield message | placed, packed

    def _placed(self, question) -> dict:
        """Give a run back when the page can train it; return what the page is told."""
        commands = question.get("commands", ())
        stays = {one.get("do") for one in commands} <= STAY
        if stays or not self._offered or self._held or commands[0].get("helps"):
            return {}
        if not lab_offer.all_prepared(self.answers.lanes):
            self._view.source = "kernel"
            return {}
        self._view.run = handed.write(self.answers.lanes)
        self._view.source = "page"
        return {"run": self._view.run}

    def _opening(self):
        found = super()._opening()
        if not self._offered:
            return found
        source = "kernel" if self._held else "page"
        return found | {"offer": lab_offer.offer(self._opened), "source": source}

    def _built(self):
        view = super()._built()
        view.recording = self.recording  # Colab's opening drops bytes
        return view

    def _repr_mimebundle_(self, include=None, exclude=None):
        data, metadata = super()._repr_mimebundle_()
        if VIEW in data and self.recording:
            _show_loader()
        return data, metadata


def lab(data: str = Settings.data, source: str | None = None, **settings) -> LabFace:
    """Open a laboratory: a GAN on points in training, in the reader's hands.

    Args:
        data: name of the data; see `gan_utils.lab.CHOICES`.
        source: where it trains: "page" (in the kernel only what no program was prepared
            for) or "kernel"; None for what the environment variable GAN_UTILS_LAB says,
            else "page".
        **settings: fields of `gan_utils.lab.Settings`.

    Returns:
        LabFace: end a cell with it. Without the package anywidget it is a picture.

    Raises:
        ValueError: for a bad setting or source.
    """
    run = Lab(data=data, **settings)
    return LabFace(run, source=lab_offer.source_of(run.settings, source))


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
