"""Metrics: how good is it, beside what a perfect generator would score.

A new one is a file like `modes`, and enters the list below.
"""

from gan_utils.metrics.distances import Nearest, nearest
from gan_utils.metrics.extrapolation import Extrapolation, extrapolate
from gan_utils.metrics.face_judge import FaceJudge, FaceLook, faces_judge
from gan_utils.metrics.face_report import FacesReport, faces_report
from gan_utils.metrics.floors import Spread, floor, repeat
from gan_utils.metrics.frechet import Moments, frechet, frechet_distance, moments
from gan_utils.metrics.inception import inception_score
from gan_utils.metrics.judge import Judge, Look, judge
from gan_utils.metrics.judge_report import JudgeReport, judge_report
from gan_utils.metrics.kernel_distance import kernel_distance
from gan_utils.metrics.memorisation import Memorisation, memorisation
from gan_utils.metrics.modes import ModeReport, Oracle, mode_report, oracle
from gan_utils.metrics.neighbours import Neighbours, neighbours, radii
from gan_utils.metrics.parzen import Parzen, log_parzen, parzen
from gan_utils.metrics.rates import Rate, success_rate
from gan_utils.metrics.stacked import (
    StackedReport,
    stacked_classes,
    stacked_oracle,
    stacked_report,
)
from gan_utils.metrics.two_sample import TwoSample, two_sample_test

__all__ = [
    "Extrapolation",
    "FaceJudge",
    "FaceLook",
    "FacesReport",
    "Judge",
    "JudgeReport",
    "Look",
    "Memorisation",
    "ModeReport",
    "Moments",
    "Nearest",
    "Neighbours",
    "Oracle",
    "Parzen",
    "Rate",
    "Spread",
    "StackedReport",
    "TwoSample",
    "extrapolate",
    "faces_judge",
    "faces_report",
    "floor",
    "frechet",
    "frechet_distance",
    "inception_score",
    "judge",
    "judge_report",
    "kernel_distance",
    "log_parzen",
    "memorisation",
    "mode_report",
    "moments",
    "nearest",
    "neighbours",
    "oracle",
    "parzen",
    "radii",
    "repeat",
    "stacked_classes",
    "stacked_oracle",
    "stacked_report",
    "success_rate",
    "two_sample_test",
]
