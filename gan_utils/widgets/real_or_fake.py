"""You be the discriminator: say how sure you are, and compare with critics."""

from collections.abc import Callable

import jax
import numpy as np

from gan_utils import data, plots, validate
from gan_utils import real_or_fake as engine
from gan_utils.plots.real_or_fake import images_in_words, where_in_words
from gan_utils.widgets import kept_game
from gan_utils.widgets.binary import plain
from gan_utils.widgets.face import Face

SHEET = 8  # questions on the still picture
ASKED = "real or fake?"  # above an image in question


class RealOrFakeFace(Face):
    """A game of "real or fake?": live with a kernel, a sheet of questions without one.

    Args:
        ask: indices (K,) -> Figure with these samples in question.
        game: the engine.
        kept: what a notebook keeps of it beside its picture, see `kept_game`.

    Attributes:
        game: the engine, for code: whatever it does shows at the next answer.
    """

    script = "real_or_fake"

    def __init__(self, ask: Callable, game: engine.RealOrFake, kept: str = ""):
        super().__init__(Answers(self), {"answers": list(engine.ANSWERS.items())})
        self.ask, self.game, self.kept = ask, game, kept
        mixed = np.random.default_rng((SHEET, game.seed)).permutation(len(game.is_real))
        self._shown = mixed[:SHEET]  # not the first game's: its key lies open

    def question(self) -> plots.Figure:
        """Draw the present question; its alt text begins with what is asked."""
        at = min(len(self.game.answers), self.game.rounds - 1)
        figure = self.ask(self.game.order[at : at + 1])
        return plots.describe(figure, f"{self.game.prompt} {figure.alt}")

    def figure(self) -> plots.Figure:
        """Draw some questions as one still picture."""
        return self.ask(self._shown)

    def key(self) -> list[str]:
        """Return the answers to the questions of the still picture, in order."""
        return ["real" if real else "fake" for real in self.game.is_real[self._shown]]

    def said(self, player: str) -> list[float]:
        """Return the chances of "real" that a player gave on the still picture.

        Args:
            player: name of a critic of this game.

        Returns:
            Chances in [0, 1], in the order of `key()`.

        Raises:
            ValueError: when nobody of this name plays.
        """
        validate.one_of(player, "player", tuple(self.game.chances))
        return [float(chance) for chance in self.game.chances[player][self._shown]]

    def _repr_mimebundle_(self, include=None, exclude=None):
        data, metadata = super()._repr_mimebundle_(include, exclude)
        if self.kept:
            data[kept_game.KIND] = self.kept
        return data, metadata


class Answers:
    """Answers the front end's questions about a game.

    A question is a mapping: `view` and `id` (given back) and `commands`, mappings with
    `do`: "answer" (with `chance`, and `game` and `question` as they were seen),
    "restart" or "look".
    """

    def __init__(self, face: RealOrFakeFace):
        self.face = face

    def answer(self, question: dict, buffers=()) -> tuple[dict, list[bytes]]:
        """Carry out the commands; return words and numbers, and the picture as PNG."""
        game = self.face.game
        message = {"view": question.get("view"), "id": question.get("id")}
        for command in question.get("commands", ()):
            if command.get("do") == "restart":
                game.restart()
            elif command.get("do") == "answer":
                message |= self._answered(command)
        picture = self.face.question()
        seen = {
            "sentence": game.sentence,
            "alt": picture.alt,
            "over": game.over,
            "game": game.games,
            "done": len(game.answers),
            "scores": [[name, *score] for name, score in game.scores().items()],
            "calibration": {
                name: {k: v.tolist() for k, v in vars(found).items()}
                for name, found in game.calibration().items()
            },
        }
        return message | {"seen": plain(seen)}, [picture.png()]

    def _answered(self, command: dict) -> dict:
        """Take an answer to the present question; return what must be said of it."""
        game = self.face.game
        meant = command.get("game"), command.get("question")
        if meant != (game.games, len(game.answers)):
            return {"note": "That question was answered already. This is the next one."}
        try:
            game.answer(command["chance"])
        except ValueError as error:
            return {"note": str(error)}
        return {}


def real_or_fake_points(
    real=None, fake=None, critics=None, *, rounds=10, seed=0
) -> RealOrFakeFace:
    """Play with points of two distributions; the best possible critic plays too.

    Args:
        real: distribution of the data; two moons by default.
        fake: distribution of the fakes; a broad Gaussian by default.
        critics: name -> function (N, 2) -> logits (N,), further players.
        rounds: questions in a game.
        seed: of the samples and their order.

    Returns:
        A RealOrFakeFace.
    """
    real = data.moons(std=0.25) if real is None else real
    fake = data.gaussian((0.0, 0.0), (1.0, 0.8)) if fake is None else fake
    for name, source in {"real": real, "fake": fake}.items():
        if not hasattr(source, "log_prob"):
            raise ValueError(
                f"{name} is {validate.describe(source)}; expected a distribution, such "
                "as data.ring(). Likely cause: points; the best critic needs densities."
            )
    validate.count(seed, "seed")
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
    game = engine.RealOrFake(
        np.arange(200) < 100, _chances(players, asked), rounds=rounds, seed=seed
    )

    def ask(rows):
        return plots.where_is_it_from(*known, asked[rows], numbered=len(rows) > 1)

    words = [where_in_words(*known, x[None], numbered=False) for x in asked]
    drawn = {"known_real": known[0], "known_fake": known[1], "asked": asked}
    return RealOrFakeFace(ask, game, kept_game.kept(game, words, drawn))


def real_or_fake_images(
    real, fake, critics: dict, *, rounds=10, seed=0
) -> RealOrFakeFace:
    """Play with images.

    Args:
        real: real images, shape (N, H, W, C) in [-1, 1].
        fake: fake images of the same shape.
        critics: name -> function (2 N, H, W, C) -> logits, further players.
        rounds: questions in a game.
        seed: of the order of the questions.

    Returns:
        A RealOrFakeFace.

    Raises:
        ValueError: when real and fake have different shapes.
    """
    sets = {"real": real, "fake": fake}
    real, fake = (
        np.asarray(validate.images(x, name, whole=False)) for name, x in sets.items()
    )
    validate.below_0({"real": real, "fake": fake})
    if real.shape != fake.shape:
        raise ValueError(
            f"real has shape {real.shape} and fake has shape {fake.shape}; expected "
            "the same shape, so that a guess is right half of the time."
        )
    asked = np.concatenate([real, fake])

    def ask(rows):
        names = range(1, len(rows) + 1) if len(rows) > 1 else [ASKED]
        pictures = dict(zip(names, asked[rows], strict=True))
        return plots.named_images(pictures, size=1.0 if len(rows) > 1 else 2.4)

    is_real = np.arange(len(asked)) < len(real)
    chances = _chances(critics, asked)
    game = engine.RealOrFake(is_real, chances, rounds=rounds, seed=seed)
    words = [images_in_words({ASKED: image}) for image in asked]
    drawn = {"pictures": (asked + 1) / 2}
    return RealOrFakeFace(ask, game, kept_game.kept(game, words, drawn))


def _chances(critics: dict, samples) -> dict[str, np.ndarray]:
    """Return each critic's chances of "real" from its logits."""
    return {name: jax.nn.sigmoid(logit(samples)) for name, logit in critics.items()}
