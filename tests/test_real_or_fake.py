"""The game "real or fake?": its rules, its costs, its words, its answers."""

import base64
import json
import zlib

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from gan_utils import data, plots, widgets
from gan_utils.real_or_fake import ANSWERS, RealOrFake
from gan_utils.widgets import face as faces
from gan_utils.widgets import kept_game
from gan_utils.widgets.binary import unpack
from gan_utils.widgets.slider_figure import VIEW

TRUTH = np.array([True, False, True, False, True, False])


def ask(rows):
    """Draw a question that names its samples."""
    figure, _ = plots.figure(size=(2, 2))
    return plots.describe(figure, f"Samples {list(map(int, rows))}.")


def game(rounds=4):
    chances = {"oracle": np.where(TRUTH, 0.9, 0.1), "contrary": (~TRUTH).astype(float)}
    return RealOrFake(TRUTH, chances, rounds)


def test_a_perfect_reader_ties_with_the_oracle():
    play = game()
    while not play.over:
        play.answer(TRUTH[play.order[len(play.answers)]])
    points = {name: n for name, (n, _) in play.scores().items()}
    assert points == {"you": 4, "oracle": 4, "contrary": 0}
    assert "you were right" in play.sentence and "The game is over" in play.sentence


def test_the_cost_is_the_cross_entropy():
    play = game()
    said = [0.95, 0.25, 0.5, 0.75]
    for chance in said:
        play.answer(chance)
    was = TRUTH[play.order]
    wanted = -np.log(np.where(was, said, 1 - np.array(said))).mean()
    points, cost = play.scores()["you"]
    assert np.isclose(cost, wanted)
    right = [
        0.5 if p == 0.5 else float((p > 0.5) == w)
        for p, w in zip(said, was, strict=True)
    ]
    assert points == sum(right)
    assert np.isclose(play.scores()["oracle"][1], -np.log(0.9))
    assert play.scores()["contrary"][1] > 10  # sure and wrong: dear, but finite


def test_calibration_bins_what_was_said_and_keeps_earlier_games():
    play = game(rounds=6)
    for _ in range(2):
        while not play.over:
            play.answer(0.75 if TRUTH[play.order[len(play.answers)]] else 0.05)
        play.restart()
    found = play.calibration()
    assert np.allclose(found["you"].said, [0.05, 0.75])
    assert np.allclose(found["you"].was, [0, 1])
    assert found["you"].count.tolist() == [6, 6]
    assert np.allclose(found["oracle"].said, [0.1, 0.9])
    assert np.allclose(found["contrary"].was, [1, 0])


def test_each_answer_has_a_bin_of_its_own():
    play = RealOrFake(np.ones(5, bool), {}, rounds=5)
    for chance in ANSWERS.values():
        play.answer(chance)
    assert play.calibration()["you"].count.tolist() == [1] * 5
    assert np.allclose(play.calibration()["you"].said, list(ANSWERS.values()))


def test_the_sentence_tells_question_truth_and_points():
    play = game()
    assert play.sentence == "Question 1 of 4: real or fake?"
    was_real = bool(TRUTH[play.order[0]])
    play.answer(not was_real)
    word = "real" if was_real else "fake"
    assert play.sentence.startswith(f"It was {word}: you were wrong.")
    assert "of 1: you 0, oracle 1, contrary 0." in play.sentence
    play.answer(0.5)
    assert "you were undecided" in play.sentence and "you 0.5" in play.sentence


def test_no_answer_after_the_end_and_a_restart_deals_anew():
    play = game()
    for _ in range(4):
        play.answer(True)
    with pytest.raises(ValueError, match="the game is over"):
        play.answer(True)
    play.restart()
    assert play.answers == [] and len(set(play.order.tolist())) == 4
    with pytest.raises(ValueError, match="chance is nan"):
        play.answer(float("nan"))


def test_the_answers_carry_words_numbers_and_a_picture():
    face = widgets.RealOrFakeFace(ask, game())
    first = {"do": "answer", "game": 1, "question": 0}
    commands = [first | {"chance": 0.95}, first | {"chance": 7, "question": 1}]
    question = {"view": "v", "id": 3, "commands": commands}
    message, (picture,) = face.answers.answer(question)
    json.dumps(message, allow_nan=False)
    assert (message["view"], message["id"]) == ("v", 3)
    assert message["note"].startswith("chance is 7")
    assert message["seen"]["done"] == 1 and not message["seen"]["over"]
    assert message["seen"]["scores"][0][0] == "you"
    assert picture.startswith(b"\x89PNG") and "Question 2" in message["seen"]["alt"]
    message, _ = face.answers.answer({"commands": [first | {"chance": 0.05}]})
    assert "answered already" in message["note"] and face.game.answers == [0.95]
    message, _ = face.answers.answer({"commands": [{"do": "restart"}]})
    assert message["seen"]["done"] == 0
    assert message["seen"]["calibration"]["you"]["count"] == [1]


def test_the_still_picture_is_a_sheet_and_the_key_fits_it(monkeypatch):
    face = widgets.RealOrFakeFace(ask, game())
    bundle, metadata = face._repr_mimebundle_()
    assert VIEW not in bundle
    words = metadata["image/png"]["alt"]
    shown = [int(i) for i in words.removeprefix("Samples [")[:-2].split(",")]
    assert sorted(shown) == list(range(6))
    assert face.key() == ["real" if TRUTH[i] else "fake" for i in shown]
    for _ in range(4):
        face.game.answer(0.5)
    face.game.restart()
    assert face.figure().alt == words  # the key still fits
    pytest.importorskip("anywidget")
    monkeypatch.setattr(faces, "kernel_is_running", lambda: True)
    assert VIEW in face._repr_mimebundle_()[0]


def test_two_games_with_two_seeds_have_two_keys():
    digits = np.zeros((100, 1, 1, 1), "float32")
    digits[0] = -1  # as images in [-1, 1] have values below 0
    keys, sheets = [], []
    for seed in range(60):
        face = widgets.real_or_fake_images(digits, digits, {}, seed=seed)
        keys.append(tuple(face.key()))
        sheets.append(tuple(face._shown))
        first = list(face.game.order[:8])
        assert list(face._shown) != first  # the picture's key gives no game away
    assert len(set(sheets)) == 60
    assert max(map(keys.count, keys)) <= 6  # of 256 possible keys
    assert keys[0] not in keys[1:4]


def test_points_know_the_best_critic_and_extra_players():
    face = widgets.real_or_fake_points(critics={"sure": lambda x: np.full(len(x), 9.0)})
    assert (face.game.chances["sure"] > 0.99).all()
    best = ((face.game.chances["the best D"] > 0.5) == face.game.is_real).mean()
    assert 0.6 < best < 0.8
    assert "nearest" in face.figure().alt and "8 at" in face.figure().alt
    said = face.said("the best D")
    assert said == list(face.game.chances["the best D"][face._shown])
    assert len(said) == 8 and min(face.said("sure")) > 0.99
    with pytest.raises(ValueError, match="player is str 'nobody'; expected"):
        face.said("nobody")
    _, cost = RealOrFake(face.game.is_real, face.game.chances, 200).scores()["you"]
    assert np.isnan(cost)  # nothing was answered


def test_the_best_critic_is_calibrated():
    game = widgets.real_or_fake_points().game
    key = jax.random.key(7)
    p, q = data.moons(std=0.25), data.gaussian((0.0, 0.0), (1.0, 0.8))
    x = jnp.concatenate([p.sample(key, 20_000), q.sample(key, 20_000)])
    chances = {}
    for scale in (1.0, 1.5):
        chances[f"{scale}"] = jax.nn.sigmoid(scale * (p.log_prob(x) - q.log_prob(x)))
    many = RealOrFake(np.arange(40_000) < 20_000, chances).calibration()
    for name, fits in (("1.0", True), ("1.5", False)):
        found = many[name]
        error = np.sqrt(found.said * (1 - found.said) / found.count)
        assert (np.abs(found.was - found.said) < 4 * error).all() == fits
    assert game.chances["the best D"].shape == (200,)


def test_images_are_numbered_on_the_sheet():
    real, fake = np.full((5, 8, 8, 1), 0.5), np.full((5, 8, 8, 1), -0.5)
    face = widgets.real_or_fake_images(
        real, fake, {"bright": lambda x: x.mean((1, 2, 3))}
    )
    assert ((face.game.chances["bright"] > 0.5) == face.game.is_real).all()
    assert "1 (mean pixel" in face.figure().alt and "Question 1" in face.question().alt


def test_what_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="one a sample"):
        RealOrFake(TRUTH, {"short": TRUTH[:2]}, 2)
    with pytest.raises(ValueError, match="Logits"):
        RealOrFake(TRUTH, {"d": np.linspace(-3, 3, 6)}, 2)
    with pytest.raises(ValueError, match="named 'you'"):
        RealOrFake(TRUTH, {"you": TRUTH}, 2)
    with pytest.raises(ValueError, match="rounds is 9"):
        RealOrFake(TRUTH, {}, 9)
    images = np.zeros((4, 8, 8, 1))
    with pytest.raises(ValueError, match="same shape"):
        widgets.real_or_fake_images(images, images[:2], {})


def opened(face) -> dict:
    """Read what a page gets of a game."""
    data, _ = face._repr_mimebundle_()
    return unpack(zlib.decompress(base64.b64decode(data[kept_game.KIND])))


def test_a_notebook_keeps_the_game_with_its_key_its_players_and_its_deals():
    face = widgets.real_or_fake_points(rounds=5, seed=3)
    face.game.restart()
    kept = opened(face)  # whatever was played before
    assert kept["players"] == ["the best D"] and kept["deals"].shape == (50, 5)
    assert kept["is_real"].tolist() == face.game.is_real.tolist()
    said = kept["chances"][0].astype(float)
    np.testing.assert_allclose(said, face.game.chances["the best D"], rtol=1e-6)
    rule = RealOrFake(face.game.is_real, {}, rounds=5, seed=3)
    for dealt in kept["deals"]:
        assert dealt.tolist() == rule.order.tolist()
        rule.restart()
    assert face.question().alt.endswith(kept["words"][face.game.order[0]])
    assert kept["asked"].shape == (200, 2) and kept["known_fake"].shape == (150, 2)


def test_images_are_kept_as_bytes_and_a_game_of_ones_own_as_its_picture():
    rng = np.random.default_rng(0)
    real, fake = rng.uniform(-1, 1, (2, 6, 8, 8, 1)).astype("float32")
    face = widgets.real_or_fake_images(real, fake, {})
    kept = opened(face)
    wanted = (np.concatenate([real, fake]) + 1) / 2
    assert np.abs(kept["pictures"] - wanted).max() <= 0.5 / 255 + 1e-6
    assert face.question().alt.endswith(kept["words"][face.game.order[0]])
    own = widgets.RealOrFakeFace(ask, game())._repr_mimebundle_()[0]
    assert kept_game.KIND not in own
