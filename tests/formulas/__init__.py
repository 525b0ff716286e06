"""Every displayed formula of the course, each with a check that can fail."""

from .formula import Formula
from .mutants import mutants

__all__ = ["Formula", "mutants"]
