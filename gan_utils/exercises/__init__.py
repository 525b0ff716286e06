"""Exercises: tasks whose checks grade behaviour and name the mistake they recognise."""

from gan_utils.exercises.checker import check, grade
from gan_utils.exercises.exercise import Exercise, Mistake, find, register, registry
from gan_utils.exercises.verdict import Verdict

__all__ = [
    "Exercise",
    "Mistake",
    "Verdict",
    "check",
    "find",
    "grade",
    "register",
    "registry",
]
