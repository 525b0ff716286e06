"""The engine of the vector-field explorer: a game of two numbers, launched into."""

from typing import NamedTuple

import numpy as np

from gan_utils import games, validate
from gan_utils.games.dirac import DIRAC_METHODS
from gan_utils.vector_fields.portrait import (
    REACH,
    STEPS,
    Portrait,
    arrow_points,
    fate,
    last_words,
)


class Method(NamedTuple):
    """A way to play the Dirac-GAN."""

    rule: str  # its name in `games.dirac`
    constant: str = ""  # the one that a slider of strength moves, if there is one


METHODS = {
    "GAN": Method("gan"),
    "non-saturating GAN": Method("nsgan"),
    "WGAN, clipped": Method("wgan", "clip"),
    "WGAN-GP": Method("wgan_gp", "gamma"),
    "spectral norm": Method("spectral_norm"),
    "instance noise": Method("instance_noise", "std"),
    "R1": Method("r1", "gamma"),
    "non-saturating + R1": Method("nsgan_r1", "gamma"),
    "consensus": Method("consensus", "gamma"),
    "unrolled, 5 steps": Method("unrolled", "rate"),
}
BILINEAR = "bilinear game"
GAMES = (BILINEAR, *METHODS)
FLOW = "continuous time"
STEPPERS = {
    "simultaneous": games.simultaneous,
    "alternating": games.alternating(1),
    "alternating, 5 D steps": games.alternating(5),
    FLOW: games.continuous(),
}
MOST = 6  # launches that are kept
STEP_SIZES, STRENGTHS = (0.02, 2.2), (0.05, 3.0)  # without its cure a game is "GAN"


class VectorField:
    """A game on the plane of two numbers, and what becomes of the points launched.

    Args:
        game: one of GAMES.
        stepper: a key of STEPPERS.
        step_size: learning rate of both players, 0.02 to 2.2.
        strength: the method's constant, 0.05 to 3; its published value by default. A
            game without such a constant takes None.
        starts: points (theta, psi) to launch at once.

    Raises:
        ValueError: when a value is not one of these.
    """

    def __init__(
        self,
        game: str = BILINEAR,
        stepper: str = "simultaneous",
        step_size: float = 0.1,
        strength: float | None = None,
        starts=((1.0, 1.0),),
    ):
        self.starts: list[tuple[float, float]] = []
        self.stepper, self.step_size = "simultaneous", 0.1
        self.change(game=game, stepper=stepper, step_size=step_size)
        if strength is not None:
            self.change(strength=strength)
        for start in starts:
            self.launch(*start)

    def change(self, game=None, stepper=None, step_size=None, strength=None) -> None:
        """Change settings; what was launched starts again from where it started.

        Args:
            game: as in the class, and likewise the others; a new game brings its
                published strength, unless one is given. None changes nothing.
            stepper: how the players move.
            step_size: learning rate of both.
            strength: the method's constant.

        Raises:
            ValueError: as the class; then nothing has changed.
        """
        if game is not None:
            validate.one_of(game, "game", GAMES)
        if stepper is not None:
            validate.one_of(stepper, "stepper", STEPPERS)
        if step_size is not None:
            step_size = _between(step_size, "step_size", STEP_SIZES)
        if strength is not None:
            _require_constant(self.game if game is None else game, strength)
            strength = _between(strength, "strength", STRENGTHS)
        if game is not None:
            self.game, self.strength = game, published(game)
        if stepper is not None:
            self.stepper = stepper
        if step_size is not None:
            self.step_size = step_size
        if strength is not None:
            self.strength = strength

    def launch(self, theta: float, psi: float) -> None:
        """Start a trajectory; of more than MOST the oldest is left out.

        Args:
            theta: the generator's number, -REACH to REACH.
            psi: the discriminator's, likewise.

        Raises:
            ValueError: when the start is not a point of the plane.
        """
        limits = (-REACH, REACH)
        start = (_between(theta, "theta", limits), _between(psi, "psi", limits))
        self.starts = [*self.starts, start][-MOST:]

    def undo(self) -> None:
        """Take the last launch back."""
        self.starts = self.starts[:-1]

    def clear(self) -> None:
        """Take all launches back."""
        self.starts = []

    @property
    def constant(self) -> str:
        """Name of the constant that the strength is; empty where there is none."""
        return constant(self.game)

    def portrait(self) -> Portrait:
        """Follow every launch, and compute the eigenvalues at the centre."""
        game, stepper = rule(self.game, self.strength), STEPPERS[self.stepper]
        paths = np.zeros((len(self.starts), STEPS + 1, 2), np.float32)
        for path, start in zip(paths, self.starts, strict=True):
            path[:] = games.trajectory(game, stepper, start, STEPS, self.step_size)
        values = np.zeros((0, 2))
        if game.jumps is None:
            found = self._eigenvalues(game, stepper)
            values = np.stack([found.real, found.imag], axis=1)
        settings = {"game": self.game, "stepper": self.stepper}
        settings |= {"step_size": self.step_size, "strength": self.strength}
        return Portrait(
            settings=settings,
            constant=self.constant,
            arrows=np.asarray(game.arrows(arrow_points())),
            paths=paths,
            values=values,
            title=self._title(),
            sentence=f"{self._title()}. {fate(values)} {last_words(paths)}",
        )

    def _eigenvalues(self, game, stepper):
        if self.stepper == FLOW:  # the flow's are known exactly
            return np.exp(self.step_size * games.eigenvalues(game))
        return games.update_eigenvalues(game, stepper, self.step_size)

    def _title(self) -> str:
        cure = f", {self.constant} {self.strength:g}" if self.constant else ""
        return f"{self.game}{cure}, {self.stepper}, h = {self.step_size:g}"


def rule(game: str, strength) -> games.Game:
    """Return the game of a name.

    Args:
        game: one of GAMES.
        strength: its constant, which may be traced; ignored where it has none.
    """
    if game == BILINEAR:
        return games.bilinear()
    settings = {name: strength} if (name := constant(game)) else {}
    return games.dirac(METHODS[game].rule, **settings)


def constant(game: str) -> str:
    """Name the constant of a game that a strength is; empty where there is none."""
    return "" if game == BILINEAR else METHODS[game].constant


def published(game: str) -> float:
    """Return a game's strength as published; 0 where it has none."""
    if not constant(game):
        return 0.0
    method, name = METHODS[game]
    return float(DIRAC_METHODS[method][1][name])


def _require_constant(game: str, strength) -> None:
    if not constant(game):
        raise ValueError(
            f"strength is {strength!r} and game {game!r}, which has no constant; "
            "expected strength=None. Likely cause: another game was meant."
        )


def _between(value, name: str, limits: tuple[float, float]) -> float:
    low, high = limits
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = np.nan
    if not low <= number <= high:  # NaN is not, either
        raise ValueError(f"{name} is {value!r}; expected {low:g} to {high:g}.")
    return number
