"""Draw what a page shows until its laboratory runs."""

from pathlib import Path

from gan_utils.lab import Lab
from gan_utils.widgets.lab_still import still

HERE = Path(__file__).parent / "_static"
UPDATES = 1500


def lab() -> None:
    """Write a lab in the middle of its run."""
    run = Lab(seed=3)
    run.advance(UPDATES)
    (HERE / "lab.png").write_bytes(still(run.frame()).png())


if __name__ == "__main__":
    lab()
