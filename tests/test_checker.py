"""The exercise checker: what it accepts, what it recognises, what it says."""

import sys
import time
import warnings

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from scipy import special

from gan_utils.exercises import Exercise, Mistake, answers, check, grade, nb06, quiet
from gan_utils.exercises.stubs import is_empty


def exercise(reference, cases, **options):
    """Return an exercise that is in no list."""
    return Exercise("task", "99", 1, 1, reference, cases, **options)


def vectors(rng):
    """Two vectors of several lengths."""
    return [tuple(rng.uniform(0.1, 1.0, (2, n))) for n in (3, 4, 7)]


def extremes(rng):
    """A mild vector and one on which exp overflows."""
    return [(rng.normal(size=4),), (np.array([1.0, -900.0, 900.0]),)]


WEIGHTED = exercise(lambda x, w: np.mean(x * w), vectors)
RATIO = exercise(lambda p, q: np.log(p / q), vectors)
SPREAD = exercise(lambda x, y: np.std(x - y), vectors)
SOFTPLUS = exercise(lambda x: np.logaddexp(0, x), extremes)
TABLE = exercise(lambda x, y: np.outer(x, np.append(y, 1.0)), vectors)


def empty(x, w):
    """Do something clever."""
    # your code here


def unfinished(x, w):
    answer = ...
    return answer


def not_implemented(x, w):
    raise NotImplementedError


def forgetful(x, w):
    total = np.mean(x * w)
    total + 1


def printer(x, w):
    print(np.mean(x * w))


def vandal(x, w):
    x *= w
    return x.mean()


def random(x, w):
    return np.mean(x * w) + np.random.default_rng().normal()


@pytest.mark.parametrize(
    "stub", [empty, unfinished, not_implemented, lambda x, w: None]
)
def test_a_stub_is_not_started(stub, capsys):
    verdict = grade(WEIGHTED, stub)
    assert (verdict.passed, verdict.started) == (False, False)
    assert repr(verdict).startswith("○ task: not started")
    assert capsys.readouterr().out == ""


def test_empty_bodies_are_told_from_forgotten_returns():
    assert is_empty(empty) and is_empty(not_implemented) and is_empty(lambda: None)
    assert not is_empty(forgetful) and not is_empty(np.mean)


@pytest.mark.parametrize(
    "attempt",
    [
        lambda x, w: (x * w).sum() / len(x),
        lambda x, w: float(np.mean(x * w)),
        lambda x, w: jnp.mean(jnp.asarray(x * w, "float32")),
        lambda *args: np.mean(args[0] * args[1]),
    ],
)
def test_any_right_function_passes(attempt):
    verdict = grade(WEIGHTED, attempt)
    assert verdict.passed and verdict
    assert repr(verdict) == "✓ task: right on all 3 cases."


@pytest.mark.parametrize(
    ("task", "attempt", "words"),
    [
        (WEIGHTED, forgetful, "computes but returns nothing"),
        (WEIGHTED, printer, "prints its answer instead of returning"),
        (WEIGHTED, vandal, "changes its argument x in place"),
        (WEIGHTED, random, "different answers to the same inputs"),
        (WEIGHTED, lambda x, w: 1 / 0, "ZeroDivisionError"),
        (WEIGHTED, lambda x: x.mean(), "called with 2"),
        (WEIGHTED, lambda x, w: x.men(), "Check the spelling"),
        (WEIGHTED, lambda x, w: x + np.ones(99), "Print the shapes"),
        (WEIGHTED, lambda x, w: "mean", "expected one number"),
        (WEIGHTED, lambda x, w: np.mean, "expected one number"),
        (WEIGHTED, lambda x, w: (1.0, 2.0), "returned 2 values"),
        (WEIGHTED, lambda x, w: x * w, "The mean of your answer"),
        (WEIGHTED, lambda x, w: np.mean(x * w)[None], "axis of length 1"),
        (WEIGHTED, lambda x, w: np.sum(x * w), "sum over 7 terms"),
        (WEIGHTED, lambda x, w: -np.mean(x * w), "wrong sign"),
        (WEIGHTED, lambda x, w: 2 * np.mean(x * w), "twice"),
        (WEIGHTED, lambda x, w: np.mean(x * w) / 2, "half"),
        (WEIGHTED, lambda x, w: 3 * np.mean(x * w), "3 times"),
        (WEIGHTED, lambda x, w: np.mean(x * w) - 3, "too small by 3"),
        (WEIGHTED, lambda x, w: 0.5, "the same for every input"),
        (WEIGHTED, lambda x, w: np.mean(x), "does not depend on w"),
        (WEIGHTED, lambda x, w: np.mean(x + w), "expected"),
        (RATIO, lambda p, q: np.log2(p / q), "base 2"),
        (RATIO, lambda p, q: np.log10(p / q), "base 10"),
        (RATIO, lambda p, q: p / q, "exponential of the right one"),
        (RATIO, lambda p, q: np.abs(np.log(p / q)), "lost its sign"),
        (RATIO, lambda p, q: np.log(p / q)[::-1], "reverse order"),
        (RATIO, lambda p, q: np.log(p / q).mean(), "You took the mean"),
        (RATIO, lambda p, q: np.log(p[:, None] / q), "broadcasting made a table"),
        (RATIO, lambda p, q: np.log(p - q), "logarithm or root of a negative"),
        (SPREAD, lambda x, y: np.std(x - y, ddof=1), "n - 1 = 6; use n = 7"),
        (SPREAD, lambda x, y: np.var(x - y), "square root missing"),
        (SOFTPLUS, lambda x: np.log(1 + np.exp(x)), "Every other value is right"),
        (TABLE, lambda x, y: np.outer(np.append(y, 1.0), x), "transposed"),
        (TABLE, lambda x, y: np.outer(y, np.append(x, 1.0)), "x and y the wrong way"),
    ],
)
def test_generic_faults_are_named(task, attempt, words):
    verdict = grade(task, attempt)
    assert verdict.started and not verdict.passed
    assert words in verdict.message


def test_the_message_shows_the_arguments_and_both_values():
    message = grade(WEIGHTED, lambda x, w: np.mean(x + w)).message
    for word in (
        "x = [",
        "w = [",
        "(shape (3,))",
        "your function returned",
        "expected",
    ):
        assert word in message


def test_a_listed_mistake_comes_first_and_has_its_own_words():
    reverse = Mistake(lambda p, q: np.log(q / p), "You turned the ratio round.")
    verdict = grade(
        exercise(RATIO.reference, vectors, mistakes=[reverse]), reverse.wrong
    )
    assert verdict.mistake == "You turned the ratio round."
    assert verdict.mistake in repr(verdict)


def test_trees_of_arrays_are_compared_part_by_part():
    task = exercise(lambda x, y: {"a": x, "b": (y, 2.0)}, vectors)
    assert grade(task, lambda x, y: {"a": jnp.asarray(x), "b": [y, 2]}).passed
    wrong = grade(task, lambda x, y: {"a": x, "b": (y + x, 2.0)})
    assert "answer['b'][0]" in wrong.message


def test_the_worst_place_of_a_long_array_is_shown():
    task = exercise(lambda x: x**2, lambda rng: [(rng.normal(size=9),)])

    def attempt(x):
        answer = x**2
        answer[5] = 100.0
        return answer

    assert "at index [5] 100" in grade(task, attempt).message


def test_compare_and_properties_replace_numbers():
    def at_zero(attempt):
        return "" if attempt(1)(0.0) == 0 else "your function must be 0 at 0."

    task = exercise(
        lambda n: lambda x: n * x,
        lambda rng: [(1,), (2,)],
        compare=lambda e, g: e(2.0) == g(2.0),
        properties=(at_zero,),
    )
    assert grade(task, lambda n: lambda x: x * n).passed
    assert not grade(task, lambda n: lambda x: x).passed
    assert (
        "must be 0 at 0" in grade(task, lambda n: lambda x: n * x if x else 1).message
    )


def test_expected_exceptions_are_part_of_the_answer():
    def reference(x):
        if x < 0:
            raise ValueError("x is negative")
        return special.erf(x)

    task = exercise(reference, lambda rng: [(0.5,), (-1.0,)])
    assert grade(task, reference).passed
    assert "expected a ValueError" in grade(task, special.erf).message


def test_a_broken_exercise_is_not_blamed_on_the_attempt():
    with pytest.raises(ZeroDivisionError):
        grade(exercise(lambda x: 1 / 0, extremes), np.exp)


def test_verdicts_repeat():
    assert repr(grade(RATIO, np.subtract)) == repr(grade(RATIO, np.subtract))


def test_bad_calls_are_refused():
    with pytest.raises(ValueError, match="no exercise"):
        check("no such exercise", empty)
    with pytest.raises(ValueError, match="expected a function"):
        check("share_within", 3)


def test_one_array_may_stand_for_a_tuple_of_numbers():
    task = exercise(lambda x, y: (x.sum(), y.sum()), vectors)
    assert grade(task, lambda x, y: np.array([x.sum(), y.sum()])).passed
    assert grade(task, lambda x, y: jnp.stack([x.sum(), y.sum()])).passed
    assert not grade(task, lambda x, y: np.array([y.sum(), x.sum()])).passed
    assert "2 values" in grade(task, lambda x, y: np.array([x.sum()] * 3)).message


def test_a_complex_answer_is_shown_whole_and_named():
    task = exercise(lambda x, y: np.abs(x[0] + 1j * y[0]), vectors)
    message = grade(task, lambda x, y: x[0] + 1j * y[0]).message
    assert "is complex" in message and "j is" in message


def test_values_that_are_none_are_said_to_be():
    pair = exercise(lambda x, y: (x.sum(), y.sum()), vectors)
    for attempt, count in ((lambda x, y: (None, None), 2), (lambda x, y: [1, None], 1)):
        assert f"2 values, {count} of them None" in grade(pair, attempt).message


def test_an_estimate_of_kl_keeps_its_sign():
    def attempt(p, q, key, n):
        x = p.sample(key, n)
        return jnp.abs((p.log_prob(x) - q.log_prob(x)).mean())

    assert "without its absolute value" in check("monte_carlo_kl", attempt).message


def loops(x, w):
    total = 0
    while total < 1:
        x = x * w


def loops_and_swallows(x, w):
    while True:
        try:
            x = x * w
        except BaseException:
            x = w


def sleeps(x, w):
    time.sleep(9)


@pytest.fixture
def hasty(monkeypatch):
    monkeypatch.setattr(answers, "LONGEST", 0.3)


@pytest.mark.parametrize("attempt", [loops, loops_and_swallows])
def test_an_attempt_that_never_ends_is_stopped(hasty, attempt):
    begin = time.monotonic()
    verdict = grade(WEIGHTED, attempt)
    assert verdict.started and not verdict.passed
    for words in ("did not end within ", " seconds and was stopped. It was in line "):
        assert words in verdict.message
    assert time.monotonic() - begin < 8


def test_the_line_of_an_endless_loop_is_shown(hasty):
    line = loops.__code__.co_firstlineno
    message = grade(WEIGHTED, loops).message
    assert any(
        f"in line {line + n}, `{text}`" in message
        for n, text in ((2, "while total < 1:"), (3, "x = x * w"))
    )


def test_what_cannot_be_stopped_is_said_and_left_alone(hasty):
    begin = time.monotonic()
    message = grade(WEIGHTED, sleeps).message
    assert "cannot be stopped" in message and "restart the kernel" in message
    assert time.monotonic() - begin < 8


def test_a_program_of_jax_that_never_ends_does_not_hold_the_kernel(hasty):
    def attempt(x, w):
        start = jnp.float32(1), 0
        return jax.lax.while_loop(
            lambda state: (state[0] < 2) & (state[1] < 2 * 10**8),
            lambda state: (jnp.sin(state[0]), state[1] + 1),
            start,
        )[0]

    assert "did not end" in grade(WEIGHTED, attempt).message


def test_an_attempt_that_ends_only_where_all_went_well_is_stopped_too(hasty):
    def alone(attempt):
        return "" if attempt(np.zeros(0), np.zeros(0)) else "no answer to nothing."

    def attempt(x, w):
        while not len(x):
            pass
        return np.mean(x * w)

    task = exercise(WEIGHTED.reference, vectors, properties=(alone,))
    assert "did not end" in grade(task, attempt).message


def test_a_repair_that_never_ends_is_stopped(hasty, settings_of_a_learner):
    def g_loss(D, G, d, g, z):
        while True:
            z = z + 1

    verdict = nb06.check(5, g_loss)
    assert "bug 5: your function did not end" in verdict.message


def test_an_interruption_by_hand_shows_one_line(monkeypatch):
    def interrupted(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr("gan_utils.exercises.checker.run", interrupted)
    with pytest.raises(KeyboardInterrupt) as caught:
        grade(WEIGHTED, loops)
    (line,) = caught.value._render_traceback_()
    assert line == "task: you interrupted the check, so there is no verdict."


def test_what_an_attempt_prints_stands_under_its_verdict(capsys):
    def right(x, w):
        print("HELLO")
        print(len(x), "numbers")
        return np.mean(x * w)

    def wrong(x, w):
        right(x, w)
        return np.mean(x)

    mark, *said = repr(grade(WEIGHTED, right)).split("\n")
    assert mark == "✓ task: right on all 3 cases."
    assert said == ["It printed:", "HELLO", "3 numbers"]
    assert repr(grade(WEIGHTED, wrong)).endswith("It printed:\nHELLO\n3 numbers")
    assert repr(grade(WEIGHTED, printer)).count("\nIt printed:\n") == 1
    assert "It printed" not in repr(grade(WEIGHTED, forgetful))
    assert capsys.readouterr().out == ""


def test_jax_prints_too():
    @jax.jit
    def attempt(x, w):
        jax.debug.print("{} numbers", len(x))
        return jnp.mean(x * w)

    assert "It printed:\n3 numbers" in repr(grade(WEIGHTED, attempt))


def test_the_call_that_went_wrong_is_the_one_whose_prints_are_shown():
    def attempt(x, w):
        print(len(x))
        return np.mean(x * w) if len(x) < 7 else 0.0

    assert repr(grade(WEIGHTED, attempt)).endswith("It printed:\n7")


@pytest.mark.parametrize("text", ["line\n", "no end "])
def test_endless_prints_are_cut_and_fill_no_memory(hasty, text):
    def attempt(x, w):
        while True:
            print(text, end="")

    said = repr(grade(WEIGHTED, attempt)).split("It printed:\n")[1]
    assert said.endswith("\n... and more")
    assert len(said) < quiet.CHARACTERS + 20 and said.count("\n") <= quiet.LINES


@pytest.mark.parametrize(
    ("attempt", "words"),
    [
        (lambda x, w: sys.exit("done"), "raised SystemExit: done. It was called"),
        (lambda x, w: exit(), "Leave a function with return."),
        (lambda x, w: quit(), "Leave a function with return."),
        (lambda x, w: input("x? "), "comes through its arguments"),
        (lambda x, w: endless_recursion(x), "is there a case that ends it?"),
        (lambda x, w: raises(KeyboardInterrupt), "raised KeyboardInterrupt. It"),
        (lambda x, w: raises(AssertionError), "raised AssertionError. It was called"),
        (lambda x, w: raises(GeneratorExit("x")), "raised GeneratorExit: x. It"),
        (lambda x, w: counted(x), "different answers to the same inputs"),
        (lambda x, w: np.mean(x * w) + legacy(), "different answers to the same"),
        (lambda x, w: (np.mean(x * w),), "a tuple of 1 value (is there a comma"),
        (lambda x, w: [np.mean(x * w)], "a list of 1 value"),
        (lambda x, w: {"mean": np.mean(x * w)}, "returned a dict with ['mean']"),
        (lambda x, w: (np.mean(x * w), None), "2 values, 1 of them None"),
        (lambda x, w: (np.mean(x * w), "m"), "'m'"),
        (lambda x, w: object(), "an object of type object"),
        (lambda x, w: (part for part in (1,)), "an object of type generator"),
    ],
)
def test_attempts_that_do_what_no_answer_does_are_answered(attempt, words):
    message = grade(WEIGHTED, attempt).message
    assert words in message
    assert "raised" not in message or ". It was called with x = [" in message


def raises(error):
    raise error


def endless_recursion(x):
    return endless_recursion(x)


CALLS = []


def counted(x):
    CALLS.append(x)
    return len(CALLS)


def legacy():
    return np.random.normal()  # noqa: NPY002, as beginners do


def test_what_an_attempt_switches_stays_switched_off_outside():
    def attempt(x, w):
        warnings.simplefilter("error")
        np.seterr(all="raise")
        return np.mean(x * w)

    filters, errors = list(warnings.filters), np.geterr()
    assert grade(WEIGHTED, attempt).passed
    assert (warnings.filters, np.geterr()) == (filters, errors)


def test_stubs_with_several_dots_are_not_started():
    pair = exercise(lambda x, y: (x.sum(), y.sum()), vectors)
    assert not grade(pair, lambda x, y: (..., ...)).started
    assert grade(pair, lambda x, y: (x.sum(), ...)).started


def test_parts_that_are_none_or_have_other_names_are_named():
    task = exercise(lambda x, y: {"a": x, "b": (y, 2.0)}, vectors)
    for attempt, words in (
        (lambda x, y: {"a": x, "c": (y, 2.0)}, "returned a dict with ['a', 'c']"),
        (lambda x, y: {"a": x, "b": None}, "['a', 'b'], 1 of them None"),
        (lambda x, y: {"a": x, "b": (y, None)}, "answer['b']: expected 2 values; your"),
        (lambda x, y: {"a": x, "b": (y, 2.0), "c": None}, "with ['a', 'b', 'c'], 1 of"),
        (lambda x, y: (x, (y, 2.0)), "returned 2 values, some of them nested"),
        (lambda x, y: {"a": {"x": x}, "b": (y, 2.0)}, "answer['a']: expected one"),
    ):
        verdict = grade(task, attempt)
        assert not verdict.passed and words in verdict.message


def test_an_exception_in_a_property_is_the_attempts():
    def at_nothing(attempt):
        return "" if attempt(np.ones(1), np.ones(1)) else "no."

    def attempt(x, w):
        print(len(x))
        return np.mean(x * w) if x[1] else 0

    task = exercise(WEIGHTED.reference, vectors, properties=(at_nothing,))
    verdict = grade(task, attempt)
    assert (
        "right on all cases, but on other inputs it raised IndexErr" in verdict.message
    )
    assert verdict.started and not verdict.passed
