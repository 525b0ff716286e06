"""Helpers for an interactive course on generative adversarial networks.

From the ground up: `losses`, `penalties`, `divergences`, `games` and `data` are plain
functions on arrays; `networks` and `metrics` stand on them; `training` plays the game;
`plots`, `widgets` and `exercises` show it; `cli` is the command line.
"""

__version__ = "1.0.0rc1"
__all__ = ["GAN", "train"]


def __getattr__(name: str):
    """Import JAX on first use only, so that `gan-course doctor` runs without it."""
    if name in __all__:
        from gan_utils import training

        return getattr(training, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
