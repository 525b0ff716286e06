"""A prediction takes a guess and meets the outcome, with a kernel and without one."""

import pytest

from gan_utils import widgets


@pytest.fixture
def guess():
    return widgets.predict("How many <modes>?", ["eight", "some", "one"])


def test_without_a_kernel_it_is_a_list(guess):
    bundle = guess._repr_mimebundle_()
    assert set(bundle) == {"text/html", "text/plain"}
    assert bundle["text/html"].count("<li>") == 3
    assert "&lt;modes&gt;" in bundle["text/html"]


def test_without_a_guess_the_outcome_is_folded(guess):
    outcome = guess.outcome("eight", "because it is so")
    assert outcome.right is None
    assert outcome._repr_html_().startswith("<details>")
    assert "because it is so" in outcome._repr_html_()


@pytest.mark.parametrize("said, right", [("eight", True), ("one", False)])
def test_a_guess_stands_beside_the_outcome(guess, said, right):
    outcome = guess.choose(said).outcome("eight")
    assert outcome.right is right
    text = outcome._repr_html_()
    assert f"<b>{said}</b>" in text and "<details>" not in text
    assert repr(outcome).startswith(f"You said: {said}. It was: eight.")


def test_a_click_is_a_guess(guess):
    pytest.importorskip("ipywidgets")
    buttons = guess.widget.children[1]
    buttons.value = "some"
    assert guess.guess == "some"
    guess.choose("one")
    assert buttons.value == "one"


@pytest.mark.parametrize("choices", [[], ["one"], ["a", "a"]])
def test_a_question_without_a_choice_is_refused(choices):
    with pytest.raises(ValueError, match="two different answers"):
        widgets.predict("Which?", choices)


def test_an_answer_that_nobody_could_give_is_refused(guess):
    with pytest.raises(ValueError, match="answer is str 'nine'"):
        guess.outcome("nine")
    with pytest.raises(ValueError, match="guess is str 'nine'"):
        guess.choose("nine")
