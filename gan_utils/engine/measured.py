"""Which form is the fastest here? Measured once, kept, and the same ever after.

Names and flags of processors mislead: on one Xeon the library that its flags speak for
takes half as long again for one product, and half the time for another. So a small
program of the same sizes is timed in every form, the first time that a machine meets
them. The answers lie in one readable file of the cache folder. Delete it, and they are
measured anew; without a folder every process measures its own.

The last bits of a run depend on them: a checkpoint therefore holds a `record`, and
resuming it adopts that. One question has one answer in a process, for all its runs: a
program belongs to its sizes, whichever run made it. With GAN_UTILS_CHOICE=fixed nothing
is measured: everywhere the first form is taken.
"""

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import jax
import jaxlib

from gan_utils import program_cache
from gan_utils.engine import switches
from gan_utils.whole_files import read_json, write_json

FILE = "choices.json"
ROUNDS = 3, 25  # fewest and most; each times every form, so a busy moment hits all
SECONDS = 0.4  # after which no further round begins
SHORT = 2e-3  # seconds; calls that take less are repeated until they take this long
GAIN = 0.97  # of the first form's time; another one that needs more is not worth it


class Answer(NamedTuple):
    """The form that was chosen, and what each of them took."""

    form: str
    seconds: dict[str, float]  # of one call; empty where nothing was measured


_answers: dict[str, Answer] = {}
_one_at_a_time = threading.Lock()


def fastest(question: str, forms: dict[str, Callable[[], Callable]]) -> str:
    """Return the name of the fastest form; the first where the others gain little.

    Args:
        question: what is asked, in words; the same words mean the same programs.
        forms: name -> a function that prepares the form and returns a call of it,
            which needs no argument and returns arrays.

    Raises:
        ValueError: GAN_UTILS_CHOICE names no way to choose.
    """
    with _one_at_a_time:
        answered = _answers.get(question)
        if answered is None or answered.form not in forms:
            first = Answer(next(iter(forms)), {})
            measures = len(forms) > 1 and switches.choice() == "measured"
            _answers[question] = _ask(question, forms) if measures else first
        return _answers[question].form


def record() -> dict:
    """Return what this process has answered, and where: a JSON object."""
    forms = {question: answer.form for question, answer in _answers.items()}
    return {"machine": machine(), "forms": forms}


def adopt(recorded: dict) -> str | None:
    """Answer as another process did, from now on.

    Args:
        recorded: what `record` returned there.

    Returns:
        A sentence where that cannot give its very bits, else None.
    """
    made_on, forms = recorded.get("machine"), recorded.get("forms")
    forms = forms if isinstance(forms, dict) else {}
    _answers.update({asked: Answer(str(form), {}) for asked, form in forms.items()})
    if made_on == machine():
        return None
    return (
        f"this run was made on {made_on}; here is {machine()}. It goes on in the same "
        "way, but equal to rounding only, not to the last bit."
    )


def known() -> dict[str, Answer]:
    """Return the answers kept for this machine and these versions."""
    kept = _read().get(machine(), {})
    found = {}
    for question, entry in kept.items() if isinstance(kept, dict) else ():
        try:
            seconds = {name: float(s) for name, s in entry["seconds"].items()}
            found[question] = Answer(str(entry["form"]), seconds)
        except (TypeError, KeyError, AttributeError, ValueError, OverflowError):
            continue  # an entry that somebody's hand has changed
    return found


def forget() -> None:
    """Drop what this process has answered; the file stays."""
    _answers.clear()


def machine() -> str:
    """Describe what answers depend on: processor, cores, versions, the user's flags."""
    available = getattr(os, "sched_getaffinity", lambda _: range(os.cpu_count() or 1))
    flags = os.environ.get("XLA_FLAGS", "")
    cores = f"{len(available(0))} cores"
    versions = f"jax {jax.__version__}, jaxlib {jaxlib.__version__}"
    return ", ".join(filter(None, [program_cache.processor(), cores, versions, flags]))


def file() -> Path | None:
    """Return where the answers lie, or None without a cache folder."""
    folder = program_cache.home()
    return folder / FILE if folder else None


def _ask(question, forms) -> Answer:
    kept = known().get(question)
    if kept and kept.form in forms:
        return kept
    return _keep(question, _measure(forms))


def _measure(forms) -> Answer:
    """Time every form in turn, round after round; the fastest round counts."""
    calls = {name: prepare() for name, prepare in forms.items()}
    times = {}
    for name, call in calls.items():
        _seconds(call, 1)  # the first call is never like the others
        times[name] = max(1, int(SHORT / max(_seconds(call, 1), 1e-6)))
    rounds, begin = [], time.perf_counter()
    while len(rounds) < ROUNDS[0] or (
        len(rounds) < ROUNDS[1] and time.perf_counter() - begin < SECONDS
    ):
        rounds.append({name: _seconds(calls[name], times[name]) for name in forms})
    seconds = {name: min(one[name] for one in rounds) for name in forms}
    first, best = next(iter(forms)), min(seconds, key=seconds.get)
    gains = seconds[best] < GAIN * seconds[first]
    return Answer(best if gains else first, seconds)


def _seconds(call, times: int) -> float:
    begin = time.perf_counter()
    for _ in range(times):
        result = call()
    jax.block_until_ready(result)
    return (time.perf_counter() - begin) / times


def _keep(question, answer: Answer) -> Answer:
    """Write an answer into the file; another process's, if it was first, stands."""
    earlier, path = known().get(question), file()
    if earlier and earlier.form in answer.seconds:
        return earlier
    if path is None:
        return answer
    kept = {q: a._asdict() for q, a in known().items()} | {question: answer._asdict()}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_json(path, _read() | {machine(): kept})
    except OSError:  # a disk that is full or read-only is no reason not to train
        pass
    return answer


def _read() -> dict:
    path = file()
    try:
        return read_json(path) if path else {}
    except (OSError, ValueError):
        return {}
