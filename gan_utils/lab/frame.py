"""What a laboratory shows at one moment: plain NumPy arrays, ready for any face.

The session that makes frames is `gan_utils.lab.Lab`:

    lab = Lab(data="ring", seed=3)         every setting is a field of `Settings`
    lab.play(10)                           10 updates; returns lab.frame()
    lab.step("discriminator")              one update of one player, or of "both"
    lab.reset(seed=4)                      back to step 0; None keeps the seed
    lab.seek(250)                          any step between lab.first and lab.head;
                                           bit for bit what was played
    lab.change(d_rate=0.05)                live; returns a sentence that says what was
                                           made anew. At a step below the head, what
                                           came after is forgotten.
    other = lab.fork(d_rate=0.05)          a second Lab with the same past and the same
                                           random numbers; with no change, equal bits
    lab.frame(arrows="discriminator")      a Frame; never changes the run
    for phase in lab.slow_motion(): ...    one update in ten named phases
    lab.set_loss(text)                     a loss typed as Python
    lab.wall(steps=500)                    64 seeds at once
    lab.save(path); Lab.load(path)
    lab.settings, lab.now, lab.head, lab.first, lab.history, lab.message

Bad input raises a ValueError whose text can be shown to the learner; the lab is then as
it was. A run that breaks (NaN) raises nothing: the lab goes back to the last good step,
`message` says which network broke and when, and `play` does nothing more until a
change, a reset or a seek.

What menus and sliders need: `CHOICES` (setting -> names), `RANGES` (setting -> lowest,
highest), `PRESETS` (name -> settings; `Lab(**PRESETS[name])`, or
`lab.change(**PRESETS[name])`), and `ARROWS`.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

ARROWS = ("generator_loss", "discriminator", "displacement")
DIVERGENCES = ("kl_pq", "kl_qp", "js", "w1", "energy")
CELLS = 60  # of the heat map, on each side
POINTS = 2000  # of data and of fakes in a frame
NODES = 21  # of the manifold's net, on each side
ARROW_COUNT = 150
REACH = 2.4  # the view is the square from -REACH to REACH


@dataclass(frozen=True)
class Arrows:
    """Arrows on the first generated points.

    Kinds: "generator_loss" is minus the gradient of the generator's own loss of each
    sample, in that sample; "discriminator" is the gradient of D, as the heat map shows
    it; "displacement" is where the next update takes each point. Lengths are true:
    scale all arrows of a picture by one number.
    """

    kind: str
    origin: np.ndarray  # (m, 2) float32
    vector: np.ndarray  # (m, 2) float32


@dataclass(frozen=True)
class Series:
    """Curves over the run, thinned by averages, so that they never grow."""

    step: np.ndarray  # (t,) int; the middle of the steps that a point averages
    values: dict[str, np.ndarray]  # each (t,) float32


@dataclass(frozen=True)
class Measure:
    """A divergence and what the same measure says of two sets of data."""

    value: float
    low: float | None  # band of real against real at the same n: 5 % of draws lie below
    high: float | None  # and 5 % above; None until it has been measured
    step: int  # when it was measured; the slow ones may lag behind the frame
    n: int  # generated points that it looked at


@dataclass(frozen=True)
class Bound:
    """What the discriminator's own loss proves about a divergence."""

    measure: str  # "js" or "w1"
    value: float  # the divergence is at least this; below 0 it says nothing
    words: str


@dataclass(frozen=True)
class Curves:
    """The view of one-dimensional data: densities and D's probabilities on a line."""

    x: np.ndarray  # (200,)
    p: np.ndarray  # density of the data
    q: np.ndarray  # density of the fakes, blurred as p is
    d: np.ndarray  # the discriminator's probability
    best: np.ndarray  # p / (p + q)


@dataclass(frozen=True)
class Frame:
    """Everything that a picture of the lab at one step needs.

    Points and grids have the units of `view`. Grids are indexed [row, column]; row 0
    lies at the lowest y, column 0 at the lowest x. For one-dimensional data the second
    coordinate of points is 0 and `curves` takes the place of `heat` and `best`.
    """

    step: int  # updates made: the honest counter
    first: int  # the timeline reaches from here ...
    head: int  # ... to here
    view: tuple[float, float, float, float]  # left, right, bottom, top
    real: np.ndarray  # (n, 2) float32, the same points in every frame
    fake: np.ndarray  # (n, 2) float32, from the same noise in every frame
    latent: np.ndarray  # (n, 2) float32: that noise, scaled to the view
    manifold: np.ndarray  # (k, k, 2) float32; (k, 1, 2) for noise in one dimension
    manifold_start: np.ndarray  # the same net in the noise: where the morph begins
    manifold_mass: np.ndarray  # (k - 1, k - 1) probability of each mesh, or (k - 1, 1)
    heat: np.ndarray | None  # (60, 60) float32, probability that D gives to "real"
    best: np.ndarray | None  # (60, 60) float32, p / (p + q)
    gap: float | None  # mean |D - best| over data and fakes; None: not comparable
    arrows: Arrows
    losses: Series  # "d_loss" and "g_loss"
    divergences: dict[str, Measure]  # by the names in DIVERGENCES, in nats or in units
    charts: Series  # the same names, at the steps where frames were measured
    bound: Bound | None
    modes: tuple[int, int] | None  # (hit, all); None for data without separate modes
    covered: float  # share of the data where the fakes are at least a fifth as dense
    accuracy: float  # share of data and fakes that D tells rightly
    curves: Curves | None
    sentence: str  # the state in words, for a live region
    message: str  # "" or what went wrong, in plain words
    settings: dict[str, Any] = field(default_factory=dict)  # can be written as JSON


@dataclass(frozen=True)
class Phase:
    """One of the ten phases of an update in slow motion."""

    number: int  # 1 to 10
    player: str  # "discriminator" (1 to 5) or "generator" (6 to 10)
    name: str  # a caption
    arrays: dict[str, np.ndarray]  # what it concerns: "z", "real", "fake", "heat", ...


@dataclass(frozen=True)
class Wall:
    """Many seeds of one setting: small multiples and how many of them do well."""

    seeds: np.ndarray  # (members,) int
    steps: np.ndarray  # (t,) int
    fake: np.ndarray  # (members, n, 2) float32 at the last step; NaN where it broke
    covered: np.ndarray  # (members, t) share of the data that the fakes cover
    survival: np.ndarray  # (t,) share of seeds that are sound and cover half or more
