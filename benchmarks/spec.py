"""What every side of a comparison has to compute: networks, losses, batch, updates."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Networks:
    """What plays; layers from the input to the output."""

    hidden_g: tuple[int, ...]  # widths, or channels of a convolutional generator
    hidden_d: tuple[int, ...]
    latent: int
    convolutional: bool = False
    side: int = 28  # pixels of an image


@dataclass(frozen=True, kw_only=True)
class Game:
    """How it plays."""

    batch: int
    rate: float  # learning rate of both players
    betas: tuple[float, float] | None = (0.5, 0.999)  # None: plain gradient descent
    loss: str = "nonsaturating"  # or "relativistic"
    penalty: str = "none"  # or "r1", "r1_r2"
    gamma: float = 0.0
    d_steps: int = 1
    simultaneous: bool = False


@dataclass(frozen=True, kw_only=True)
class Spec(Networks, Game):
    """One training problem; every peer builds the same one from it."""

    name: str
    data: str  # "ring", "grid", "digits" or "digits64"
    gpu: bool = False  # only where there is one
    dtype: str = "float32"  # or "bfloat16", of the computation
    whole_run: int = 0  # steps of a run timed from the start of its process; 0: none

    @property
    def sample_shape(self) -> tuple[int, ...]:
        """Shape of one sample."""
        if not self.data.startswith("digits"):
            return (2,)
        return (self.side, self.side, 1) if self.convolutional else (self.side**2,)


LAB = dict(hidden_g=(8, 8), hidden_d=(8, 8), latent=2, batch=150, rate=0.1)
RING = dict(hidden_g=(128,) * 3, hidden_d=(128,) * 3, latent=2, batch=256, rate=1e-3)
GRID = dict(hidden_g=(256,) * 2, hidden_d=(256,) * 2, latent=64, batch=256, rate=2e-4)
R3GAN = dict(betas=(0.0, 0.99), loss="relativistic", penalty="r1_r2", gamma=1.0)
MLP784 = dict(hidden_g=(512,) * 2, hidden_d=(512,) * 2, latent=64, batch=128, rate=2e-4)
DCGAN = dict(latent=64, batch=128, rate=2e-4, convolutional=True)
DCGAN28 = DCGAN | dict(data="digits", hidden_g=(128, 64), hidden_d=(64, 128))
DCGAN64 = DCGAN | dict(
    data="digits64", hidden_g=(512, 256, 128, 64), hidden_d=(64, 128, 256, 512), side=64
)
SPECS = {
    spec.name: spec
    for spec in (
        Spec(name="lab", data="ring", betas=None, d_steps=2, **LAB),
        Spec(name="ring", data="ring", **RING),
        Spec(name="mlp784", data="digits", **MLP784),
        Spec(name="dcgan28-alt", **DCGAN28),
        Spec(name="dcgan28-sim", simultaneous=True, **DCGAN28),
        Spec(name="dcgan28-r1", penalty="r1", gamma=1.0, **DCGAN28),
        Spec(name="grid", data="grid", whole_run=20_000, **GRID, **R3GAN),
        Spec(name="gpu28", gpu=True, **DCGAN28),
        Spec(name="gpu28-bfloat16", gpu=True, dtype="bfloat16", **DCGAN28),
        Spec(name="gpu64", gpu=True, **DCGAN64),
        Spec(name="gpu64-bfloat16", gpu=True, dtype="bfloat16", **DCGAN64),
    )
}
