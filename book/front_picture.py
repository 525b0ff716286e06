"""Draw the README's picture: the run of notebook 00 at five moments."""

from pathlib import Path

import jax

from gan_utils import data, plots
from gan_utils.training import train
from gan_utils.training.recipes import ring8

MOMENTS = [0, 400, 800, 1600, 3000]
TARGET = Path(__file__).parent / "_static" / "ring.png"


def main() -> None:
    """Train on the ring, keep the samples of five moments, write the picture."""
    recipe, frames = ring8(), {}
    ring = data.ring(modes=8, radius=1.0, std=0.05)
    real = ring.sample(jax.random.key(0), 500)

    def keep(state, history):
        frames[int(state.step)] = recipe.gan.sample(state, jax.random.key(1), 500)

    state = recipe.init(jax.random.key(0))
    train(
        recipe.gan,
        state,
        ring,
        recipe.steps,
        recipe.batch_size,
        on_frame=keep,
        frame_every=200,
    )
    figure = plots.samples_over_time([frames[m] for m in MOMENTS], MOMENTS, real)
    TARGET.write_bytes(figure.png())
    print(figure.alt)


if __name__ == "__main__":
    main()
