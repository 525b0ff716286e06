"""What every side of a comparison has to compute: networks, losses, batch, updates."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Spec:
    """One training problem; every peer builds the same one from it."""

    name: str
    data: str  # "ring", "grid", "digits" or "digits64"
    hidden_g: tuple[int, ...]  # widths, or channels of a convolutional generator
    hidden_d: tuple[int, ...]
    latent: int
    batch: int
    rate: float
    betas: tuple[float, float] | None = (0.5, 0.999)  # None: plain gradient descent
    loss: str = "nonsaturating"  # or "relativistic"
    penalty: str = "none"  # or "r1", "r1_r2"
    gamma: float = 0.0
    d_steps: int = 1
    simultaneous: bool = False
    convolutional: bool = False
    side: int = 28  # pixels of an image
    gpu: bool = False  # only where there is one
    dtype: str = "float32"  # or "bfloat16", of the computation
    whole_run: int = 0  # steps of a run timed from the start of its process; 0: none

    @property
    def sample_shape(self) -> tuple[int, ...]:
        """Shape of one sample."""
        if self.data != "digits":
            return (2,)
        return (self.side, self.side, 1) if self.convolutional else (784,)


MLP784 = dict(
    data="digits", hidden_g=(512, 512), hidden_d=(512, 512), latent=64, batch=128
)
DCGAN28 = dict(
    data="digits",
    hidden_g=(128, 64),
    hidden_d=(64, 128),
    latent=64,
    batch=128,
    rate=2e-4,
    convolutional=True,
)
DCGAN64 = DCGAN28 | dict(
    data="digits64", hidden_g=(512, 256, 128, 64), hidden_d=(64, 128, 256, 512), side=64
)
SPECS = {
    spec.name: spec
    for spec in (
        Spec("lab", "ring", (8, 8), (8, 8), 2, 150, 0.1, betas=None, d_steps=2),
        Spec("ring", "ring", (128,) * 3, (128,) * 3, 2, 256, 1e-3),
        Spec("mlp784", rate=2e-4, **MLP784),
        Spec("dcgan28-alt", **DCGAN28),
        Spec("dcgan28-sim", simultaneous=True, **DCGAN28),
        Spec("dcgan28-r1", penalty="r1", gamma=1.0, **DCGAN28),
        Spec(
            "grid",
            "grid",
            (256, 256),
            (256, 256),
            64,
            256,
            2e-4,
            betas=(0.0, 0.99),
            loss="relativistic",
            penalty="r1_r2",
            gamma=1.0,
            whole_run=20_000,
        ),
        Spec("gpu28", gpu=True, **DCGAN28),
        Spec("gpu28-bfloat16", gpu=True, dtype="bfloat16", **DCGAN28),
        Spec("gpu64", gpu=True, **DCGAN64),
        Spec("gpu64-bfloat16", gpu=True, dtype="bfloat16", **DCGAN64),
    )
}
