"""A run in a file: settings as JSON, states as arrays; it goes on bit for bit."""

import json
from pathlib import Path

import numpy as np

from gan_utils import array_files
from gan_utils.lab import checked, structure
from gan_utils.lab.frame import DIVERGENCES
from gan_utils.lab.record import Record
from gan_utils.lab.settings import Settings
from gan_utils.lab.timeline import Packed, Snapshot, Timeline, pack, unpack
from gan_utils.lab.written import Written
from gan_utils.whole_files import json_object

FORMAT = "gan_utils lab 1"
RECORDS = {"_losses": ("d_loss", "g_loss"), "charts": DIVERGENCES}


class HoldsCode(ValueError):
    """A file holds Python code that nobody has agreed to run; `code` is all of it."""

    def __init__(self, code: str):
        super().__init__(
            "This run holds a loss that was typed as Python. Loading it runs that "
            f"code; pass run_code=True if you trust it:\n{code}"
        )
        self.code = code


def about(lab, snapshots: list[Snapshot]) -> dict:
    """Describe a lab in plain values: where it stands, and under what it was played.

    Args:
        lab: `Lab`.
        snapshots: of its stretches, and the present one last.
    """
    return {
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


def write(path, lab) -> None:
    """Write a lab: its stretches, where it stands, and its curves.

    Args:
        path: file name, or an open binary file.
        lab: `Lab`.
    """
    snapshots = [*lab.timeline.stretches, Snapshot(lab.now, lab.setup, pack(lab.state))]
    arrays = {f"state{i:04d}": s.packed.numbers for i, s in enumerate(snapshots)}
    for name in RECORDS:
        record = getattr(lab, name)
        arrays |= {f"{name}.sums": record.sums, f"{name}.counts": record.counts}
    plain = json.dumps(about(lab, snapshots))
    np.savez_compressed(path, about=np.array(plain), **arrays)


def read(path, lab, run_code: bool) -> None:
    """Read a file into a lab; see `Lab.load`."""
    try:
        arrays = array_files.unpack(_content(path))
        fill(lab, json_object(str(arrays.get("about"))), arrays, run_code)
    except HoldsCode:
        raise
    except ValueError as error:
        named = "The file" if hasattr(path, "read") else f"path {str(path)!r}"
        raise ValueError(
            f"{named} cannot be read as a lab: {str(error).rstrip('.')}. Likely cause: "
            "another kind of file, or one that is cut short or was changed."
        ) from error


def fill(lab, plain: dict, arrays: dict, run_code: bool) -> None:
    """Make a lab of what was written; whoever wrote it, nothing else gets in.

    Args:
        lab: an empty `Lab`.
        plain: as of `about`.
        arrays: states and curves by name, as in a file.
        run_code: whether a typed loss may run.

    Raises:
        ValueError: naming the first part that no lab has written.
    """
    checked.about(plain, FORMAT, tuple(RECORDS))
    if not run_code and (code := _code(plain["snapshots"])):
        raise HoldsCode(code)
    snapshots = [
        _snapshot(entry, arrays.get(f"state{i:04d}"))
        for i, entry in enumerate(plain["snapshots"])
    ]
    records = {
        name: checked.record(Record(fields), name, plain["widths"][name], arrays)
        for name, fields in RECORDS.items()
    }
    *stretches, last = snapshots
    lab._begin(last.setup.settings)
    lab.timeline = Timeline(stretches[0])
    lab.timeline.stretches = stretches
    lab.setup, lab.state = last.setup, unpack(last.packed)
    lab.now, lab.head, lab._losses_known = plain["now"], plain["head"], plain["head"]
    lab.message, lab._broken = plain["message"], plain["broken"]
    vars(lab).update(records)


def settings_from_json(plain: dict) -> Settings:
    """Read settings that `Settings.as_json` wrote; a typed loss in them is run.

    Raises:
        ValueError: for settings that the lab does not have.
    """
    loss = plain.get("loss")
    if isinstance(loss, dict):
        plain = plain | {"loss": Written(loss.get("python"))}
    return Settings().changed(**plain)


def _content(path) -> bytes:
    if hasattr(path, "read"):
        return path.read(array_files.MOST + 1)
    try:
        with Path(path).open("rb") as file:
            return file.read(array_files.MOST + 1)
    except OSError as error:
        raise ValueError(error.strerror or "it cannot be opened") from error


def _code(snapshots: list[dict]) -> str:
    """Collect the texts that loading would run, each once."""
    losses = [entry["settings"].get("loss") for entry in snapshots]
    texts = [str(loss.get("python")) for loss in losses if isinstance(loss, dict)]
    return "\n\n".join(dict.fromkeys(texts))


def _snapshot(entry: dict, numbers: np.ndarray | None) -> Snapshot:
    setup = structure.setup_of(settings_from_json(entry["settings"]), entry["moves"])
    model = pack(structure.start(setup))
    packed = Packed(checked.numbers(numbers, model.numbers.size), model.layout)
    checked.state(unpack(packed), entry["step"])
    return Snapshot(entry["step"], setup, packed)
