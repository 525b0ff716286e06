"""The laboratory's session: a run that can be played, rewound, forked and changed."""

from collections.abc import Iterator

import numpy as np

from gan_utils import validate
from gan_utils.engine import run
from gan_utils.lab import slow, storage, structure
from gan_utils.lab.frame import DIVERGENCES, Frame, Phase, Series, Wall
from gan_utils.lab.record import Record
from gan_utils.lab.settings import Settings
from gan_utils.lab.show import Camera
from gan_utils.lab.timeline import Snapshot, Timeline, pack, unpack
from gan_utils.lab.wall import build
from gan_utils.lab.written import Written
from gan_utils.training.guard import find_fault

DIVERGED = 1e6  # losses beyond this size end a run
MOST_STEPS = 10_000_000  # of one call
PIECE = 512  # most updates between two looks at whether all is well


class Lab:
    """A GAN on points, in training; see `gan_utils.lab.frame` for its use.

    Attributes:
        settings: `Settings` at the step where the lab stands.
        now: updates made so far.
        head: the last step that was played.
        first: the earliest step that `seek` reaches.
        message: "" or what went wrong, in plain words.
    """

    def __init__(self, data: str = Settings.data, **settings):
        """Start a run.

        Args:
            data: name of the data, one of CHOICES["data"].
            **settings: fields of `Settings`.

        Raises:
            ValueError: for a bad setting.
        """
        self._begin(Settings().changed(data=data, **settings))

    def _begin(self, settings: Settings) -> None:
        self.setup = structure.setup_of(settings)
        self.state = structure.start(self.setup)
        self.now = self.head = 0
        self.timeline = Timeline(Snapshot(0, self.setup, pack(self.state)))
        self._losses = Record(("d_loss", "g_loss"))
        self._losses_known = 0
        self.charts = Record(DIVERGENCES)
        self._camera = Camera()
        self._broken, self.message = False, _remark(settings)
        self._alone = None  # (player, step) right after that player moved alone

    @property
    def settings(self) -> Settings:
        """Settings at the step where the lab stands."""
        return self.setup.settings

    @property
    def first(self) -> int:
        """The earliest step that `seek` reaches."""
        return self.timeline.first

    @property
    def history(self) -> Series:
        """Both players' losses over the run."""
        return self._losses.series()

    def frame(self, arrows: str = "generator_loss", thorough: bool = False) -> Frame:
        """Take a frame; the run is not changed.

        Args:
            arrows: which arrows, one of ARROWS.
            thorough: measure everything now, noise floors too, which takes a second;
                else W1 and the energy distance are renewed in every eighth frame, and
                the floors grow with them.
        """
        return self._camera.frame(self, arrows, thorough)

    def play(self, n: int = 1, **shown) -> Frame:
        """Make n updates; see `advance`.

        Args:
            n: updates, 0 or more.
            **shown: arguments of `frame`.

        Returns:
            Frame after the last of them.
        """
        self.advance(n)
        return self.frame(**shown)

    def advance(self, n: int) -> None:
        """Make n updates and show nothing.

        Below the head, what was played is played again, with the changes made then. A
        run that breaks goes back to its last good step and says so in `message`.
        """
        if validate.count(n, "n") > MOST_STEPS:
            raise ValueError(f"n is {n:,}; expected {MOST_STEPS:,} or fewer.")
        end = self.now + n
        while self.now < end and not self._broken:
            change = self.timeline.change_after(self.now)
            stop = min(end, change.step if change else end, self.now + PIECE)
            self._updates(stop - self.now)
            if change and self.now == change.step:
                self._enter(change)

    def _updates(self, n: int) -> None:
        """Make n updates under the present setup, or as many as are good."""
        gan, batches = self.setup.gan, self.setup.batches
        before = self.state
        after, reports = run(gan, before, batches, n)
        fault = find_fault(gan, before, after, reports, batches, DIVERGED)
        good = n
        if fault is not None:
            after, good = fault.state, fault.good
            self._broken, self.message = True, _plainly(fault.message)
        new = max(self._losses_known - self.now, 0)
        rows = np.stack([reports.d_loss[:good], reports.g_loss[:good]], 1)[new:]
        self._losses.add(self.now + new, rows)
        self.state, self.now = after, self.now + good
        self._losses_known = max(self._losses_known, self.now)
        self.head = max(self.head, self.now)
        if good:
            self.timeline.mark(self.now, self.setup, self.state)

    def _enter(self, snapshot: Snapshot) -> None:
        self.now, self.setup, self._alone = snapshot.step, snapshot.setup, None
        self.state = unpack(snapshot.packed)

    def step(self, player: str = "both", **shown) -> Frame:
        """Make one update of one player, or one whole update.

        Args:
            player: "discriminator" makes its k_d steps (1 if that is 0), "generator"
                its k_g steps, "both" a whole update.
            **shown: arguments of `frame`.
        """
        validate.one_of(player, "player", structure.PLAYERS)
        if player == "both":
            return self.play(1, **shown)
        if self._broken:
            return self.frame(**shown)
        alone, settings = self._alone, self.settings
        self._forget_future()
        if alone == (player, self.now):  # the stretch before goes on
            self.timeline.stretches.pop()
            self.setup = self.timeline.stretches[-1].setup
        else:
            self._stretch(structure.setup_of(settings, player))
        self.advance(1)
        self._stretch(structure.setup_of(settings))
        self._alone = (player, self.now)
        return self.frame(**shown)

    def _stretch(self, setup) -> None:
        """Go on from here under a setup; what was played beyond is forgotten."""
        self._forget_future()
        self.setup, self._alone = setup, None
        self.timeline.begin(Snapshot(self.now, setup, pack(self.state)))

    def _forget_future(self) -> None:
        if self.now < self.head:
            self.timeline.cut(self.now)
            self._losses.cut(self.now)
            self.charts.cut(self.now + 1)
            self._losses_known = min(self._losses_known, self.now)
            self.head = self.now

    def reset(self, seed: int | None = None) -> Frame:
        """Start anew under the present settings, with another seed if one is given."""
        changes = {} if seed is None else {"seed": seed}
        self._begin(self.settings.changed(**changes))
        return self.frame()

    def seek(self, step: int, **shown) -> Frame:
        """Go to a step between `first` and `head`: the same bits as when it was played.

        Raises:
            ValueError: when the step was not played, or is no longer kept.
        """
        validate.count(step, "step")
        if not self.first <= step <= self.head:
            raise ValueError(
                f"step is {step:,}; expected {self.first:,} to {self.head:,}, the "
                "steps that were played and are kept."
            )
        nearest = self.timeline.nearest(step)
        if not nearest.step <= self.now <= step:
            self._enter(nearest)
        self._broken, self.message = False, ""
        self.advance(step - self.now)
        return self.frame(**shown)

    def change(self, **settings) -> str:
        """Change settings of the run, live.

        Numbers take effect at the next update and compile nothing. Another size of a
        network starts that network anew; another optimiser forgets its moments; another
        seed starts a new run. Everything else goes on.

        Returns:
            A sentence that says what was made anew.

        Raises:
            ValueError: for a bad setting; nothing is changed then.
        """
        new = self.settings.changed(**settings)
        if new == self.settings:
            return "Nothing changed."
        if new.seed != self.settings.seed:
            self._begin(new)
            return "Another seed: the run starts anew."
        setup = structure.setup_of(new)
        self.state, sentence = structure.carry(self.state, self.setup, setup)
        if new.data != self.settings.data or new.drawing != self.settings.drawing:
            self._camera.forget()
        self._broken, self.message = False, _remark(new)
        self._stretch(setup)
        return sentence

    def set_loss(self, text: str) -> str:
        """Play on with a loss typed as Python; see `Written` for what it must define.

        Returns:
            A sentence that says that it was taken.

        Raises:
            ValueError: that says why it was refused; the lab goes on as before.
        """
        sentence = self.change(loss=Written(text))
        return f"Your loss is in. {sentence}"

    def fork(self, **settings) -> "Lab":
        """Make a second lab with the same past, and change settings in it.

        Both draw the same data and noise from here on, so what differs between them is
        the change. (Other batch sizes or numbers of steps need other draws.)
        """
        other = object.__new__(Lab)
        other.__dict__.update(self.__dict__)
        other.timeline = self.timeline.copy()
        other._losses, other.charts = self._losses.copy(), self.charts.copy()
        other._camera = Camera()
        other._forget_future()
        if settings:
            other.change(**settings)
        return other

    def slow_motion(self) -> Iterator[Phase]:
        """Make one update in ten phases; the lab moves on when the last was taken."""
        if self._broken:
            return
        yield from slow.phases(self.setup, self.state)
        self.advance(1)

    def wall(self, steps: int = 500, seeds: int = 64, checkpoints: int = 10) -> Wall:
        """Play the present settings from the start with many seeds, in one ensemble.

        Args:
            steps: updates.
            seeds: members; the first has this lab's seed, the others those after it.
            checkpoints: at how many steps to look.
        """
        return build(self.setup, steps, seeds, checkpoints)

    def save(self, path) -> None:
        """Write the run to a file, path or open binary file; see `storage.write`."""
        storage.write(path, self)

    @staticmethod
    def load(path, run_code: bool = False) -> "Lab":
        """Read a run; it goes on with the same bits.

        Args:
            path: file that `save` wrote, or an open binary file.
            run_code: a loss that was typed is Python code; it runs only when this is
                True.

        Raises:
            HoldsCode: a ValueError, when the file holds code and run_code is False.
            ValueError: when the file is none of ours, or was changed.
        """
        lab = object.__new__(Lab)
        storage.read(path, lab, run_code)
        return lab


def _plainly(message: str) -> str:
    return message.replace("stopped", "Stopped").replace(
        "The state returned is the last good one. Try a smaller learning rate, or "
        "check the data's range.",
        "The lab shows the last good step. Try a smaller learning rate, go back on the "
        "timeline, or reset.",
    )


def _remark(settings: Settings) -> str:
    if settings.data == "drawing" and len(set(settings.drawing)) == 1:
        return (
            "The drawing is a single point, so the data are one small cloud. Draw more "
            "points for a shape."
        )
    return ""
