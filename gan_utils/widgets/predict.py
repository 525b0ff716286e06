"""A prediction: the reader makes a guess, and meets it again beside the outcome."""

import html
from collections.abc import Sequence

from gan_utils import validate
from gan_utils.widgets.keeping import keep_pictures
from gan_utils.widgets.slider_figure import VIEW, kernel_is_running

STYLE = "border-left: 4px solid #0072b2; padding: 0.2em 0.8em; line-height: 1.5"


class Prediction:
    """A question with a few answers to choose from; made by `predict`.

    Attributes:
        question: in words.
        choices: the answers to choose from.
        guess: the reader's choice, or None so far.
    """

    def __init__(self, question: str, choices: Sequence[str]):
        self.question = str(question)
        self.choices = tuple(map(str, choices))
        self.guess: str | None = None
        self._widget = None

    def choose(self, guess: str) -> "Prediction":
        """Make a guess, as a click would."""
        self.guess = validate.one_of(guess, "guess", self.choices)
        if self._widget is not None:
            self._buttons.value = guess
        return self

    def outcome(self, answer: str, because: str = "") -> "Outcome":
        """Say what came out, beside the guess.

        Args:
            answer: one of the choices.
            because: the reason, in a sentence or two.

        Raises:
            ValueError: answer is none of the choices.
        """
        return Outcome(self, validate.one_of(answer, "answer", self.choices), because)

    @property
    def widget(self):
        """The live buttons, built on first use."""
        if self._widget is None:
            import ipywidgets

            self._buttons = ipywidgets.RadioButtons(
                options=self.choices,
                value=self.guess,
                layout={"width": "max-content", "max_width": "100%"},
            )
            self._buttons.observe(self._on_choice, "value")
            question = ipywidgets.HTML(f"<b>Predict.</b> {html.escape(self.question)}")
            self._widget = ipywidgets.VBox([question, self._buttons])
        return self._widget

    def _on_choice(self, change):
        self.guess = change["new"]

    def _repr_html_(self) -> str:
        items = "".join(f"<li>{html.escape(choice)}</li>" for choice in self.choices)
        return (
            f'<div style="{STYLE}"><b>Predict.</b> {html.escape(self.question)}'
            f"<ul>{items}</ul></div>"
        )

    def _repr_mimebundle_(self, include=None, exclude=None):
        bundle = {"text/html": self._repr_html_(), "text/plain": repr(self)}
        if kernel_is_running():
            keep_pictures()
            view = {"version_major": 2, "version_minor": 0}
            bundle[VIEW] = view | {"model_id": self.widget.model_id}
        return bundle

    def __repr__(self) -> str:
        return f"Predict. {self.question} " + " / ".join(self.choices)


class Outcome:
    """What came out, beside what was guessed; folded for a reader who did not guess."""

    def __init__(self, prediction: Prediction, answer: str, because: str):
        self.prediction, self.answer, self.because = prediction, answer, because

    @property
    def right(self) -> bool | None:
        """Tell whether the guess was right; None without one."""
        guess = self.prediction.guess
        return None if guess is None else guess == self.answer

    def __repr__(self) -> str:
        guess = self.prediction.guess
        said = "" if guess is None else f"You said: {guess}. "
        return f"{said}It was: {self.answer}. {self.because}".strip()

    def _repr_html_(self) -> str:
        answer, because = html.escape(self.answer), html.escape(self.because)
        if self.right is None:
            return (
                "<details><summary>What came out, if you have made your guess"
                f"</summary><b>{answer}.</b> {because}</details>"
            )
        mark = "You were right" if self.right else "It came out differently"
        guess = html.escape(self.prediction.guess)
        return (
            f'<div role="status" style="{STYLE}">You said <b>{guess}</b>; it was '
            f"<b>{answer}</b>. {mark}. {because}</div>"
        )


def predict(question: str, choices: Sequence[str]) -> Prediction:
    """Ask the reader for a guess before they run the next cell.

    Args:
        question: in words, answerable from what was shown so far.
        choices: two answers or more, all different.

    Returns:
        A Prediction: end the cell with it, and a later cell with its `outcome`.

    Raises:
        ValueError: fewer than two choices, or two equal ones.
    """
    choices = [str(choice) for choice in choices]
    if len(choices) < 2 or len(set(choices)) < len(choices):
        raise ValueError(
            f"choices is {choices}; expected two different answers or more."
        )
    return Prediction(question, choices)
