"""A training run in a folder: its plan, its checkpoints, its samples and its report."""

from gan_utils.runs.drawing import draw, sample
from gan_utils.runs.errors import RunError
from gan_utils.runs.judging import judged, sentence
from gan_utils.runs.plan import CHECKPOINTS, Plan, Request, read_plan
from gan_utils.runs.shipping import FULL, pack, request_for
from gan_utils.runs.training import DATA, REPORT, load, train

__all__ = [
    "CHECKPOINTS",
    "DATA",
    "FULL",
    "REPORT",
    "Plan",
    "Request",
    "RunError",
    "draw",
    "judged",
    "load",
    "pack",
    "read_plan",
    "request_for",
    "sample",
    "sentence",
    "train",
]
