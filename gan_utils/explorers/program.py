"""A program for a page: WebAssembly and the arrays that it begins with, in one script.

The WebAssembly is compiled by whoever changes it (`python -m gan_utils.explorers
--compile`) and comes with the package, so that a book is built without a compiler.
"""

import base64
import hashlib
import json
import zlib
from importlib import resources
from pathlib import Path
from typing import NamedTuple

import numpy as np

from gan_utils import page, shipped
from gan_utils.whole_files import read_json, write_json, write_with

FOLDER = "programs"
REGISTER = "ganPrograms"  # the page's object in which a script leaves its program


class Program(NamedTuple):
    """Functions, the arrays that they share, and what the explorer tells of them."""

    name: str
    functions: dict  # as `page.module` takes them
    given: dict  # trees of arrays by name
    about: dict  # plain values for the explorer
    blank: tuple[str, ...] = ()  # names in `given` that begin with zeros

    def compile(self, folder: Path | None = None) -> None:
        """Write the program's WebAssembly and what it expects, with its hash.

        Raises:
            RuntimeError: no compiler is here, or it refused the source.
        """
        folder = folder or Path(__file__).parent / FOLDER
        module = page.module(self.functions, self.given)
        wasm = page.compiled(module.source)
        packed = zlib.compress(wasm, 9)
        folder.mkdir(exist_ok=True)
        file = folder / f"{self.name}.wasm.z"
        write_with(file, lambda to: to.write(packed))
        leaves = [[x.path, x.dtype, list(x.shape)] for x in module.leaves]
        table = {"sha256": hashlib.sha256(packed).hexdigest(), "bytes": len(wasm)}
        table |= {"functions": module.functions, "leaves": leaves}
        write_json(folder / f"{self.name}.json", table)

    def script(self, folder=None) -> str:
        """Return the script that brings the program and its weights to a page.

        Raises:
            ValueError: the program is missing, damaged, or of other functions.
        """
        folder = folder or resources.files(__package__) / FOLDER
        table = read_json(folder / f"{self.name}.json")
        file = folder / f"{self.name}.wasm.z"
        wasm = shipped.read(file, table["sha256"], f"the program of {self.name}")
        given = [
            leaf
            for name, tree in self.given.items()
            if name not in self.blank
            for leaf in page.leaves_of(tree)
        ]
        held = {path.split("[")[0] for path, *_ in table["leaves"]}
        if set(table["functions"]) != set(self.functions) or not held >= {*self.given}:
            raise ValueError(
                f"the program of {self.name} has functions {table['functions']}; "
                f"expected {list(self.functions)}. Compile it anew: python -m "
                "gan_utils.explorers --compile"
            )
        weights = b"".join(np.ascontiguousarray(leaf).tobytes() for leaf in given)
        text = {
            "leaves": table["leaves"],
            "filled": [name for name in self.given if name not in self.blank],
            "about": self.about,
            "wasm": _text(wasm),
            "weights": _text(zlib.compress(weights, 9)),
        }
        return f"(window.{REGISTER} ??= {{}}).{self.name} = {json.dumps(text)};\n"


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()
