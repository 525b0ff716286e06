"""Pure functions of the course as WebAssembly, for a page without a kernel."""

from gan_utils.page.build import compiled, compiler
from gan_utils.page.forms import UnknownPrimitive
from gan_utils.page.module import Leaf, Module, leaves_of, module

__all__ = [
    "Leaf",
    "Module",
    "UnknownPrimitive",
    "compiled",
    "compiler",
    "leaves_of",
    "module",
]
