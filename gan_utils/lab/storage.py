"""A run in a file: settings as JSON, states as arrays; it goes on bit for bit."""

import json

import numpy as np

from gan_utils.lab import structure
from gan_utils.lab.frame import DIVERGENCES
from gan_utils.lab.record import Record
from gan_utils.lab.settings import Settings
from gan_utils.lab.timeline import Packed, Snapshot, Timeline, pack, unpack
from gan_utils.lab.written import Written

FORMAT = "gan_utils lab 1"
RECORDS = ("_losses", "charts")


class HoldsCode(ValueError):
    """A file holds Python code that nobody has agreed to run; `code` is its text."""

    def __init__(self, code: str):
        super().__init__(
            "This run holds a loss that was typed as Python. Loading it runs that "
            f"code; pass run_code=True if you trust it:\n{code}"
        )
        self.code = code


def write(path, lab) -> None:
    """Write a lab: its stretches, where it stands, and its curves.

    Args:
        path: file name, or an open binary file.
        lab: `Lab`.
    """
    snapshots = [*lab.timeline.stretches, Snapshot(lab.now, lab.setup, pack(lab.state))]
    about = {
        "format": FORMAT,
        "now": lab.now,
        "head": lab.head,
        "message": lab.message,
        "broken": lab._broken,
        "widths": {name: getattr(lab, name).width for name in RECORDS},
        "snapshots": [
            {
                "step": s.step,
                "moves": s.setup.moves,
                "settings": s.setup.settings.as_json(),
            }
            for s in snapshots
        ],
    }
    arrays = {f"state{i:04d}": s.packed.numbers for i, s in enumerate(snapshots)}
    for name in RECORDS:
        record = getattr(lab, name)
        arrays |= {f"{name}.sums": record.sums, f"{name}.counts": record.counts}
    np.savez_compressed(path, about=np.array(json.dumps(about)), **arrays)


def read(path, lab, run_code: bool) -> None:
    """Read a file into a lab; see `Lab.load`."""
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = dict(file)
        about = json.loads(str(arrays["about"]))
    except (ValueError, KeyError, OSError, EOFError) as error:
        raise ValueError(
            f"path {str(path)!r} cannot be read as a lab: {type(error).__name__}. "
            "Likely cause: another kind of file, or one that is cut short."
        ) from error
    if about.get("format") != FORMAT:
        raise ValueError(f"the file is {about.get('format')!r}; expected {FORMAT!r}.")
    snapshots = [
        _snapshot(entry, arrays[f"state{i:04d}"], run_code)
        for i, entry in enumerate(about["snapshots"])
    ]
    *stretches, last = snapshots
    lab._begin(last.setup.settings)
    lab.timeline = Timeline(stretches[0])
    lab.timeline.stretches = stretches
    lab.setup, lab.state = last.setup, unpack(last.packed)
    lab.now, lab.head, lab._losses_known = about["now"], about["head"], about["head"]
    lab.message, lab._broken = about["message"], about["broken"]
    for name, fields in zip(RECORDS, (("d_loss", "g_loss"), DIVERGENCES), strict=True):
        record = Record(fields)
        record.width = about["widths"][name]
        record.sums, record.counts = arrays[f"{name}.sums"], arrays[f"{name}.counts"]
        setattr(lab, name, record)


def settings_from_json(plain: dict, run_code: bool = False) -> Settings:
    """Read settings that `Settings.as_json` wrote.

    Raises:
        HoldsCode: when the loss is Python code and `run_code` is False.
    """
    loss = plain.get("loss")
    if isinstance(loss, dict):
        if not run_code:
            raise HoldsCode(loss["python"])
        plain = plain | {"loss": Written(loss["python"])}
    return Settings().changed(**plain)


def _snapshot(entry: dict, numbers: np.ndarray, run_code: bool) -> Snapshot:
    settings = settings_from_json(entry["settings"], run_code)
    setup = structure.setup_of(settings, entry["moves"])
    model = pack(structure.start(setup))
    if model.numbers.size != numbers.size:
        raise ValueError(
            f"a state of the file holds {numbers.size} bytes; expected "
            f"{model.numbers.size}. Likely cause: a file of another version."
        )
    return Snapshot(entry["step"], setup, Packed(numbers, model.layout))
