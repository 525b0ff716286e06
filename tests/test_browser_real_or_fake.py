"""You be the discriminator, in a real browser: by mouse, keys and touch.

Runs where playwright and a Chromium are installed; elsewhere it is skipped.
"""

import pytest
from browser_pages import WAYS, bare_page, look_everywhere, shot, use

from gan_utils import widgets
from gan_utils.real_or_fake import ANSWERS

pytestmark = pytest.mark.slow
SEEN = "document.querySelector('.gan-lab').lab.seen"


@pytest.fixture
def page(browser):
    """Show a game of five questions on points; the page's `game` is the engine."""
    face = widgets.real_or_fake_points(rounds=5)
    page = bare_page(browser, "real_or_fake", face.answers, face.catalogue)
    page.game = face.game
    until(page, "s.done === 0")
    yield page
    assert page.said == []
    page.close()


def until(page, condition: str) -> None:
    """Wait for a condition on what was last seen, which is called s."""
    page.wait_for_function(f"(s => s && ({condition}))({SEEN})")


def button(page, words: str):
    return page.get_by_role("button", name=words)


@WAYS
def test_a_game_is_played_to_its_end_and_again(page, way):
    for done, (words, chance) in enumerate(ANSWERS.items(), start=1):
        use(page, button(page, words), way)
        until(page, f"s.done === {done}")
        assert page.game.answers[-1] == chance
    page.get_by_text("The game is over").wait_for()
    assert button(page, "surely real").is_disabled()
    assert page.locator("table tr").count() == 4  # head, you, the best D, nothing
    use(page, button(page, "New game"), way)
    until(page, "s.done === 0 && s.calibration.you.count.length === 5")


def test_the_number_keys_answer(page):
    button(page, "surely real").focus()
    page.keyboard.press("2")
    until(page, "s.done === 1")
    assert page.game.answers == [0.25]


def test_one_question_takes_one_answer_however_often_it_is_pressed(page):
    page.evaluate(
        """() => {
            const lab = document.querySelector('.gan-lab').lab;
            for (let k = 0; k < 50; k++) lab.say(0.75);
        }"""
    )
    until(page, "s.done === 1")
    page.wait_for_timeout(300)
    assert page.game.answers == [0.75]


def test_it_fits_and_can_be_read_everywhere(page):
    for key in "1542":
        done = len(page.game.answers)
        button(page, "cannot tell").focus()
        page.keyboard.press(key)
        until(page, f"s.done === {done + 1}")
    look_everywhere(page, "real_or_fake")
    page.evaluate("document.body.style.background = '#111'")
    page.wait_for_selector(".gan-lab[data-theme=dark]")
    shot(page, "real-or-fake-dark")
    assert page.locator("img").get_attribute("alt")
    assert "true" in page.locator("canvas").get_attribute("aria-label")
