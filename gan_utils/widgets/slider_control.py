"""The slider of a slider figure, with its Play button; `slider_figure` draws it."""

from dataclasses import dataclass
from numbers import Real

import numpy as np

from gan_utils import validate


@dataclass(frozen=True)
class Slider:
    """A number between two ends."""

    low: float
    high: float
    value: float
    step: float | None = None
    label: str | None = None
    log: bool = False
    play: int | None = None  # milliseconds a frame, or None for no Play button
    continuous: bool = True  # redraw while the handle moves

    @property
    def whole(self) -> bool:
        """Whether the slider moves over the integers."""
        numbers = (self.low, self.high, self.value, self.step or 1)
        return not self.log and all(isinstance(number, int) for number in numbers)

    def check(self, name: str, value):
        """Return the value as this slider's type, or raise ValueError."""
        if not self.low <= value <= self.high:
            raise ValueError(
                f"{name} is {value!r}; expected {self.low} <= {name} <= {self.high}."
            )
        return int(value) if self.whole else float(value)

    def sweep(self) -> list:
        """Return up to five values from one end to the other."""
        if self.whole:
            steps = np.arange(self.low, self.high + 1, self.step or 1)
            chosen = np.linspace(0, len(steps) - 1, min(5, len(steps))).round()
            return [int(steps[int(index)]) for index in chosen]
        space = np.geomspace if self.log else np.linspace
        return [float(value) for value in space(self.low, self.high, 5)]

    def build(self, name: str, widgets):
        """Return (control, widget to show) from the ipywidgets module."""
        options = {
            "value": self.value,
            "description": self.label or name,
            "continuous_update": self.continuous,
            "style": {"description_width": "initial"},
            "layout": {"width": "28em"},
        }
        control = self._bar(widgets, options)
        if self.play is None:
            return control, control
        return control, widgets.HBox([self._player(name, control, widgets), control])

    def _bar(self, widgets, options):
        if self.whole:
            return widgets.IntSlider(
                min=self.low, max=self.high, step=self.step or 1, **options
            )
        if self.log:
            low, high = np.log10(self.low), np.log10(self.high)
            step = self.step or (high - low) / 50
            return widgets.FloatLogSlider(
                min=low, max=high, step=step, readout_format=".2g", **options
            )
        step = self.step or (self.high - self.low) / 50
        digits = int(np.clip(np.ceil(-np.log10(step)), 0, 4))
        return widgets.FloatSlider(
            min=self.low,
            max=self.high,
            step=step,
            readout_format=f".{digits}f",
            **options,
        )

    def _player(self, name, control, widgets):
        # Play counts in whole frames: a frame is one step of the slider.
        frames = round((control.max - control.min) / control.step)
        player = widgets.Play(
            value=0, min=0, max=frames, interval=self.play, description=f"Play {name}"
        )

        def show(change):
            value = control.min + change["new"] * control.step
            value = min(value, control.max)
            control.value = 10**value if self.log else value

        player.observe(show, "value")
        return player


def slider(
    low, high, value, step=None, label=None, *, log=False, play=None, continuous=True
) -> Slider:
    """Describe a slider: whole numbers if every number is an int, else floats.

    Args:
        low: lower end.
        high: upper end.
        value: where it starts.
        step: distance between positions (in decades if log); default 1 or a 50th.
        label: text beside it; default the argument's name.
        log: space the positions by factors; low must be positive.
        play: milliseconds a frame of a Play button, or None for no button.
        continuous: redraw while the handle moves; turn it off for slow drawings.

    Returns:
        The control, for `explore`.

    Raises:
        ValueError: if value lies outside the ends, or log meets a low end <= 0.
    """
    numbers = {"low": low, "high": high, "value": value}
    for name, number in numbers.items():
        if not isinstance(number, Real):
            raise ValueError(f"{name} is {number!r}; expected a number.")
    if step is not None:
        validate.positive(step, "step")
    if play is not None:
        validate.count(play, "play", minimum=1)
    if not low <= value <= high or low == high:
        raise ValueError(
            f"value is {value}; expected low <= value <= high, low < high."
        )
    if log and low <= 0:
        raise ValueError(f"low is {low}; expected a positive end, because log=True.")
    return Slider(low, high, value, step, label, log, play, continuous)
