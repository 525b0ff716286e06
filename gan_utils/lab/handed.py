"""A run on its way between kernel and page, as text: see lab_page_run.js."""

import base64
import json
import zlib
from itertools import pairwise

import numpy as np

from gan_utils.lab import storage
from gan_utils.lab.record import BINS
from gan_utils.lab.session import Lab
from gan_utils.lab.timeline import Snapshot, pack

MOST = 2**26  # bytes of an unpacked text; a page sends a thousandth of it
NAMES = {"_losses": "losses", "charts": "charts"}  # of the records, here and there


def write(labs: list[Lab]) -> str:
    """Write labs as a page reads them.

    Args:
        labs: a run and its fork; all that they have played is under losses that are not
            typed.

    Returns:
        Text: base64 of deflated bytes, a JSON head with its length before it, then of
        each lab the states and the rows of its curves.
    """
    abouts, parts = [], []
    for lab in labs:
        snapshots = [
            *lab.timeline.stretches,
            Snapshot(lab.now, lab.setup, pack(lab.state)),
        ]
        about = storage.about(lab, snapshots)
        about["widths"] = {NAMES[name]: n for name, n in about["widths"].items()}
        rows = [s.packed.numbers.tobytes() for s in snapshots]
        for name in NAMES:
            record = getattr(lab, name)
            rows += [row.astype("<f8").tobytes() for row in record.sums.T]
            rows += [row.astype("<i4").tobytes() for row in record.counts.T]
        about["parts"] = [len(row) for row in rows]
        abouts.append(about)
        parts += rows
    head = json.dumps(abouts).encode()
    packed = zlib.compress(b"".join([np.uint32(len(head)).tobytes(), head, *parts]))
    return base64.b64encode(packed).decode()


def read(text: str) -> list[Lab]:
    """Read what a page has written; it is checked as a saved run is.

    Raises:
        ValueError: for a text that no page has written.
    """
    try:
        packed = zlib.decompressobj()
        content = packed.decompress(base64.b64decode(text, validate=True), MOST)
        at = 4 + int.from_bytes(content[:4], "little")
        abouts = json.loads(content[4:at])
        labs = []
        for about in abouts:
            sizes = about.pop("parts")
            ends = at + np.cumsum([0, *sizes])
            at = int(ends[-1])
            rows = [content[a:b] for a, b in pairwise(ends)]
            labs.append(_lab(about, rows))
        return labs
    except (zlib.error, LookupError, TypeError, AttributeError) as error:
        raise ValueError(f"the page's run cannot be read: {error}") from error


def _lab(about: dict, rows: list[bytes]) -> Lab:
    about["widths"] = {name: about["widths"][NAMES[name]] for name in NAMES}
    states = [rows.pop(0) for _ in about["snapshots"]]
    arrays = {f"state{i:04d}": np.frombuffer(s, "uint8") for i, s in enumerate(states)}
    for name, fields in storage.RECORDS.items():
        for part, kind, whole in (("sums", "<f8", float), ("counts", "<i4", int)):
            table = [np.frombuffer(rows.pop(0), kind, BINS) for _ in fields]
            arrays[f"{name}.{part}"] = np.stack(table, 1).astype(whole)
    lab = object.__new__(Lab)
    storage.fill(lab, about, arrays, run_code=False)
    return lab
