"""What the lab's controls are: menus and sliders, described for the front end."""

from gan_utils.lab import CHOICES, PRESETS, RANGES
from gan_utils.lab.loss_readings import READINGS
from gan_utils.lab.settings import Settings

LOSS_TEXT = """def loss(real, fake):
    d = softplus(-real) + softplus(fake)
    g = softplus(-fake)
    return d, g
"""
DATA, LOSS = "Data and noise", "Loss and penalty"
GROUPS = {
    DATA: {"data": "data", "noise": "noise", "batch": "batch size"},
    "Networks": {
        "g_layers": "G: hidden layers",
        "g_width": "G: units in each",
        "d_layers": "D: hidden layers",
        "d_width": "D: units in each",
    },
    "Learning": {
        "optimizer": "optimiser",
        "beta1": "beta1 of Adam",
        "g_rate": "G: learning rate",
        "d_rate": "D: learning rate",
        "k_d": "D: steps an update",
        "k_g": "G: steps an update",
    },
    LOSS: {"loss": "loss", "penalty": "penalty", "gamma": "weight of the penalty"},
}
WORDS = {name: reading.label for name, reading in READINGS.items()} | {
    "none": "none",
    "r1": "R1",
    "r2": "R2",
    "r1_r2": "R1 and R2",
    "gradient_penalty": "gradient penalty",
    "clip": "clip the weights",
    "dragan": "DRAGAN",
    "sgd": "SGD",
    "adam": "Adam",
}
# A new shape compiles new programs, so these take effect when the slider is let go.
LATE = {"batch", "g_layers", "g_width", "d_layers", "d_width", "k_d", "k_g"}
SCALES = {  # from a slider's position to its value; the lowest value that is not 0
    "batch": ("whole", 1),
    "beta1": ("share", 0),
    "g_rate": ("log0", 1e-4),
    "d_rate": ("log0", 1e-4),
    "gamma": ("log0", 1e-3),
}


def catalogue(settings: Settings) -> dict:
    """Describe all controls, with the values they start with, as plain values.

    Args:
        settings: of the lab that they will move.
    """
    now = settings.as_json()
    groups = [
        [title, [_control(name, label, now[name]) for name, label in items.items()]]
        for title, items in GROUPS.items()
    ]
    return {
        "groups": groups,
        "presets": list(PRESETS),
        "opened": now,
        "usual": Settings().as_json(),
        "loss_text": LOSS_TEXT,
        "data_group": DATA,
        "loss_group": LOSS,
    }


def _control(name: str, label: str, value) -> dict:
    found = {"name": name, "label": label, "value": value}
    if name in CHOICES:
        options = [[choice, WORDS.get(choice, choice)] for choice in CHOICES[name]]
        return found | {"options": options}
    scale, lowest = SCALES.get(name, ("linear", RANGES[name][0]))
    ends = {"low": lowest, "high": RANGES[name][1]}
    return found | ends | {"scale": scale, "late": name in LATE}
