"""How programs are compiled: quickly, and with fast convolutions on CPUs.

XLA's "fusion emitters" write the machine code of elementwise work on a CPU. They make
updates of dense networks 20 to 45 % faster, updates with convolutions 5 to 15 %. A
single operation, of which a notebook compiles hundreds, takes twice as long to compile
(35 ms against 18, JAX 0.10). So they are off, except in updates.

XLA's CPU backend (JAX 0.8 and newer) hands matrix products and convolutions to YNNPACK;
Eigen is its other library. Which of them is faster depends on the processor and on the
sizes, by a factor of two either way: `libraries` measures it.

LLVM's level 2 in place of 3 takes half the time to compile random numbers and a tenth
to two fifths less for a loop of updates; what it compiles runs as fast. Level 0 halves
that again, and what it compiles is up to four times as slow: right for a single call.
"""

import os
from functools import cache
from importlib.util import find_spec

import jax
import jaxlib

FLAGS = "XLA_FLAGS"
EMITTERS = "xla_cpu_use_fusion_emitters"
LEVEL = "xla_backend_optimization_level"
LIBRARY = "xla_cpu_experimental_ynn_fusion_type"  # what YNNPACK computes
PRODUCTS, CONVOLUTIONS = (
    f"LIBRARY_FUSION_TYPE_INDIVIDUAL_{kind}" for kind in ("DOT", "CONVOLUTION")
)


def compile_quickly() -> list[str]:
    """Ask XLA for quick compilation on CPUs, where a program asks for nothing else.

    XLA reads its flags once, before its first program. The environment is left as it
    was: a child with another XLA would stop at a flag that it does not know.

    Returns:
        The flags asked for; those that the user has set are left out. A JAX that has
        compiled before keeps what it had.
    """
    flags = [f"--{EMITTERS}=false"] if emitters_are_a_choice() else []
    if level_is_a_choice():
        flags.append(f"--{LEVEL}=2")
    if not flags:
        return flags
    try:
        from jaxlib.xla_client import CompileOptions
    except ImportError:  # a JAX to come: it works without
        return []
    before = os.environ.get(FLAGS)
    os.environ[FLAGS] = " ".join([before or "", *flags]).strip()
    try:
        CompileOptions()  # reads the flags
    finally:
        if before is None:
            del os.environ[FLAGS]
        else:
            os.environ[FLAGS] = before
    return flags


def emitters_are_a_choice(version: str | None = None) -> bool:
    """Tell whether this jaxlib leaves the choice, and the user's own flags do too.

    Measured on jaxlib 0.8 to 0.11. In 0.7 they cost a tenth; 0.12 has no such option,
    and would stop the process at an unknown flag.

    Args:
        version: jaxlib's version; this one's when None.
    """
    major, minor = map(int, (version or jaxlib.__version__).split(".")[:2])
    return (0, 8) <= (major, minor) < (0, 12) and EMITTERS not in os.getenv(FLAGS, "")


def level_is_a_choice() -> bool:
    """Tell whether JAX runs on CPUs only, and the user's own flags name no level.

    Every XLA knows this flag, but those for GPUs and TPUs read it too, and what it
    does to them was not measured.
    """
    plugins = any(find_spec(name) for name in ("jax_plugins", "libtpu"))
    return not plugins and LEVEL not in os.getenv(FLAGS, "")


def options(eigen: str | None = None) -> dict[str, bool | str]:
    """Choose what XLA compiles updates with.

    Args:
        eigen: what is left to Eigen, PRODUCTS or CONVOLUTIONS; YNNPACK has the other.
            None leaves XLA its own choice.

    Returns:
        `jax.jit(compiler_options=...)`, empty where there is nothing to change.
    """
    found = {EMITTERS: True} if emitters_are_a_choice() else {}
    if eigen and library_is_a_choice():
        found[LIBRARY] = CONVOLUTIONS if eigen == PRODUCTS else PRODUCTS
    return found


def library_is_a_choice() -> bool:
    """Tell whether XLA runs on a CPU, knows both libraries, and nobody has chosen."""
    free = jax.default_backend() == "cpu" and LIBRARY not in os.getenv(FLAGS, "")
    return free and _is_known(LIBRARY, PRODUCTS)


@cache
def _is_known(option: str, value: str) -> bool:
    """Tell whether this XLA takes an option, by a small program."""
    try:
        jax.jit(lambda x: x, compiler_options={option: value}).lower(1.0).compile()
    except RuntimeError:
        return False
    return True
