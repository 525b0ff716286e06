"""The game "real or fake?": questions, answers as chances, and what they cost."""

from dataclasses import dataclass

import numpy as np

from gan_utils import validate

# What a player can say, and the chance of "real" that it stands for.
ANSWERS = {
    "surely fake": 0.05,
    "probably fake": 0.25,
    "cannot tell": 0.5,
    "probably real": 0.75,
    "surely real": 0.95,
}
EDGES = (0.15, 0.4, 0.6, 0.85)  # between the five answers, for players with numbers
YOU = "you"
FLOOR = 1e-6  # smallest chance that is believed of a critic


@dataclass(frozen=True)
class Calibration:
    """What a player says, and how often it is so.

    Attributes:
        said: mean chance of "real" that was stated in each bin, (bins,).
        was: share that was real, (bins,).
        count: answers in each bin, (bins,); bins with none are left out.
    """

    said: np.ndarray
    was: np.ndarray
    count: np.ndarray


class RealOrFake:
    """A game of "real or fake?" with chances for answers, beside players who know more.

    Args:
        is_real: which samples are real, shape (N,), the key of the game.
        chances: player's name -> chance of "real" for each sample, (N,) in [0, 1].
        rounds: questions in a game, at most N.
        seed: of the order of the questions.

    Attributes:
        seed: as it was given.
        order: samples that this game asks about, (rounds,).
        answers: chances of "real" that you gave in this game.
        told: (sample, chance) of all your answers, earlier games included.
        games: how many were dealt.

    Raises:
        ValueError: when a player's chances do not fit, or there are too few samples.
    """

    def __init__(self, is_real, chances: dict, rounds: int = 10, seed: int = 0):
        self.is_real = np.asarray(is_real, bool)
        if YOU in chances:
            raise ValueError(
                f"chances has a player named {YOU!r}; expected other names."
            )
        self.chances = {name: _chances(v, name, self) for name, v in chances.items()}
        validate.count(rounds, "rounds", minimum=1)
        validate.count(seed, "seed")
        if rounds > len(self.is_real):
            raise ValueError(
                f"rounds is {rounds}; expected 1 to {len(self.is_real)}, the number of "
                "samples."
            )
        self.rounds = rounds
        self.seed = seed
        self._random = np.random.default_rng(seed)
        self.told: list[tuple[int, float]] = []
        self.games = 0
        self.restart()

    def restart(self) -> None:
        """Deal new questions. What you said before stays in your calibration."""
        self.games += 1
        self.order = self._random.permutation(len(self.is_real))[: self.rounds]
        self.answers: list[float] = []

    def answer(self, chance: float) -> None:
        """Answer the present question.

        Args:
            chance: that the sample is real, 0 to 1; True and False will do.

        Raises:
            ValueError: when the game is over, or the chance is none.
        """
        if self.over:
            raise ValueError("the game is over; expected restart() before an answer.")
        chance = float(chance)
        if not 0 <= chance <= 1:  # NaN is not, either
            raise ValueError(f"chance is {chance}; expected 0 to 1.")
        self.told.append((int(self.order[len(self.answers)]), chance))
        self.answers.append(chance)

    @property
    def over(self) -> bool:
        """Whether every question has been answered."""
        return len(self.answers) == self.rounds

    def scores(self) -> dict[str, tuple[float, float]]:
        """Return each player's points and cross-entropy on the questions answered.

        A point for the right side of one half, half a point on it. The cross-entropy
        is the mean of -log(chance of what it was) in nats: the discriminator's loss, up
        to the factor 2 of its sum over real and fake; 0.693 is what knowing nothing
        costs.
        """
        asked = self.order[: len(self.answers)]
        said = {YOU: np.array(self.answers)}
        said |= {name: chances[asked] for name, chances in self.chances.items()}
        return {name: _score(p, self.is_real[asked]) for name, p in said.items()}

    def calibration(self) -> dict[str, Calibration]:
        """Return your calibration over all you said, and others' over all samples."""
        samples = [sample for sample, _ in self.told]
        found = {YOU: _binned([p for _, p in self.told], self.is_real[samples])}
        for name, chances in self.chances.items():
            found[name] = _binned(chances, self.is_real)
        return found

    @property
    def prompt(self) -> str:
        """What is asked now, in words."""
        if self.over:
            return "The game is over; press New game for another."
        return f"Question {len(self.answers) + 1} of {self.rounds}: real or fake?"

    @property
    def sentence(self) -> str:
        """The verdict on the last answer, the points so far, and what is asked now."""
        done = len(self.answers)
        parts = []
        if done:
            was = bool(self.is_real[self.order[done - 1]])
            points, _ = _score(np.array(self.answers[-1:]), np.array([was]))
            verdict = {1.0: "right", 0.5: "undecided", 0.0: "wrong"}[points]
            parts.append(f"It was {'real' if was else 'fake'}: you were {verdict}.")
            right = ", ".join(f"{name} {n:g}" for name, (n, _) in self.scores().items())
            parts.append(f"Points so far, of {done}: {right}.")
        return " ".join([*parts, self.prompt])


def _chances(values, name: str, game: RealOrFake) -> np.ndarray:
    values = np.asarray(values, float)
    if values.shape != game.is_real.shape:
        raise ValueError(
            f"chances[{name!r}] has shape {values.shape}; expected one a sample, "
            f"{game.is_real.shape}."
        )
    if not ((values >= 0) & (values <= 1)).all():
        raise ValueError(
            f"chances[{name!r}] holds values outside 0 to 1; expected chances. Logits? "
            "Then take the sigmoid."
        )
    return values


def _score(said: np.ndarray, was: np.ndarray) -> tuple[float, float]:
    if not len(said):
        return 0.0, float("nan")
    points = np.where(said == 0.5, 0.5, (said > 0.5) == was).sum()
    true = np.clip(np.where(was, said, 1 - said), FLOOR, 1)
    return float(points), float(-np.log(true).mean())


def _binned(said, was) -> Calibration:
    said, was = np.asarray(said, float), np.asarray(was, bool)
    bins = np.digitize(said, EDGES)
    chosen = [bins == i for i in range(len(EDGES) + 1) if (bins == i).any()]
    means = [[values[rows].mean() for rows in chosen] for values in (said, was)]
    count = np.array([rows.sum() for rows in chosen], float)
    return Calibration(*(np.array(values, float) for values in means), count)
