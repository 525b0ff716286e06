"""Exercises: tasks whose checks judge behaviour and name the mistake they recognise."""

from .checker import check, judge
from .exercise import Exercise, Mistake, find, register, registry
from .verdict import Verdict

__all__ = [
    "Exercise",
    "Mistake",
    "Verdict",
    "check",
    "find",
    "judge",
    "register",
    "registry",
]
