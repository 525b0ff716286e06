"""The explorers in a real browser, opened from a file, without a network.

Runs where playwright and a Chromium are; the programs come with the package.
"""

import json

import jax
import jax.numpy as jnp
import numpy as np
import pytest

pytest.importorskip("playwright", reason="needs playwright")
from benchmarks.browser import CHROMIUM
from gan_utils import explorers, page
from gan_utils.explorers import face_generator, make_wishes, wishes
from gan_utils.explorers.digits import digits_generator, images
from gan_utils.explorers.face_sliders import face_sliders
from gan_utils.explorers.site import PROGRAMS

if CHROMIUM is None:
    pytest.skip("needs chromium on the path", allow_module_level=True)
pytestmark = pytest.mark.slow
READY = "[data-explorer={}][data-ready]"
TILES = """() => Array.from(
    document.querySelector('[data-explorer=morph]').explorer.picture.data.data)"""
FACES, MORPH, DIGITS = (
    f"[data-explorer={name}]" for name in ("faces", "morph", "digits")
)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Write the explorers' files and the page that shows them all."""
    folder = tmp_path_factory.mktemp("site")
    explorers.write(folder)
    (folder / "index.html").write_text(explorers.page(), "utf-8")
    return folder


@pytest.fixture(scope="module")
def opened(browser, site):
    """Open the page with no network; every explorer has started."""
    context = browser.new_context(
        offline=True, has_touch=True, reduced_motion="reduce", color_scheme="dark"
    )
    tab = context.new_page()
    tab.said = []
    tab.on("pageerror", lambda error: tab.said.append(str(error)))
    tab.on("console", lambda m: tab.said.append(m.text))
    tab.goto((site / "index.html").as_uri())
    for name in explorers.NAMES:
        tab.locator(f"[data-explorer={name}]").scroll_into_view_if_needed()
        tab.wait_for_selector(READY.format(name), timeout=60_000)
    yield tab
    context.close()


def leaf(tab, root: str, name: str) -> np.ndarray:
    """Read an array of the program behind an explorer."""
    return np.array(
        tab.evaluate(
            "([root, name]) => Array.from("
            "document.querySelector(root).explorer.program.leaf(name))",
            [root, name],
        )
    )


def drawn(z, amounts=None) -> np.ndarray:
    """Draw faces by JAX as bytes."""
    network, variables = (g := face_generator.faces_generator()).network, g.variables
    code = face_generator.codes(network, variables, jnp.asarray(z, "float32"))
    if amounts is not None:
        code = code + jnp.asarray(amounts, "float32") @ face_sliders().directions
    x = face_generator.images(network, variables, code)
    return np.asarray(face_generator.dots(x)).astype(int)


@pytest.mark.parametrize("seed", [7, 0, 99_999])
def test_a_number_is_the_same_face_in_the_page_and_in_jax(opened, seed):
    opened.locator(f"{FACES} input[type=number]").fill(str(seed))
    opened.keyboard.press("Enter")
    z = leaf(opened, FACES, "z")
    wanted = np.asarray(face_generator.latents(seed, 1))
    np.testing.assert_allclose(z, wanted.ravel(), atol=2e-6)
    dots = leaf(opened, FACES, "dots").reshape(1, 32, 32, 4)
    assert np.abs(dots - drawn(wanted)).max() <= 1


def test_32_faces_are_the_same_in_the_page_and_in_jax(opened):
    opened.evaluate(
        "document.querySelector('[data-explorer=faces]').explorer.others(5)"
    )
    dots = leaf(opened, FACES, "crowd_dots").reshape(32, 32, 32, 4)
    assert np.abs(dots - drawn(face_generator.latents(5, 32))).max() <= 1


@pytest.mark.parametrize("k", [0, -1])
def test_a_slider_moves_the_face_as_in_jax_by_keyboard(opened, k):
    box = opened.locator(f"{FACES} input[type=number]")
    box.fill("11")
    box.press("Enter")
    sliders = opened.locator(f"{FACES} .gx-slider input")
    assert sliders.count() == len(face_sliders().shown)
    one = sliders.nth(k if k >= 0 else sliders.count() - 1)
    one.press("End")
    amounts = np.zeros((1, sliders.count()))
    amounts[0, k] = face_sliders().shown[k]["reach"]
    dots = leaf(opened, FACES, "dots").reshape(1, 32, 32, 4)
    wanted = drawn(face_generator.latents(11, 1), amounts)
    assert np.abs(dots - wanted).max() <= 1
    assert "100 % towards" in one.get_attribute("aria-valuetext")
    opened.get_by_role("button", name="As it was").click()
    back = leaf(opened, FACES, "dots").reshape(1, 32, 32, 4)
    assert np.abs(back - drawn(face_generator.latents(11, 1))).max() <= 1
    assert np.abs(back - dots).max() > 50


def test_a_wish_goes_the_way_that_jax_goes_and_is_granted(opened):
    explorer = opened.locator(FACES)
    box = explorer.locator("input[type=number]")
    box.fill("262")
    box.press("Enter")
    z = face_generator.latents(262, 1)
    said = leaf(opened, FACES, "said")
    eye = make_wishes.eye()
    np.testing.assert_allclose(said, eye.chances(z, make_wishes.NO_SHIFT), atol=2e-3)
    menu = explorer.locator(".gx-wish", has_text="eyes").locator("select")
    assert menu.input_value() == "0"  # open
    menu.select_option(label="closed")
    assert "the judge sees it" in explorer.locator(".gx-words").inner_text()
    assert menu.input_value() == "2"
    goal = jnp.asarray(leaf(opened, FACES, "goal"), "float32")
    path = wishes.begin(z)
    step = jax.jit(lambda path: eye.step(path, jnp.asarray(make_wishes.NO_SHIFT), goal))
    for _ in range(5):
        path = step(path)
    in_page = opened.evaluate(
        """([root, z]) => {
        const program = document.querySelector(root).explorer.program;
        program.leaf('z').set(z);
        program.run('wish');
        for (let i = 0; i < 5; i++) program.run('step');
        return Array.from(program.leaf('z'));
    }""",
        [FACES, np.asarray(z)[0].tolist()],
    )
    np.testing.assert_allclose(in_page, np.asarray(path.z)[0], atol=0.02)


def test_a_walk_starts_at_one_face_and_ends_at_the_other(opened):
    place = opened.locator(FACES).get_by_label("Place on the way")
    ends = [np.asarray(face_generator.latents(seed, 1))[0] for seed in (262, 452)]
    for key, end in zip(("End", "Home"), reversed(ends), strict=True):
        place.press(key)
        np.testing.assert_allclose(leaf(opened, FACES, "z"), end, atol=1e-5)
    for _ in range(5):
        place.press("PageUp")
    length = np.linalg.norm(leaf(opened, FACES, "z"))
    lengths = [np.linalg.norm(end) for end in ends]
    assert min(lengths) - 1 < length < max(lengths) + 1  # not through the middle


def test_the_page_says_how_well_sliders_and_wishes_work(opened):
    explorer = opened.locator(FACES)
    explorer.get_by_text("How well does it work?").click()
    rows = explorer.locator(".gx-how tr").all_inner_texts()
    assert len(rows) == 2 + len(face_sliders().tried) + len(wishes.offers())
    (glasses,) = (o for o in wishes.offers() if o[:2] == ("glasses", "round"))
    asked = f"glasses round\t{100 * glasses.granted:.0f}\t{glasses.along:.1f}\tyes"
    assert asked in rows


def test_a_face_of_the_crowd_is_taken_by_keyboard_and_by_touch(opened):
    crowd = opened.locator(f"{FACES} .gx-face")
    crowd.nth(0).focus()
    for key in ("ArrowRight", "ArrowDown", "Enter"):
        opened.keyboard.press(key)
    many = leaf(opened, FACES, "crowd_dots").reshape(32, -1)
    assert np.abs(leaf(opened, FACES, "dots") - many[9]).max() <= 1
    crowd.nth(4).tap()
    assert np.abs(leaf(opened, FACES, "dots") - many[4]).max() <= 1
    assert crowd.evaluate_all("all => all.filter(n => n.tabIndex === 0).length") == 1


def test_faces_morph_under_the_hand_and_by_arrow_keys(opened):
    canvas = opened.locator(f"{MORPH} canvas")
    canvas.scroll_into_view_if_needed()
    before = leaf(opened, MORPH, "crowd_dots")
    box = canvas.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    opened.mouse.move(x, y)
    opened.mouse.down()
    opened.mouse.move(x + 60, y + 30, steps=5)
    opened.mouse.up()
    dragged = leaf(opened, MORPH, "crowd_dots")
    assert np.abs(dragged - before).mean() > 3  # walls are plain and stay
    canvas.press("ArrowLeft")
    after = leaf(opened, MORPH, "crowd_dots")
    assert np.abs(after - dragged).max() > 5
    z = leaf(opened, MORPH, "crowd").reshape(32, -1)[:16]
    found = after.reshape(32, 32, 32, 4)[:16]
    assert np.abs(found - drawn(z)).max() <= 1
    shown = opened.evaluate(TILES)
    wall = found.reshape(4, 4, 32, 32, 4).transpose(0, 2, 1, 3, 4)
    assert np.array_equal(
        np.array(shown).reshape(128, 128, 4), wall.reshape(128, 128, 4)
    )


def written(z, digits) -> np.ndarray:
    """Draw digits of one hand by JAX as bytes."""
    network, variables = (g := digits_generator()).network, g.variables
    hands = jnp.broadcast_to(jnp.asarray(z, "float32"), (len(digits), 64))
    mix = jax.nn.one_hot(jnp.array(digits), 10, dtype="float32")
    x = images(network, variables, hands, mix)
    return np.asarray(face_generator.dots(x)).astype(int)


def test_digits_are_the_same_in_the_page_and_in_jax(opened):
    explorer = opened.locator(DIGITS)
    explorer.get_by_role("button", name="8").press("Enter")
    z = leaf(opened, DIGITS, "z")[None]
    dots = leaf(opened, DIGITS, "dots").reshape(1, 28, 28, 4)
    assert np.abs(dots - written(z, [8])).max() <= 1
    ten = leaf(opened, DIGITS, "ten_dots").reshape(10, 28, 28, 4)
    assert np.abs(ten - written(z, range(10))).max() <= 1
    explorer.get_by_role("button", name="New hand").click()
    assert np.abs(leaf(opened, DIGITS, "z") - z[0]).max() > 0.5


def test_a_walk_between_digits_and_a_number_in_one_hand(opened):
    explorer = opened.locator(DIGITS)
    for name in ("1", "7"):
        explorer.get_by_role("button", name=name).click()
    explorer.get_by_label("Between the last").press("Home")
    dots = leaf(opened, DIGITS, "dots").reshape(1, 28, 28, 4)
    assert np.abs(dots - written(leaf(opened, DIGITS, "z")[None], [1])).max() <= 1
    assert leaf(opened, DIGITS, "mix").tolist() == [0, 1, 0, 0, 0, 0, 0, 0, 0, 0]
    box = explorer.get_by_label("A number in this hand")
    box.fill("27 x 01")
    line = explorer.locator(".gx-line")
    assert line.locator("canvas").count() == 4
    assert line.get_attribute("aria-label") == "2701, in this hand"


def test_motion_is_offered_and_not_begun_where_it_is_not_wanted(opened):
    before = leaf(opened, MORPH, "crowd_dots")
    opened.wait_for_timeout(200)
    assert np.array_equal(leaf(opened, MORPH, "crowd_dots"), before)
    opened.locator(MORPH).get_by_role("button", name="Play").click()
    opened.wait_for_timeout(300)
    opened.locator(MORPH).get_by_role("button", name="Pause").click()
    assert not np.array_equal(leaf(opened, MORPH, "crowd_dots"), before)


@pytest.mark.parametrize("width", [320, 390, 1400])
def test_nothing_sticks_out_and_nothing_is_too_small(opened, width):
    opened.set_viewport_size({"width": width, "height": 900})
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    least = opened.evaluate(
        "Math.min(...[...document.querySelectorAll('.gan-explorer button')]"
        ".filter(n => n.offsetParent).map(n => n.getBoundingClientRect().height))"
    )
    assert least >= (24 if width == 320 else 40)


def test_a_script_that_comes_twice_starts_nothing_twice(opened):
    opened.evaluate(
        """() => new Promise((done) => {
        window.before = document.querySelector('[data-explorer=morph]').explorer;
        const again = document.createElement('script');
        again.src = 'explore.js';
        again.onload = () => setTimeout(done, 300);
        document.head.append(again);
    })"""
    )
    same = "document.querySelector('[data-explorer=morph]').explorer === window.before"
    assert opened.evaluate(same)


def test_the_page_follows_the_theme_and_says_nothing_else(opened):
    themes = "all => all.map(n => n.dataset.theme)"
    assert set(opened.locator(".gan-explorer").evaluate_all(themes)) == {"dark"}
    assert opened.said == []


@pytest.mark.skipif(not page.compiler(), reason="needs a clang: pip install ziglang")
@pytest.mark.parametrize("name", ["faces", "digits"])  # the fields': with the games
def test_a_program_made_anew_draws_what_the_one_of_the_course_draws(
    opened, name, tmp_path
):
    program = PROGRAMS[name]()
    program.compile(tmp_path)
    script = program.script(tmp_path)
    packed = json.loads(script.partition(f").{name} = ")[2][:-2])
    dots = opened.evaluate(
        """async ([name, packed]) => {
        const old = document.querySelector(`[data-explorer=${name}]`).explorer.program;
        const anew = await old.constructor.open(packed);
        return [old, anew].map((program) => {
            program.run('unpack');
            program.leaf('seed')[0] = 5;
            program.run('draw');
            for (const to of ['amounts', 'mix']) program.leaf(to)?.fill(0.25);
            program.run('one');
            return Array.from(program.leaf('dots'));
        });
    }""",
        [name, packed],
    )
    assert np.abs(np.subtract(*dots)).max() <= 1 and np.std(dots[0]) > 10
