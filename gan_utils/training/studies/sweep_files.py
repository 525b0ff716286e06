"""The folder of a sweep: what it belongs to, and its finished groups."""

import hashlib
from pathlib import Path

import jax
import numpy as np

from gan_utils import array_files
from gan_utils.cautions import caution
from gan_utils.engine import measured
from gan_utils.whole_files import read_json, write_json, write_with

ABOUT = "sweep.json"
MADE = "made.json"  # how the first group was compiled, see `engine.measured`


class Folder:
    """Finished groups on disk; without a directory, nothing is kept."""

    def __init__(self, directory, about: dict):
        """Open a folder.

        Raises:
            ValueError: when it holds another sweep.
        """
        self.path = None if directory is None else Path(directory)
        if self.path is None:
            return
        self.path.mkdir(parents=True, exist_ok=True)
        kept = self.path / ABOUT
        if not kept.exists():
            write_json(kept, about)
        try:
            found = read_json(kept)
        except ValueError as error:
            raise ValueError(
                f"{kept} is damaged ({error}); it says which sweep the folder "
                f"{str(directory)!r} holds. Name an empty folder. Nothing was changed."
            ) from error
        if found != about:
            differing = [k for k in about if found.get(k) != about[k]]
            raise ValueError(
                f"directory {str(directory)!r} holds a sweep with another "
                f"{', '.join(differing)}; expected the same call, or an empty folder. "
                "Nothing was changed."
            )

    def read(self, number: int, shape: tuple) -> dict[str, np.ndarray] | None:
        """Read a group's arrays; None when it is not finished.

        One that is damaged counts as unfinished, and a warning says so.

        Args:
            number: of the group.
            shape: that each of its arrays has.
        """
        if self.path is None or not self._file(number).exists():
            return None
        try:
            found = array_files.unpack(self._file(number).read_bytes())
            if not found or {array.shape for array in found.values()} != {shape}:
                raise array_files.Unreadable("it holds arrays of another shape")
            return found
        except array_files.Unreadable as error:
            caution(
                f"{self._file(number)} is damaged ({error}), so that part of the sweep "
                "is computed again.",
                RuntimeWarning,
            )
            return None

    def write(self, number: int, arrays: dict[str, np.ndarray]) -> None:
        """Keep a group's arrays, and how it was compiled: whole or not at all."""
        if self.path is None:
            return
        if not (self.path / MADE).exists():
            write_json(self.path / MADE, measured.record())
        write_with(self._file(number), lambda file: np.savez(file, **arrays))

    def compile_as_before(self) -> None:
        """Let the groups to come be compiled as the first one was.

        A warning says where they cannot be, and are equal to rounding only.
        """
        if self.path is None or not (self.path / MADE).exists():
            return
        try:
            doubt = measured.adopt(read_json(self.path / MADE))
        except ValueError as error:
            doubt = (
                f"{MADE} is damaged ({error}), so what is computed from here on may "
                "differ from the rest in rounding."
            )
        if doubt:
            caution(f"{self.path}: {doubt}", RuntimeWarning)

    def _file(self, number: int) -> Path:
        return self.path / f"group{number:04d}.npz"


def fingerprint(gan, keys, source, axes, shared, group, samples, score) -> dict:
    """Describe a sweep so that equal descriptions give equal results."""
    leaves = {
        "keys": jax.random.key_data(keys),
        "source": source,
        "axes": axes,
        "shared": shared,
    }
    about = {name: _digest(tree) for name, tree in leaves.items()}
    name = getattr(score, "__qualname__", type(score).__qualname__)
    return about | {
        "gan": gan.describe(),
        "axes_named": list(axes),
        "shared_named": sorted(shared),
        "batches": f"{source.batch_size} x {source.draws}, {type(source.source)}",
        "group": group,
        "samples": samples,
        "score": name,
    }


def _digest(tree) -> str:
    total = hashlib.sha256()
    for leaf in jax.tree.leaves(tree):
        values = np.asarray(leaf)
        total.update(f"{values.dtype}{values.shape}".encode() + values.tobytes())
    return total.hexdigest()
