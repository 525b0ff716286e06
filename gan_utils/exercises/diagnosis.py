"""Explaining an answer that is wrong in a way the exercise's author did not list."""

import numpy as np

from gan_utils.exercises import behaviour, relations, words
from gan_utils.exercises.answers import form, leaves
from gan_utils.exercises.trial import Trial


def diagnose(trial: Trial) -> str:
    """Say what is wrong with an attempt.

    Args:
        trial: the attempt; at least one of its cases went wrong.

    Returns:
        A message for the learner: the first of exception, nothing returned, random
        answer, wrong kind or shape, NaN, a recognised relation, the first difference.
    """
    looks = BEHAVIOUR if trial.exercise.compare else NUMBERS
    for look in looks:
        if message := look(trial):
            return message
    return difference(trial)


def structure(trial: Trial) -> str:
    """Explain answers of the wrong kind, number or shape."""
    for index in trial.answered:
        expected, got = trial.expected[index].answer, trial.got[index].answer
        try:
            right, given = leaves(expected), leaves(got)
        except (TypeError, ValueError):
            came = words.value(got)
            return f"expected {words.kind(expected)}; your function returned {came}."
        if form(expected) != form(got):
            return _other_form(expected, got)
        if message := _shapes(trial.exercise, right, given):
            return message
    return ""


def _other_form(expected, got, where: str = "") -> str:
    """Say how two nested answers differ, at the first place where they do."""
    for key, inner in _parts(expected).items():
        if list(_parts(got)) == list(_parts(expected)):
            other = _parts(got)[key]
            if other is not None and form(inner) != form(other):
                return _other_form(inner, other, f"{where}[{key!r}]")
    came = words.kind(got)
    if none := sum(part is None for part in _parts(got).values()):
        came += f", {none} of them None. Was it computed and not kept?"
    place = f"answer{where}: " if where else ""
    end = "" if none else "."
    return f"{place}expected {words.kind(expected)}; your function returned {came}{end}"


def _parts(answer) -> dict:
    if isinstance(answer, tuple | list):
        return dict(enumerate(answer))
    return answer if isinstance(answer, dict) else {}


def _shapes(exercise, right, given) -> str:
    for (name, e), (_, g) in zip(right, given, strict=True):
        if e.shape != g.shape:
            label = "the answer" if name == "answer" else name
            hint = relations.shape_hint(e, g, exercise.rtol, exercise.atol)
            return f"{label} should have shape {e.shape}, not {g.shape}.{hint}"
    return ""


def not_real(trial: Trial) -> str:
    """Explain a complex answer where a real one is expected."""
    for right, given in trial.numbers():
        if np.iscomplexobj(given) and not np.iscomplexobj(right) and given.imag.any():
            return (
                f"your answer {words.value(given)} is complex; expected a real number. "
                "Take the size, np.abs, or the real part, as the task says."
            )
    return ""


def not_finite(trial: Trial) -> str:
    """Explain NaN and infinity, and say whether only extreme inputs give them."""
    for index, (right, given) in zip(trial.answered, trial.numbers(), strict=True):
        bad = np.isfinite(right) & ~np.isfinite(given)
        if bad.any():
            what = "NaN" if np.isnan(given[bad]).any() else "infinite"
            inputs = words.inputs(trial.inputs, trial.cases[index])
            where = f"{bad.sum()} of {bad.size} values are {what} for {inputs}."
            return _advice(where, _right_elsewhere(trial))
    return ""


def _right_elsewhere(trial: Trial) -> bool:
    """Tell whether every finite number is right, and there are some."""
    exercise, finite = trial.exercise, 0
    for right, given in trial.numbers():
        use = np.isfinite(given)
        finite += use.sum()
        if not np.allclose(given[use], right[use], exercise.rtol, exercise.atol):
            return False
    return finite > 0


def _advice(where: str, right_elsewhere: bool) -> str:
    if right_elsewhere:
        return (
            f"{where} Every other value is right: the formula is correct, but it "
            "overflows. Find a form without log(0), huge exponentials or 0/0."
        )
    return (
        f"{where} Look for the logarithm or root of a negative number, a logarithm of "
        "0, or a division by 0."
    )


def related(trial: Trial) -> str:
    """Recognise a right answer seen through one common slip."""
    pairs = trial.numbers()
    sizes = [words.sizes(trial.cases[index]) for index in trial.answered]
    return relations.explain(pairs, sizes, trial.exercise.rtol, trial.exercise.atol)


def difference(trial: Trial) -> str:
    """Show the first value that went wrong."""
    index, right = trial.first, trial.agrees.count(True)
    expected, got = trial.expected[index].answer, trial.got[index].answer
    share = f"right on {right} of {len(trial.cases)} cases, but " if right else ""
    where = ""
    if trial.exercise.compare is None:
        where, expected, got = _first_wrong(trial.exercise, expected, got)
    return (
        f"{share}for {trial.given} your function returned{where} {words.value(got)}; "
        f"expected {words.value(expected)}."
    )


def _first_wrong(exercise, expected, got) -> tuple:
    """Return (where, expected, got) of the first wrong array, or of its worst value."""
    for (name, e), (_, g) in zip(leaves(expected), leaves(got), strict=True):
        off = np.abs(g - e)
        if not np.allclose(g, e, exercise.rtol, exercise.atol, equal_nan=True):
            name = "" if name == "answer" else f" for {name}"
            if e.size <= 4:
                return name, e, g
            worst = np.unravel_index(np.argmax(np.nan_to_num(off, nan=np.inf)), e.shape)
            place = ", ".join(map(str, worst))
            return f"{name} at index [{place}]", e[worst], g[worst]
    return "", expected, got


BEHAVIOUR = (behaviour.raised, behaviour.nothing, behaviour.not_repeatable)
NUMBERS = (
    behaviour.raised,
    behaviour.nothing,
    structure,
    behaviour.not_repeatable,
    not_real,
    not_finite,
    related,
    behaviour.ignores,
    behaviour.swapped,
)
