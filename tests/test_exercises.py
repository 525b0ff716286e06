"""Every exercise of the course: its stub, its solution, its reference, its mistakes."""

import ast
import json
from pathlib import Path

import jax
import pytest

from gan_utils import exercises

NOTEBOOKS = Path(__file__).parent.parent / "notebooks"
ALL = list(exercises.registry().values())
NAMED = pytest.mark.parametrize("exercise", ALL, ids=lambda exercise: exercise.name)


pytestmark = pytest.mark.usefixtures("settings_of_a_learner")


def cells(exercise, tag: str) -> list[str]:
    """Return the tagged cells of the exercise's notebook that check it."""
    paths = sorted(NOTEBOOKS.glob(f"{exercise.notebook}*_*.ipynb"))
    assert paths, f"there is no notebook {exercise.notebook}"
    texts = [path.read_text(encoding="utf-8") for path in paths]  # side rooms too
    found = [cell for text in texts for cell in json.loads(text)["cells"]]
    return [
        "".join(cell["source"])
        for cell in found
        if tag in cell["metadata"].get("tags", [])
        and f'check("{exercise.name}"' in "".join(cell["source"])
    ]


def stub_of(exercise):
    """Return the function (or class) that the notebook's stub cell passes to check."""
    (source,) = cells(exercise, "exercise")
    tree = ast.parse(source)
    (call,) = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("check")
    ]
    keep = ast.FunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom
    tree.body = [node for node in tree.body if isinstance(node, keep)]
    for node in ast.walk(tree):  # annotations need names of other cells
        if isinstance(node, ast.FunctionDef):
            node.returns = None
            for argument in node.args.args:
                argument.annotation = None
    space = {}
    exec(compile(tree, "<stub>", "exec"), space)
    return space[ast.unparse(call.args[1])]


def test_there_are_exercises():
    assert ALL


@NAMED
def test_the_reference_passes(exercise):
    verdict = exercises.check(exercise.name, exercise.reference)
    assert verdict.passed, verdict


@NAMED
def test_each_mistake_is_named_in_its_own_words(exercise):
    assert len(exercise.mistakes) >= 3
    assert len({mistake.message for mistake in exercise.mistakes}) >= 3
    for mistake in exercise.mistakes:
        verdict = exercises.check(exercise.name, mistake.wrong)
        assert not verdict.passed and verdict.started
        assert verdict.mistake == mistake.message, verdict


@NAMED
def test_the_empty_stub_lets_the_notebook_run_on(exercise):
    verdict = exercises.check(exercise.name, stub_of(exercise))
    assert not verdict.started, verdict


@NAMED
def test_the_notebook_has_a_folded_solution_that_it_checks(exercise):
    sources = cells(exercise, "solution")
    assert len(sources) == 1, f"notebook {exercise.notebook} has {len(sources)}"
    assert sources[0].startswith("# @title Solution"), sources[0][:40]
    wanted = f'assert exercises.check("{exercise.name}", solution_{exercise.name})'
    assert wanted in sources[0], f"the solution cell lacks: {wanted}.passed"


@NAMED
def test_there_are_several_cases_and_they_repeat(exercise):
    first, second = exercise.draw_cases(), exercise.draw_cases()
    assert len(first) == len(second) >= 2
    assert 1 <= exercise.difficulty <= 5 and exercise.minutes > 0


NEVER_NEGATIVE = {
    *("share_within", "ratio_from_classifier", "w1_by_sorting", "discriminator_loss"),
    *("optimal_discriminator", "jacobian_density", "padding_for", "bce_with_logits"),
    *("gradient_penalty", "read_ratio", "inception_score", "mode_kl", "copied_share"),
    *("precision_recall", "alternating_growth", "largest_step", "augmented_losses"),
}


def changed(change):
    return lambda answer: jax.tree.map(change, answer)


UNLIKE = {  # what an attempt makes of the right answer
    "wrong sign": changed(lambda x: -x),
    "a dictionary": lambda answer: {"answer": answer},
    "a comma too many": lambda answer: (answer,),
    "None besides": lambda answer: (answer, None),
    "a string": str,
    "strings": changed(str),
    "nothing": changed(lambda x: None),
    "a function": lambda answer: lambda *args: answer,
    "an exception": lambda answer: {}["key"],
    "an end": lambda answer: exit(),
}


@NAMED
def test_an_answer_in_another_form_is_refused_in_words(exercise):
    for name, change in UNLIKE.items():

        def attempt(*args, change=change):
            return change(exercise.reference(*args))

        verdict = exercises.grade(exercise, attempt)
        assert verdict.started and not verdict.passed, name
        assert len(verdict.message) < 700 and "0x" not in verdict.message, name


@NAMED
def test_an_answer_without_its_sign_is_refused(exercise):
    def attempt(*args):
        return jax.tree.map(abs, exercise.reference(*args))

    passed = exercises.grade(exercise, attempt).passed
    assert passed == (exercise.name in NEVER_NEGATIVE)
