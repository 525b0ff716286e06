"""Prepare the lab's programs for pages: which ones, by what names, into which folder.

    python -m gan_utils.lab.prepared --out gan_utils/widgets/static/programs

needs a clang (pip install ziglang) and some minutes. What has not changed since the
last time is not compiled again. Readers of a page, and learners, need no compiler.
"""

import argparse
import hashlib
import itertools
import json
import zlib
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from importlib import metadata
from pathlib import Path

import jax
import numpy as np

from gan_utils import page
from gan_utils.lab.programs import PROGRAMS
from gan_utils.lab.settings import CHOICES, PRESETS, Settings
from gan_utils.lab.sources import dimension

MANIFEST = "manifest.json"
ENDING = ".program"  # a deflated head in JSON with its length before it, then the code


def key(kind: str, settings: Settings) -> str:
    """Name the program that settings need; as `keyOf` in lab_page_settings.js.

    Args:
        kind: one of PROGRAMS.
        settings: of a lab; a typed loss has no program.
    """
    size = int(settings.noise.split()[1][0])
    g, d = (
        "-".join([str(width)] * layers)
        for width, layers in (
            (settings.g_width, settings.g_layers),
            (settings.d_width, settings.d_layers),
        )
    )
    networks = f"{size}>{g}>{dimension(settings)} {d}"
    batch = str(settings.batch)
    return {
        "data": f"data {settings.data} {batch}",
        "noise": f"noise {settings.noise} {batch}",
        "start": f"start {networks} {settings.optimizer}",
        "train": f"train {networks} {settings.loss} {settings.penalty} "
        f"{settings.optimizer} {batch}",
        "look": f"look {networks} {batch}",
    }[kind]


def offered() -> Iterable[Settings]:
    """List settings that together use every structure that pages offer.

    Every preset, data set and noise; with the default networks every loss under every
    penalty; from every preset and from the lab of notebook 02b, each other loss and
    optimiser; and each other penalty with the networks of the eight clouds and on a
    line.
    """
    default, dots = Settings(), ((0.0, 0.0),)
    presets = {name: Settings(**base) for name, base in PRESETS.items()}
    yield from presets.values()
    yield from (default.changed(data=name, drawing=dots) for name in CHOICES["data"])
    yield from (default.changed(noise=name) for name in CHOICES["noise"])
    pairs = itertools.product(CHOICES["loss"], CHOICES["penalty"])
    yield from (default.changed(loss=loss, penalty=p) for loss, p in pairs)
    others = [default.changed(data="two bumps"), default.changed(noise="gaussian 1d")]
    others.append(presets["on a line"].changed(d_width=32))  # of 02b
    for base in (*presets.values(), *others):
        for name in ("optimizer", "loss"):
            yield from (base.changed(**{name: one}) for one in CHOICES[name])
    for base in (presets["eight clouds"], presets["on a line"]):
        yield from (base.changed(penalty=one) for one in CHOICES["penalty"])


def needed() -> dict[str, tuple[str, Settings]]:
    """List the programs of all that is offered: by key, (kind, settings)."""
    found = {}
    for settings in offered():
        for kind in PROGRAMS:
            found.setdefault(key(kind, settings), (kind, settings))
    return found


def source_of(kind: str, settings: Settings) -> page.Module:
    """Write one program in C."""
    return page.module(*PROGRAMS[kind](settings))


def digest(text: str) -> str:
    """Shorten a text to twelve signs that no other program has."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def packed(module: page.Module, code: bytes) -> bytes:
    """Put what a page must know of a program, and its code, in one row of bytes."""
    head = module.describe().encode()
    return zlib.compress(np.uint32(len(head)).tobytes() + head + code, 9)


def made_with() -> dict[str, str]:
    """Say which versions settle a program to its last byte."""
    names = ("jax", "flax", "optax", "ziglang")
    return {name: _version(name) for name in names}


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def write(folder: Path, wanted: dict[str, tuple[str, Settings]] | None = None) -> None:
    """Write programs and their manifest; drop those that nothing uses any more.

    A program's name is that of its source in C, so equal ones are one file.

    Args:
        folder: where; made if it lacks.
        wanted: as from `needed`; None for all of them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    names: dict[str, str] = {}

    def build(one: tuple[str, tuple[str, Settings]]) -> None:
        named, (kind, settings) = one
        module = source_of(kind, settings)
        names[named] = name = digest(module.source + module.describe())
        file = folder / f"{name}{ENDING}"
        if not file.exists():
            file.write_bytes(packed(module, page.compiled(module.source)))
            print(f"{named}: {file.stat().st_size:,} bytes", flush=True)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(build, (wanted or needed()).items()))
    jax.clear_caches()
    for file in folder.glob(f"*{ENDING}"):
        if file.stem not in names.values():
            file.unlink()
    hashes = {
        file.stem: hashlib.sha256(zlib.decompress(file.read_bytes())).hexdigest()
        for file in sorted(folder.glob(f"*{ENDING}"))
    }
    programs = dict(sorted(names.items()))
    found = {"made_with": made_with(), "programs": programs, "sha256": hashes}
    (folder / MANIFEST).write_text(json.dumps(found, indent=1) + "\n", "utf-8")


def main() -> None:
    """Prepare all programs."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--out", type=Path, required=True, help="folder to write into")
    write(parser.parse_args().out)


if __name__ == "__main__":
    main()
