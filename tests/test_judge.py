"""The game "real or fake?": its rules, its buttons, its words."""

import numpy as np
import pytest

from gan_utils import plots, widgets
from gan_utils.widgets.explorer import VIEW


def ask(rows):
    """Draw a question that names its samples."""
    figure, _ = plots.figure(size=(2, 2))
    return plots.describe(figure, f"Samples {list(map(int, rows))}.")


TRUTH = np.array([True, False, True, False, True, False])


def game(rounds=4):
    oracle, contrary = TRUTH.copy(), ~TRUTH
    return widgets.Judge(ask, TRUTH, {"oracle": oracle, "contrary": contrary}, rounds)


def test_a_perfect_reader_ties_with_the_oracle():
    play = game()
    while not play.over:
        play.answer(TRUTH[play.order[len(play.answers)]])
    assert play.scores() == {"you": 4, "oracle": 4, "contrary": 0}
    assert "you were right" in play.sentence and "The game is over" in play.sentence


def test_the_sentence_tells_question_truth_and_scores():
    play = game()
    assert play.sentence == "Question 1 of 4: real or fake?"
    was_real = bool(TRUTH[play.order[0]])
    play.answer(not was_real)
    word = "real" if was_real else "fake"
    assert play.sentence.startswith(f"It was {word}: you were wrong.")
    assert "of 1: you 0, oracle 1, contrary 0." in play.sentence


def test_no_answer_after_the_end_and_a_restart_deals_anew():
    play = game()
    for _ in range(4):
        play.answer(True)
    with pytest.raises(ValueError, match="the game is over"):
        play.answer(True)
    assert play.restart().answers == [] and len(set(play.order.tolist())) == 4


def test_the_buttons_play_the_game():
    play = game()
    buttons, sentence, image = play.widget.children
    real, fake, again = buttons.children
    assert [b.description for b in buttons.children] == ["Real", "Fake", "New game"]
    for button in (real, fake, real, fake):
        assert not button.disabled
        button.click()
    assert play.answers == [True, False, True, False]
    assert real.disabled and fake.disabled and not again.disabled
    assert (
        "The game is over" in sentence.value and 'aria-live="polite"' in sentence.value
    )
    assert bytes(image.value).startswith(b"\x89PNG")
    again.click()
    assert play.answers == [] and not real.disabled
    assert "Question 1 of 4" in sentence.value


def test_the_still_picture_is_a_sheet_and_the_key_fits_it(monkeypatch):
    play = game()
    bundle, metadata = play._repr_mimebundle_()
    assert VIEW not in bundle
    assert metadata["image/png"]["alt"] == f"Samples {play.order.tolist()}."
    assert play.key() == ["real" if TRUTH[i] else "fake" for i in play.order]
    monkeypatch.setattr("gan_utils.widgets.judge._kernel_is_running", lambda: True)
    assert VIEW in play._repr_mimebundle_()[0]


def test_points_know_the_best_critic_and_extra_players():
    play = widgets.judge_points(critics={"always real": lambda x: np.ones(len(x))})
    assert play.verdicts["always real"].all()
    best = (play.verdicts["the best D"] == play.is_real).mean()
    assert 0.6 < best < 0.8
    assert "nearest" in play.sheet().alt and "8 at" in play.sheet().alt


def test_images_are_numbered_on_the_sheet():
    real, fake = np.full((5, 8, 8, 1), 0.5), np.full((5, 8, 8, 1), -0.5)
    play = widgets.judge_images(real, fake, {"bright": lambda x: x.mean((1, 2, 3))})
    assert (play.verdicts["bright"] == play.is_real).all()
    assert "1 (mean pixel" in play.sheet().alt and "Question 1" in play.figure().alt


def test_what_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="one a sample"):
        widgets.Judge(ask, TRUTH, {"short": TRUTH[:2]}, 2)
    with pytest.raises(ValueError, match="rounds is 9"):
        widgets.Judge(ask, TRUTH, {}, 9)
    images = np.zeros((4, 8, 8, 1))
    with pytest.raises(ValueError, match="same shape"):
        widgets.judge_images(images, images[:2], {})
