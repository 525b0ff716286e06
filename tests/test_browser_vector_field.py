"""The vector-field explorer in a real browser: mouse, keys and touch, and how it looks.

Runs where playwright and a Chromium are installed; elsewhere it is skipped.
"""

import numpy as np
import pytest
from browser_pages import WAYS, bare_page, look_everywhere, press, shot, use

from gan_utils.vector_fields.vector_field import GAMES, MOST, STEPPERS, VectorField
from gan_utils.widgets.vector_field import Answers, catalogue

pytestmark = pytest.mark.slow
SEEN = "document.querySelector('.gan-lab').lab.seen"


@pytest.fixture
def page(browser):
    """Show the GAN with one launch; the page's `field` is the engine."""
    field = VectorField("GAN", starts=[(1.0, 1.0)])
    page = bare_page(browser, "vector_field", Answers(field), catalogue())
    page.field = field
    until(page, "s.paths.shape[0] === 1")
    yield page
    assert page.said == []
    page.close()


def until(page, condition: str) -> None:
    """Wait for a condition on what was last seen, which is called s."""
    page.wait_for_function(f"(s => s && ({condition}))({SEEN})")


def control(page, label: str):
    return page.get_by_label(label, exact=True)


def button(page, name: str):
    return page.get_by_role("button", name=name, exact=True)


@WAYS
def test_a_launch_starts_where_it_was_aimed(page, way):
    plane = page.locator(".gl-tap")
    box = plane.bounding_box()
    if way == "key":
        plane.focus()
        for key in ("ArrowRight", "ArrowRight", "ArrowDown", "Space"):
            page.keyboard.press(key)
        wanted = (0.7, 0.4)
    else:
        at = {"x": box["width"] * 0.3, "y": box["height"] * 0.25}
        plane.click(position=at) if way == "mouse" else plane.tap(position=at)
        wanted = (-1.0, 1.25)
    until(page, "s.paths.shape[0] === 2")
    assert np.allclose(page.field.starts[-1], wanted, atol=0.03)
    page.locator(".gl-sentence").get_by_text("Launch 2 from").wait_for()
    use(page, button(page, "Undo"), way)
    until(page, "s.paths.shape[0] === 1")
    use(page, button(page, "Clear"), way)
    until(page, "s.paths.shape[0] === 0")
    page.locator(".gl-sentence").get_by_text("Nothing is launched").wait_for()


def test_every_menu_and_slider_changes_what_is_seen(page):
    for game in GAMES:
        control(page, "Game").select_option(game)
        until(page, f"s.settings.game === '{game}'")
    control(page, "Game").select_option("R1")
    for stepper in STEPPERS:
        control(page, "Players move").select_option(stepper)
        until(page, f"s.settings.stepper === '{stepper}'")
    press(page, control(page, "Step size h"), "End")
    until(page, "s.settings.step_size === 2.2")
    slider = control(page, "Strength (gamma)")
    box = slider.bounding_box()
    slider.click(position={"x": box["width"] * 0.9, "y": box["height"] / 2})
    until(page, "s.settings.strength > 2.5")
    slider.tap(position={"x": box["width"] * 0.1, "y": box["height"] / 2})
    until(page, "s.settings.strength < 0.5")
    control(page, "Game").select_option("GAN")
    until(page, "s.settings.game === 'GAN'")
    assert page.get_by_text("Strength").is_hidden()


def test_quick_clicks_all_count_and_quick_moves_are_one(page):
    page.evaluate(
        """() => {
            const lab = document.querySelector('.gan-lab').lab;
            for (let k = 0; k < 4; k++) { lab.aim = [k / 2 - 2, 0.5]; lab.launch(); }
            const slider = lab.controls.step_size.input;
            for (let k = 0; k < 1000; k++) {
                slider.value = 1 + k % 100;
                slider.dispatchEvent(new Event('input'));
            }
        }"""
    )
    until(page, "s.paths.shape[0] === 5 && s.settings.step_size === 2.02")
    for k in range(4):
        page.locator(".gl-tap").click(position={"x": 50 + 20 * k, "y": 50})
    until(page, f"s.paths.shape[0] === {MOST}")
    thetas = [theta for theta, _ in page.field.starts[-4:]]
    assert np.all(np.diff(thetas) > 0) and np.allclose(np.ptp(np.diff(thetas)), 0)


def test_time_runs_back_and_a_launch_flies(page):
    def pixels():
        page.wait_for_timeout(80)
        return page.evaluate("document.querySelector('.gl-tap').toDataURL()")

    page.wait_for_timeout(100)
    whole = pixels()
    press(page, control(page, "Updates shown"), "Home")
    assert pixels() != whole
    press(page, control(page, "Updates shown"), "End")
    assert pixels() == whole
    button(page, "▶ From the start").click()
    page.wait_for_function("document.querySelector('.gan-lab').lab.shown < 400")
    page.wait_for_function("document.querySelector('.gan-lab').lab.shown === 500")
    page.emulate_media(reduced_motion="reduce")
    press(page, control(page, "Updates shown"), "Home")
    button(page, "▶ From the start").click()
    shown = page.evaluate("document.querySelector('.gan-lab').lab.shown")
    assert shown == 500


def test_it_fits_and_can_be_read_everywhere(page):
    control(page, "Game").select_option("R1")
    control(page, "Players move").select_option("alternating")
    page.locator(".gl-tap").click(position={"x": 60, "y": 300})
    until(page, "s.paths.shape[0] === 2 && s.settings.stepper === 'alternating'")
    page.emulate_media(reduced_motion="reduce")
    button(page, "▶ From the start").click()
    look_everywhere(page, "field")
    page.evaluate("document.body.style.background = '#111'")
    page.wait_for_selector(".gan-lab[data-theme=dark]")
    page.set_viewport_size({"width": 1000, "height": 1300})
    press(page, page.locator(".gl-tap"), "ArrowLeft")
    page.wait_for_timeout(100)
    shot(page, "field-dark-aim")
    for name in ("canvas", "select", "input"):
        for node in page.locator(f".gan-lab {name}").all():
            assert node.get_attribute("aria-label") or node.evaluate(
                "n => n.labels?.length"
            )
