"""Rules of play: how one update moves the two players, and in what order."""

from dataclasses import dataclass
from functools import partial

from gan_utils import validate
from gan_utils.training import moves
from gan_utils.training.state import GANState


@dataclass(frozen=True)
class Alternating:
    """Move the discriminator `d_steps` times, then the generator `g_steps` times."""

    d_steps: int = 1
    g_steps: int = 1

    def __post_init__(self):
        validate.count(self.d_steps, "d_steps")
        validate.count(self.g_steps, "g_steps")

    @property
    def draws(self) -> int:
        """Batches of data that one update needs."""
        return max(self.d_steps, self.g_steps, 1)

    @property
    def moves(self) -> int:
        """Batches of latents that one update needs: one a move, and see `alone`."""
        return self.d_steps + self.g_steps + self.alone

    @property
    def alone(self) -> bool:
        """True when one player rests; then the report takes a comparison of its own."""
        return not (self.d_steps and self.g_steps)

    def __call__(self, gan, state: GANState, batch):
        turns = partial(moves.turns, batch, moves.keys(state, self.moves))
        report = moves.blank()
        if self.alone:
            last = moves.row(turns(self.moves - 1, 1))
            report = moves.report_of_both(gan, state, last)
        d, g = turns(0, self.d_steps), turns(self.d_steps, self.g_steps)
        state, report = moves.repeat(moves.move_d, self.d_steps, gan, state, d, report)
        state, report = moves.repeat(moves.move_g, self.g_steps, gan, state, g, report)
        return moves.advance(state), report


@dataclass(frozen=True)
class Simultaneous:
    """Move both players at once, each from the same point and the same fakes."""

    one_pass: bool = False  # one backward pass over the fakes serves both players

    def __post_init__(self):
        if not isinstance(self.one_pass, bool):
            raise ValueError(
                f"one_pass is {self.one_pass!r}; expected True or False. Likely cause: "
                "a number of steps; a simultaneous update makes one step a player."
            )

    @property
    def draws(self) -> int:
        """Batches of data that one update needs."""
        return 1

    @property
    def moves(self) -> int:
        """Batches of latents that one update needs."""
        return 1

    def __call__(self, gan, state: GANState, batch):
        turn = moves.row(moves.turns(batch, moves.keys(state, 1), 0, 1))
        report = moves.blank()
        if self.one_pass:
            to_d, to_g, seen = moves.one_pass_gradients(gan, state, turn)
            after_d, report = moves.descend_d(gan, state, to_d, seen, report)
            after_g, report = moves.descend_g(gan, state, to_g, seen, report)
        else:
            after_d, report = moves.move_d(gan, state, turn, report)
            after_g, report = moves.move_g(gan, state, turn, report)
        return moves.advance(after_g._replace(d=after_d.d)), report


def alternating(d_steps: int = 1, g_steps: int = 1) -> Alternating:
    """Make the rule of Goodfellow's algorithm 1: k critic steps, then the generator.

    Args:
        d_steps: discriminator steps in one update, 0 or more.
        g_steps: generator steps in one update, 0 or more.

    References:
        Goodfellow et al., arXiv:1406.2661, algorithm 1.
    """
    return Alternating(d_steps, g_steps)


def simultaneous(one_pass: bool = False) -> Simultaneous:
    """Make the rule that moves both players at once, as the 2014 code did.

    Args:
        one_pass: True goes back through the discriminator's judgement of the fakes
            once for both players, which saves time and changes results by rounding
            only. The discriminator must judge every sample on its own and hold its
            parameters in the layers of `sample_weights.LAYERS`; `GAN` checks.
    """
    return Simultaneous(one_pass)
