"""From C to WebAssembly, by clang; a tool of whoever builds the book."""

import functools
import importlib.util
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

FLAGS = (
    "-O3",
    "-fno-unroll-loops",  # a third of the size; the loops that gain by it ask for it
    "-msimd128",
    "-nostdlib",
    "-ffp-contract=off",
    "-fno-builtin",
    "-Wno-everything",
    "-Wl,--no-entry",
    "-Wl,-z,stack-size=65536",
    "-Wl,--strip-all",
)


@functools.cache
def compiler() -> tuple[str, ...] | None:
    """Find a clang that knows WebAssembly, or Python's `ziglang`, which brings one."""
    if importlib.util.find_spec("ziglang"):
        return (sys.executable, "-m", "ziglang", "cc", "--target=wasm32-freestanding")
    if (clang := shutil.which("clang")) and shutil.which("wasm-ld"):
        return (clang, "--target=wasm32")
    return None


def compiled(source: str) -> bytes:
    """Compile a module's C source.

    Raises:
        RuntimeError: no compiler is here, or it refused the source.
    """
    if (command := compiler()) is None:
        raise RuntimeError(
            "no clang with WebAssembly is here; expected one to build the book's "
            "programs. pip install ziglang brings one."
        )
    with tempfile.TemporaryDirectory() as folder:
        file, out = Path(folder) / "module.c", Path(folder) / "module.wasm"
        file.write_text(source, "utf-8")
        done = subprocess.run(
            [*command, *FLAGS, "-o", str(out), str(file)],
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(f"clang refused the program: {done.stderr[-2000:]}")
        return out.read_bytes()
