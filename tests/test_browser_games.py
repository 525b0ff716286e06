"""Fields and the game "real or fake?" on a page without a kernel, against Python's.

Runs where playwright and a Chromium are; the programs come with the package.
"""

from functools import partial

import jax
import numpy as np
import pytest
from browser_pages import SMALL, WAYS, press, shot, use, watch

from gan_utils import explorers, widgets
from gan_utils.real_or_fake import ANSWERS, RealOrFake
from gan_utils.vector_fields import vector_field as engine
from gan_utils.vector_fields.portrait import STEPS, fate, last_words

pytestmark = pytest.mark.slow
FIELD, GAME = "[data-explorer=fields]", "[data-explorer=game]"
STARTS = [[1.0, 1.0], [-0.7, 0.4]]
FAR = 1e4  # beyond it a path is no longer seen
PORTRAITS = """(cases) => {
    const field = document.querySelector('[data-explorer=fields]').explorer;
    return cases.map(([starts, settings]) => {
        field.starts = starts;
        field.change(settings);
        const { values, arrays } = field.portrait();
        return [values.sentence, Object.fromEntries(Object.entries(arrays)
            .map(([name, { data, shape }]) => [name, [Array.from(data), shape]]))];
    });
}"""
PLAYED = """(chances) => {
    const game = document.querySelector('[data-explorer=game]').explorer;
    const anew = new game.constructor(game.kept);
    return chances.map((chance) => {
        if (anew.over) anew.carryOut({ do: 'restart' });
        const { games, answers } = anew;
        anew.carryOut({ do: 'answer', chance, game: games, question: answers.length });
        return anew.seen;
    });
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Write the files, and a page with a field and a game."""
    folder = tmp_path_factory.mktemp("site")
    explorers.write(folder)
    face = widgets.real_or_fake_points()
    field = explorers.field("", "<p class='still'>A picture.</p>", game="R1")
    game = explorers.game(face.kept, "", "<p class='still'>Eight stars.</p>")
    head = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Games</title>'
    head += '<meta name="viewport" content="width=device-width">'
    (folder / "games.html").write_text(f"{head}<main>{field}{game}</main>", "utf-8")
    return folder / "games.html"


@pytest.fixture(scope="module")
def opened(browser, site):
    """Open the page once, for what nobody clicks on."""
    yield from opening(browser, site)


@pytest.fixture
def page(browser, site):
    """Open the page for hands."""
    yield from opening(browser, site)


def opening(browser, site):
    """Open the page with no network; the field and the game have started."""
    context = browser.new_context(
        offline=True, has_touch=True, viewport={"width": 390, "height": 1000}
    )
    page = context.new_page()
    said = watch(page)
    page.goto(site.as_uri())
    for root in (FIELD, GAME):
        page.locator(root).scroll_into_view_if_needed()
        page.wait_for_selector(f"{root}[data-ready]")
        until(page, root, "true")
    yield page
    assert said == []
    context.close()


def until(page, root: str, condition: str) -> None:
    """Wait for a condition on what a face has last seen, which is called s."""
    seen = f"document.querySelector('{root} .gan-lab')?.lab.seen"
    page.wait_for_function(f"(s => s && ({condition}))({seen})")


def button(page, words: str):
    return page.get_by_role("button", name=words)


def updated(field: engine.VectorField, path) -> np.ndarray:
    """Move every point of a path (n, 2) once, by JAX."""
    game = engine.rule(field.game, field.strength)
    move = partial(engine.STEPPERS[field.stepper], game, step_size=field.step_size)
    return np.asarray(jax.jit(jax.vmap(move))(np.asarray(path, "float32")))


@pytest.mark.parametrize("game", engine.GAMES)
def test_a_game_draws_in_the_page_what_jax_draws(opened, game):
    """A path of 500 updates ends elsewhere by rounding alone, where the game stretches
    or never rests; so each update is compared, from the page's own point."""
    strengths = [{"strength": 2.5}] if engine.constant(game) else []
    cases = [
        (STARTS, {"game": game, "stepper": way, "step_size": h} | more)
        for way in engine.STEPPERS
        for h in (0.2, 1.4)
        for more in ({}, *strengths)
    ]
    seen = opened.evaluate(PORTRAITS, [*cases, ([], cases[-1][1])])
    assert "Nothing is launched." in seen.pop()[0]
    for (starts, settings), (words, arrays) in zip(cases, seen, strict=True):
        found = {k: np.array(v[0], float).reshape(v[1]) for k, v in arrays.items()}
        wanted = (field := engine.VectorField(starts=starts, **settings)).portrait()
        said = f"{fate(wanted.values)} {last_words(found['paths'])}"
        assert words == f"{wanted.title}. {said}"
        for name in ("arrows", "values"):
            np.testing.assert_allclose(
                found[name], getattr(wanted, name), rtol=1e-5, atol=1e-5
            )
        for path, right in zip(found["paths"], wanted.paths, strict=True):
            np.testing.assert_allclose(path[:6], right[:6], rtol=1e-5, atol=1e-5)
            path = path[: np.argmax([*(np.abs(path).max(axis=1) >= FAR), True])]
            gap = np.abs(updated(field, path[:-1]) - path[1:]).max(axis=1)
            assert (gap <= 1e-5 * np.hypot(1, np.linalg.norm(path[1:], axis=1))).all()


def test_the_game_deals_scores_and_speaks_as_the_engine_does(opened):
    face = widgets.real_or_fake_points()
    rng = np.random.default_rng(0)
    chances = rng.choice(list(ANSWERS.values()), 35).tolist()
    for chance, seen in zip(chances, opened.evaluate(PLAYED, chances), strict=True):
        if face.game.over:
            face.game.restart()
        at = {"game": face.game.games, "question": len(face.game.answers)}
        said = {"commands": [{"do": "answer", "chance": chance} | at]}
        wanted = face.answers.answer(said)[0]["seen"]
        for name in ("sentence", "alt", "over", "game", "done"):
            assert seen[name] == wanted[name]
        assert [row[0] for row in seen["scores"]] == ["you", "the best D"]
        for row, right in zip(seen["scores"], wanted["scores"], strict=True):
            assert row[1:] == pytest.approx(right[1:], rel=1e-12)
        for name, right in wanted["calibration"].items():
            found = seen["calibration"][name]
            assert found == {k: pytest.approx(v, rel=1e-12) for k, v in right.items()}


@WAYS
def test_a_second_round_has_the_key_that_the_seed_deals(page, way):
    rule = RealOrFake(widgets.real_or_fake_points().game.is_real, {})
    for number in (1, 2):
        points = 0
        for done, sample in enumerate(rule.order, start=1):
            words = "surely real" if done % 2 else "probably fake"
            use(page, button(page, words), way)
            until(page, GAME, f"s.game === {number} && s.done === {done}")
            real = bool(rule.is_real[sample])
            points += real == bool(done % 2)
            told = page.locator(f"{GAME} .gl-sentence").inner_text()
            assert told.startswith(f"It was {'real' if real else 'fake'}:")
            assert f"of {done}: you {points}, the best D" in told
        assert button(page, "surely real").is_disabled()
        use(page, button(page, "New game"), way)
        until(page, GAME, f"s.game === {number + 1} && s.done === 0")
        rule.restart()


@WAYS
def test_a_launch_by_hand_starts_where_it_was_aimed(page, way):
    plane = page.locator(f"{FIELD} .gl-tap")
    box = plane.bounding_box()
    if way == "key":
        for key in ("ArrowRight", "ArrowRight", "ArrowDown", "Space"):
            press(page, plane, key)
        wanted = (0.7, 0.4)
    else:
        at = {"x": box["width"] * 0.3, "y": box["height"] * 0.25}
        plane.click(position=at) if way == "mouse" else plane.tap(position=at)
        wanted = (-1.0, 1.25)
    until(page, FIELD, "s.paths.shape[0] === 2")
    starts = page.evaluate(f"document.querySelector('{FIELD}').explorer.starts")
    assert np.allclose(starts, [(1.0, 1.0), wanted], atol=0.03)
    words = page.locator(f"{FIELD} .gl-sentence")
    field = engine.VectorField("R1", starts=[starts[1]])
    ending = field.portrait().sentence.split("): ")[1]
    assert words.inner_text().endswith(f"): {ending}")
    page.get_by_label("Game", exact=True).select_option("GAN")
    until(page, FIELD, "s.settings.game === 'GAN'")
    press(page, page.get_by_label("Step size h"), "End")
    until(page, FIELD, "s.settings.step_size === 2.2")
    assert "h = 2.2" in words.inner_text() and page.get_by_text("Strength").is_hidden()
    use(page, button(page, "Clear"), way)
    until(page, FIELD, "s.paths.shape[0] === 0")


def test_the_game_follows_the_theme_and_keeps_its_numbered_picture(page):
    picture = page.locator(f"{GAME} .gl-picture")
    light = picture.get_attribute("src")
    assert "data points, 150 fakes" in picture.get_attribute("alt")
    page.evaluate("document.body.style.background = '#111'")
    page.wait_for_function(
        "before => document.querySelector('.gl-picture').src !== before", arg=light
    )
    corner = """async (image) => {
        await image.decode();
        const canvas = document.createElement('canvas').getContext('2d');
        canvas.drawImage(image, 0, 0);
        return canvas.getImageData(4, 4, 1, 1).data[0];
    }"""
    assert picture.evaluate(corner) < 60
    assert page.get_by_text("Eight stars.").is_hidden()
    page.get_by_text("The numbered picture").click()
    assert page.get_by_text("Eight stars.").is_visible()
    assert not page.get_by_text("A picture.").count()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_everything_fits_and_can_be_hit(page, theme):
    page.emulate_media(color_scheme=theme)
    for width in (320, 390, 1400):
        page.set_viewport_size({"width": width, "height": 1000})
        page.wait_for_timeout(150)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(SMALL) == []
    shot(page, f"field-in-page-{theme}")


def test_many_moves_of_a_slider_are_one_answer(page):
    page.evaluate(
        """(root) => {
            const lab = document.querySelector(root + ' .gan-lab').lab;
            const { input } = lab.controls.step_size;
            for (let k = 0; k < 500; k++) {
                input.value = 1 + k % 100;
                input.dispatchEvent(new Event('input'));
            }
        }""",
        FIELD,
    )
    until(page, FIELD, "s.settings.step_size === 2.02")
    assert page.evaluate(f"document.querySelector('{FIELD} .gan-lab').lab.shown") == (
        STEPS
    )
