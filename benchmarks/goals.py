"""What the project set out to reach, so that a table says where it falls short."""

RATIOS = {  # case -> peer -> how many times our time the peer should need, at least
    "lab": {"torch": 20, "tf": 3.5, "flax": 1.05},
    "ring": {"torch": 2.5, "tf": 1.1, "flax": 1.05},
    "mlp784": {"torch": 1.4, "tf": 1.25, "flax": 1.05},
    "dcgan28-alt": {"torch": 1.15, "tf": 1.0, "flax": 1.05},
    "dcgan28-sim": {"torch": 1.3, "tf": 1.0, "flax": 1.05},
    "dcgan28-r1": {"torch": 1.2, "tf": 1.0, "flax": 1.05},
    "grid": {"torch": 1.9, "tf": 1.2, "flax": 1.05},
    "quality": {"torch": 10, "tf": 10},
    "gpu28": {"torch": 3},
    "gpu64": {"torch": 1.2},
}
SHARES = {"dcgan28-sim": 0.75}  # case -> share of the matrix peak, at least
OURS = {  # case -> our own number, at most
    "ensemble lab x64": 0.45,
    "ensemble ring x16": 0.6,
    "start cold": 6,
    "start cached": 3,
}


def ratio(case: str, peer: str, found: float) -> str:
    """Return " (goal 25x)" where a ratio falls short of it, else nothing."""
    goal = RATIOS.get(case, {}).get(peer, 0)
    return f" (goal {goal:g}x)" if found < goal else ""


def share(case: str, found: float) -> str:
    """Return " (goal 75%)" where a share of the peak is below it, else nothing."""
    goal = SHARES.get(case, 0)
    return f" (goal {goal:.0%})" if found < goal else ""


def ours(case: str, found: float) -> str:
    """Return " (goal 6)" where our own number is above it, else nothing."""
    goal = OURS.get(case, found)
    return f" (goal {goal:g})" if found > goal else ""
