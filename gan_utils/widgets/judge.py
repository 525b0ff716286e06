"""You be the discriminator: judge samples by buttons, and compare with critics."""

import html
from collections.abc import Callable

import jax
import numpy as np

from gan_utils import data, plots
from gan_utils.widgets.explorer import VIEW, _ipywidgets, _kernel_is_running
from gan_utils.widgets.registry import registered

SHEET = 8  # questions on the still picture


class Judge:
    """A game of "real or fake?": live with a kernel, a sheet of questions without one.

    Args:
        ask: indices (K,) -> Figure with these samples in question.
        is_real: which samples are real, shape (N,), the key of the game.
        verdicts: critic's name -> which samples it calls real, shape (N,).
        rounds: questions in a game, at most N.
        seed: of the order of the questions.

    Raises:
        ValueError: when a verdict does not fit, or there are too few samples.
    """

    def __init__(self, ask: Callable, is_real, verdicts: dict, rounds=10, seed=0):
        self.ask, self.rounds = ask, rounds
        self.is_real = np.asarray(is_real, bool)
        self.verdicts = {name: np.asarray(v, bool) for name, v in verdicts.items()}
        for name, verdict in self.verdicts.items():
            if verdict.shape != self.is_real.shape:
                raise ValueError(
                    f"verdicts[{name!r}] has shape {verdict.shape}; expected one a "
                    f"sample, {self.is_real.shape}."
                )
        if not 1 <= rounds <= len(self.is_real):
            raise ValueError(
                f"rounds is {rounds}; expected 1 to {len(self.is_real)}, the number of "
                "samples."
            )
        self._random = np.random.default_rng(seed)
        self._widget = None
        self.restart()

    def restart(self) -> "Judge":
        """Deal new questions and forget the answers."""
        self.order = self._random.permutation(len(self.is_real))[: self.rounds]
        self.answers: list[bool] = []
        return self._redrawn()

    def answer(self, real: bool) -> "Judge":
        """Judge the present sample, as the buttons do.

        Args:
            real: True for real, False for fake.

        Raises:
            ValueError: when the game is over.
        """
        if self.over:
            raise ValueError("the game is over; expected restart() before an answer.")
        self.answers.append(bool(real))
        return self._redrawn()

    @property
    def over(self) -> bool:
        """Whether every question has been answered."""
        return len(self.answers) == self.rounds

    def scores(self) -> dict[str, int]:
        """Count right verdicts on the questions answered so far, by name."""
        asked = self.order[: len(self.answers)]
        judged = {"you": np.array(self.answers, bool)}
        judged |= {name: verdict[asked] for name, verdict in self.verdicts.items()}
        return {
            name: int((v == self.is_real[asked]).sum()) for name, v in judged.items()
        }

    @property
    def sentence(self) -> str:
        """The state of the game in words."""
        done = len(self.answers)
        parts = []
        if done:
            was = bool(self.is_real[self.order[done - 1]])
            verdict = "right" if self.answers[-1] == was else "wrong"
            parts.append(f"It was {'real' if was else 'fake'}: you were {verdict}.")
            right = ", ".join(f"{name} {n}" for name, n in self.scores().items())
            parts.append(f"Right so far, of {done}: {right}.")
        parts.append(
            "The game is over; press New game for another."
            if self.over
            else f"Question {done + 1} of {self.rounds}: real or fake?"
        )
        return " ".join(parts)

    def figure(self):
        """Draw the present question; its alt text begins with the state of the game."""
        at = min(len(self.answers), self.rounds - 1)
        figure = self.ask(self.order[at : at + 1])
        return plots.describe(figure, f"{self.sentence} {figure.alt}")

    def sheet(self):
        """Draw the first questions of this game as one still picture."""
        return self.ask(self.order[:SHEET])

    def key(self) -> list[str]:
        """Return the answers to the questions of the still picture, in order."""
        return ["real" if real else "fake" for real in self.is_real[self.order[:SHEET]]]

    def sweep(self) -> list[tuple[dict, str]]:
        """Play two games, one answer each way, and return every state with its alt.

        Raises:
            Exception: whatever the drawing raises.
        """
        seen = []
        for real in (True, False):
            self.restart()
            while not self.over:
                seen.append(({"answered": len(self.answers)}, self.figure().alt))
                self.answer(real)
            seen.append(({"answered": self.rounds}, self.figure().alt))
        self.restart()
        return seen

    @property
    def widget(self):
        """The live ipywidget, built on first use: three buttons, sentence, picture."""
        if self._widget is None:
            self._build()
        return self._widget

    def _build(self) -> None:
        widgets = _ipywidgets()
        labels = {"Real": True, "Fake": False}
        self.buttons = {name: widgets.Button(description=name) for name in labels}
        for name, button in self.buttons.items():
            button.on_click(lambda _, real=labels[name]: self.answer(real))
        self.buttons["New game"] = widgets.Button(description="New game")
        self.buttons["New game"].on_click(lambda _: self.restart())
        self._image = widgets.Image(format="png", layout={"max_width": "100%"})
        self._sentence = widgets.HTML()
        row = widgets.HBox(list(self.buttons.values()))
        self._widget = widgets.VBox([row, self._sentence, self._image])
        self._redrawn()

    def _redrawn(self) -> "Judge":
        if self._widget is not None:
            figure = self.figure()
            self._image.value = figure.png()
            self._sentence.value = (
                f'<div role="status" aria-live="polite">{html.escape(figure.alt)}</div>'
            )
            for name in ("Real", "Fake"):
                self.buttons[name].disabled = self.over
        return self

    def _repr_mimebundle_(self, include=None, exclude=None):
        bundle, metadata = self.sheet()._repr_mimebundle_()
        if _kernel_is_running():
            view = {"version_major": 2, "version_minor": 0}
            bundle[VIEW] = {**view, "model_id": self.widget.model_id}
        return bundle, metadata


@registered
def judge_points(real=None, fake=None, critics=None, *, rounds=10, seed=0) -> Judge:
    """Play with points of two distributions; the best possible critic plays too.

    Args:
        real: distribution of the data; two moons by default.
        fake: distribution of the fakes; a broad Gaussian by default.
        critics: name -> function (N, 2) -> logits (N,), further players.
        rounds: questions in a game.
        seed: of the samples and their order.

    Returns:
        A Judge.
    """
    real = data.moons(std=0.25) if real is None else real
    fake = data.gaussian((0.0, 0.0), (1.0, 0.8)) if fake is None else fake
    keys = jax.random.split(jax.random.key(seed))
    drawn = [  # a usual number, so that its program may be there already
        np.asarray(d.sample(k, 2000))[:250]
        for d, k in zip((real, fake), keys, strict=True)
    ]
    known = [x[:150] for x in drawn]
    asked = np.concatenate([x[150:] for x in drawn])
    players = {
        **(critics or {}),
        "the best D": lambda x: real.log_prob(x) - fake.log_prob(x),
    }
    return Judge(
        lambda rows: plots.where_is_it_from(
            *known, asked[rows], numbered=len(rows) > 1
        ),
        np.arange(200) < 100,
        {name: np.asarray(logit(asked)) > 0 for name, logit in players.items()},
        rounds=rounds,
        seed=seed,
    )


def judge_images(real, fake, critics: dict, *, rounds=10, seed=0) -> Judge:
    """Play with images.

    Args:
        real: real images, shape (N, H, W, C) in [-1, 1].
        fake: fake images of the same shape.
        critics: name -> function (2 N, H, W, C) -> logits, further players.
        rounds: questions in a game.
        seed: of the order of the questions.

    Returns:
        A Judge.

    Raises:
        ValueError: when real and fake have different shapes.
    """
    real, fake = np.asarray(real), np.asarray(fake)
    if real.shape != fake.shape:
        raise ValueError(
            f"real has shape {real.shape} and fake has shape {fake.shape}; expected "
            "the same shape, so that a guess is right half of the time."
        )
    asked = np.concatenate([real, fake])

    def ask(rows):
        names = range(1, len(rows) + 1) if len(rows) > 1 else ["real or fake?"]
        pictures = dict(zip(names, asked[rows], strict=True))
        return plots.named_images(pictures, size=1.0 if len(rows) > 1 else 2.4)

    verdicts = {name: np.asarray(logit(asked)) > 0 for name, logit in critics.items()}
    return Judge(ask, np.arange(len(asked)) < len(real), verdicts, rounds, seed)
