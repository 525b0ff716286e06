"""The gallery keeps the best generator, whole, and says how far it has come."""

import json
from pathlib import Path

import jax
import numpy as np
import pytest

from gan_utils import gallery
from gan_utils.gallery import folder, hanging, scores
from gan_utils.training import GAN
from gan_utils.training.recipes import faces32

SCORE = scores.Score("01", 1000, 0.3, 0.96, 9.0, 7, 12, "2026-11-26")


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv(folder.SWITCH, str(tmp_path / "gallery"))
    return tmp_path / "gallery"


@pytest.fixture
def scored(monkeypatch):
    """Score generators by the number that the test puts here."""
    floors = {"next": 9.0}

    def score(report, notebook, updates):
        return SCORE._replace(notebook=notebook, updates=updates, floors=floors["next"])

    monkeypatch.setattr(hanging.scores, "score", score)
    monkeypatch.setattr(hanging, "faces_report", lambda x: None)
    return floors


@pytest.fixture(scope="module")
def fresh():
    recipe = faces32()
    return recipe.gan, recipe.init(jax.random.key(7))


def test_an_empty_gallery_gives_what_the_course_ships():
    recipe, state = gallery.start(10)
    assert state.step == 0 and recipe.steps == 10
    shipped = hanging.shipped()  # G begins where its average ended
    kernels = hanging.named(state)
    assert all(np.array_equal(kernels[k], np.float32(v)) for k, v in shipped[0].items())
    assert shipped[1].notebook == "course"
    file = Path(hanging.__file__).with_name(hanging.SHIPPED)
    assert file.stat().st_size < 3_000_000


def test_what_is_kept_comes_back(fresh, scored, home):
    gan, state = fresh
    board = gallery.keep("00", gan, state)
    assert "9.0 floors" in str(board) and "9.0 floors" in board._repr_html_()
    _, again = gallery.start()
    for name, array in hanging.named(again).items():
        assert np.array_equal(array, hanging.named(state)[name]), name
    assert (home / folder.SHEET).read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("notebook", [3, "3", "course", None, "03b"])
def test_a_notebook_is_named_by_two_digits(fresh, scored, home, notebook):
    with pytest.raises(ValueError, match=r"notebook is .*two digits"):
        gallery.keep(notebook, *fresh)
    assert not home.exists()


def test_a_better_generator_stays(fresh, scored):
    gan, state = fresh
    gallery.keep("00", gan, state)
    scored["next"] = 20.0
    worse = state._replace(ema=jax.tree.map(np.zeros_like, state.ema))
    board = gallery.keep("01", gan, worse)
    assert [s.floors for s in board.scores] == [9.0, 20.0]
    assert "2.22 times as far" in board.change()
    scored["next"] = 10.0  # beside 00, where it began, not beside the line before
    change = gallery.keep("02", gan, worse).change()
    assert "of notebook 00" in change and "1.11 times as far" in change
    assert "+0 points" in change
    _, kept = gallery.start()
    assert any(np.any(leaf) for leaf in jax.tree.leaves(kept.ema))


def test_what_the_course_ships_is_not_followed_by_a_worse_one(fresh, scored, home):
    gallery.keep("03", *fresh)  # 9 floors, where the course's own has 6.4
    assert not (home / folder.BEST).exists()
    scored["next"] = 5.0
    gallery.keep("04", *fresh)
    assert (home / folder.BEST).exists()


def test_updates_add_up_over_notebooks(fresh, scored):
    gan, state = fresh
    gallery.keep("00", gan, state._replace(step=np.int32(500)))
    _, further = gallery.start()
    scored["next"] = 8.0
    board = gallery.keep("01", gan, further._replace(step=np.int32(300)))
    assert [s.updates for s in board.scores] == [500, 800]
    board = gallery.keep("00", gan, state._replace(step=np.int32(500)))  # from scratch
    assert [s.updates for s in board.scores] == [500, 800]


def test_what_the_course_ships_has_its_updates_behind_it(scored):
    recipe, state = gallery.start()
    board = gallery.keep("07", recipe.gan, state._replace(step=np.int32(10)))
    assert [s.updates for s in board.scores] == [20_010]


def test_a_notebook_run_again_has_one_line(fresh, scored):
    gan, state = fresh
    gallery.keep("03", gan, state)
    scored["next"] = 5.0
    assert len(gallery.keep("03", gan, state).scores) == 1


def test_other_networks_are_refused(scored):
    recipe = faces32(classes=3)
    with pytest.raises(ValueError, match="other networks than faces32"):
        gallery.keep("05", recipe.gan, recipe.init(jax.random.key(0)))


def test_other_losses_are_welcome(fresh, scored):
    from dataclasses import replace

    from gan_utils import losses

    gan, state = fresh
    other = replace(gan, loss=losses.relativistic, penalty=None)
    assert isinstance(other, GAN)
    assert gallery.keep("02", other, state).scores


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04" + b"x" * 50])
def test_a_damaged_file_is_named_and_left_alone(content, home, fresh, scored):
    home.mkdir()
    (home / folder.BEST).write_bytes(content)
    for call in (gallery.start, lambda: gallery.keep("00", *fresh)):
        with pytest.raises(ValueError, match=r"best\.npz is damaged"):
            call()
    assert (home / folder.BEST).read_bytes() == content


@pytest.mark.parametrize(
    "text", ["", "[]", '{"scores": 3}', '{"scores": [{"notebook": 1}]}']
)
def test_damaged_scores_are_named(text, home):
    home.mkdir()
    (home / folder.SCORES).write_text(text)
    with pytest.raises(ValueError, match=r"scores\.json is damaged"):
        gallery.scoreboard()


def test_killed_while_writing_leaves_the_old_file(fresh, scored, home, monkeypatch):
    gan, state = fresh
    gallery.keep("00", gan, state)
    before = (home / folder.BEST).read_bytes()
    scored["next"] = 1.0

    def killed(*_args, **_kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(folder.np, "savez_compressed", killed)
    with pytest.raises(KeyboardInterrupt):
        gallery.keep("01", gan, state)
    assert (home / folder.BEST).read_bytes() == before
    assert sorted(p.name for p in home.iterdir()) == [
        "best.npz",
        "best.png",
        "scores.json",
    ]


def test_an_empty_board_says_so():
    assert "drawn faces" in str(gallery.scoreboard())


def test_scores_are_plain_json(fresh, scored, home):
    gallery.keep("00", *fresh)
    assert json.loads((home / folder.SCORES).read_text())["scores"][0]["floors"] == 9.0
