"""The lab as people meet it: layout, time, seed, drawing, wall, codes, in a browser.

A bare page whose model asks the engine in this process. Runs where playwright,
anywidget and a Chromium are installed; elsewhere it is skipped.
"""

import pytest

pytest.importorskip("anywidget", reason="needs anywidget")
from browser_controls import (
    LAB,
    button,
    choose,
    field,
    frame,
    settle_details,
    stroke,
    until,
)
from browser_pages import bare_page, press, shot

from gan_utils.lab import PRESETS, Lab, Settings
from gan_utils.widgets.lab_answers import Answers
from gan_utils.widgets.lab_controls import catalogue

pytestmark = pytest.mark.slow
ROOMS = {  # the room that a notebook leaves for a lab
    "jupyterlab at 1400 x 900": (980, 780),
    "jupyterlab at 1024 x 768": (600, 650),
    "phone": (280, 720),
    "jupyterlab at 200 %": (584, 329),
}
SEEN = """() => { // the share of the picture that is seen while a control has the focus
    const drawer = document.querySelector('.gl-panel').getBoundingClientRect();
    const isOver = getComputedStyle(document.querySelector('.gl-panel')).position;
    const box = document.querySelector('.gl-stage').getBoundingClientRect();
    let bottom = Math.min(box.bottom, innerHeight);
    if (isOver === 'absolute') bottom = Math.min(bottom, drawer.top);
    return (bottom - Math.max(box.top, 0)) / box.height;
}"""
CONTROLS = ".gl-panel :is(button, input, select, textarea, summary)"
PLACES = """() => [...document.querySelectorAll(
        '.gan-lab, .gl-bar > *, .gl-stage, .gl-time, .gl-key, .gl-chart, .gl-marks,'
        + '.gl-facts, .gl-figure b, .gl-time output, .gl-panel')]
    .map((node) => node.getBoundingClientRect())
    .map(({ x, y, height }) => [x, y, height].map(Math.round).join()).join(' ')"""


@pytest.fixture
def fresh(browser):
    """Show a lab on a bare page of its own."""
    page = opened(browser)
    yield page
    assert page.said == []
    page.close()


def opened(browser, size=(1000, 800), **settings):
    """Open a bare page of a size with a lab."""
    lab = Lab("ring of 8", g_layers=1, d_layers=1, **settings)
    page = bare_page(browser, "lab", Answers(lab), catalogue(lab.settings))
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.evaluate("document.body.style.margin = 0")
    until(page, "f.step === 0")
    return page


@pytest.mark.parametrize("room", ROOMS)
def test_no_control_scrolls_the_picture_out_of_sight(browser, room):
    page = opened(browser, ROOMS[room])
    shot_name = room.replace(" ", "-").replace("%", "percent")
    box = page.locator(".gl-bar").bounding_box()
    picture = page.locator(".gl-stage").bounding_box()
    assert box["y"] + box["height"] <= picture["y"]
    assert picture["y"] + picture["height"] <= ROOMS[room][1], "Play, and no picture"
    drawer = button(page, "☰ Controls")
    if drawer.is_visible():
        drawer.click()
    settle_details(page)
    for control in page.locator(CONTROLS).all():
        if control.is_visible() and control.is_enabled():
            control.focus()
            label = control.evaluate("c => c.outerHTML.slice(0, 90)")
            assert page.evaluate(SEEN) > 0.6, label
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= ROOMS[room][0]
    shot(page, f"room-{shot_name}")
    page.close()


def test_nothing_moves_while_it_plays(fresh):
    page = fresh
    field(page, "How far apart?").select_option("w1")
    button(page, "▶ Play").click()
    until(page, "f.step > 3")
    places = set()
    while frame(page) < 250:
        places.add(page.evaluate(PLACES))
        page.wait_for_timeout(40)
    assert len(places) == 1
    places = page.evaluate(PLACES)
    button(page, "Pause").click()
    button(page, "Slow motion").click()
    page.get_by_text("1 of 10").wait_for()
    stage = "document.querySelector('.gl-stage').getBoundingClientRect().y"
    above = page.evaluate(stage)
    button(page, "Slow motion").click()
    assert page.evaluate(stage) == above


def test_the_usual_speed_can_be_watched(fresh):
    page = fresh
    button(page, "▶ Play").click()
    until(page, "f.step > 2")
    begin = page.evaluate("performance.now()")
    start = frame(page)
    page.wait_for_timeout(1500)
    steps, now = frame(page) - start, page.evaluate("performance.now()")
    assert 5 < steps <= 75 * (now - begin) / 1000
    press(page, field(page, "Speed"), "Home")  # one step a second: the points glide
    single = 0
    for _ in range(12):  # what was asked for at the old speed may still come
        before = frame(page)
        until(page, f"f.step > {before}")
        single = single + 1 if frame(page) == before + 1 else 0
        if single == 2:
            break
    begin, start = page.evaluate("performance.now()"), frame(page)
    page.wait_for_timeout(2500)
    seconds = (page.evaluate("performance.now()") - begin) / 1000
    assert 0 < frame(page) - start <= seconds + 1.5, seconds
    assert page.evaluate(f"{LAB}.face.motion.ms") > 100


def test_on_a_slow_line_each_frame_carries_more(fresh):
    page = fresh
    page.evaluate(f"""() => {{
        const {{ model }} = {LAB}.link;
        const send = model.send.bind(model);
        model.send = (...given) => setTimeout(() => send(...given), 300);
    }}""")
    button(page, "▶ Play").click()
    page.wait_for_function(f"{LAB}.pace.each > 2")  # one where the line is quick
    rates = []
    while len(rates) < 10 and max(rates, default=0) < 30:  # of the 60 asked for
        start, begin = frame(page), page.evaluate("performance.now()")
        page.wait_for_timeout(2000)
        took = page.evaluate("performance.now()") - begin
        rates.append(1000 * (frame(page) - start) / took)
    assert 30 <= max(rates) < 90, rates


@pytest.mark.parametrize("way", ["Enter", "Tab", "▶ Play", "elsewhere", "↺ Reset"])
def test_the_seed_counts_however_it_is_entered(fresh, way):
    page = fresh
    button(page, "both").click()
    until(page, "f.step === 1")
    field(page, "Seed").click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("17")
    if way in ("Enter", "Tab"):
        page.keyboard.press(way)
    elif way == "elsewhere":
        page.locator(".gl-facts").click()
    else:
        button(page, way).click()
    until(page, "f.settings.seed === 17")
    assert field(page, "Seed").input_value() == "17"
    if way == "▶ Play":
        until(page, "f.step > 5")
        button(page, "Pause").click()
        page.wait_for_timeout(200)
    else:
        until(page, "f.step === 0")
    assert field(page, "Seed").input_value() == "17"
    assert frame(page, "settings.seed") == 17


def test_a_warning_goes_with_its_cause(fresh):
    page, note = fresh, fresh.locator(".gl-note")
    field(page, "Seed").fill("-5")
    button(page, "▶ Play").click()
    note.get_by_text("A seed is a whole number from 0 up; this is -5.").wait_for()
    assert not page.evaluate(f"{LAB}.playing")
    field(page, "Seed").fill("0")
    page.keyboard.press("Enter")
    page.wait_for_function("!document.querySelector('.gl-note').textContent")
    field(page, "Run to step").fill("1.5")
    button(page, "Run").click()
    note.get_by_text("A step is a whole number from 0 up; this is 1.5.").wait_for()
    field(page, "Run to step").fill("3")
    button(page, "Run").click()
    until(page, "f.step === 3")
    assert note.text_content() == ""


@pytest.mark.parametrize("rate", [60, 3000])
def test_a_run_goes_to_a_step_and_back(fresh, rate):
    page = fresh
    page.evaluate(f"{LAB}.setSpeed({rate})")
    for goal in (77, 20, 133):
        field(page, "Run to step").fill(str(goal))
        button(page, "Run").click()
        until(page, f"f.step === {goal}")
        button(page, "▶ Play").wait_for()  # it stands
        page.wait_for_timeout(150)
        assert frame(page) == goal
        assert page.evaluate(f"{LAB}.last[0].step") == goal  # and asked for no more


def test_slow_motion_stands_goes_on_and_back(fresh):
    page = fresh
    button(page, "Slow motion").click()
    page.get_by_text("1 of 10").wait_for()
    button(page, "Pause").click()
    words = page.locator(".gl-phase")
    stands = words.text_content()
    page.wait_for_timeout(2200)  # more than a phase
    assert words.text_content() == stands
    number = int(stands.split()[0])
    for by, name in ((1, "next phase"), (2, "next phase"), (1, "phase before")):
        button(page, name).click()
        page.get_by_text(f"{number + by} of 10").wait_for()
    press(page, button(page, "▶ Play"), "Space")  # goes on with the phases
    page.get_by_text(f"{number + 2} of 10").wait_for()
    assert page.evaluate(f"{LAB}.slow.on && !{LAB}.playing")
    while not words.text_content().startswith("10 of 10"):
        button(page, "next phase").click()
        page.wait_for_timeout(60)
    button(page, "next phase").click()
    until(page, "f.step === 1")
    button(page, "Slow motion").click()


def test_a_lab_that_nobody_sees_rests(fresh):
    page = fresh
    page.evaluate("""() => {
        document.body.append(document.createElement('div'));
        document.body.lastChild.style.height = '4000px';
    }""")
    button(page, "▶ Play").click()
    until(page, "f.step > 10")
    page.evaluate("scrollTo(0, 3000)")
    page.wait_for_function(f"!{LAB}.face.inSight && {LAB}.link.free")
    page.wait_for_timeout(200)
    stands = page.evaluate(f"{LAB}.last[0].step")
    page.wait_for_timeout(600)
    assert page.evaluate(f"{LAB}.last[0].step") == stands
    page.evaluate("scrollTo(0, 0)")
    until(page, f"f.step > {stands + 10}")
    field(page, "play on out of sight").check()
    page.evaluate("scrollTo(0, 3000)")
    page.wait_for_function(f"!{LAB}.face.inSight")
    stands = page.evaluate(f"{LAB}.last[0].step")
    page.wait_for_function(f"{LAB}.last[0].step > {stands + 20}")


def test_what_has_no_effect_rests_and_says_why(fresh):
    page = fresh
    settle_details(page)
    weight, beta = field(page, "weight of the penalty"), field(page, "beta1 of Adam")
    assert weight.is_disabled() and beta.is_enabled()
    page.get_by_text("no penalty is chosen", exact=True).wait_for()
    field(page, "penalty").select_option("r1")
    field(page, "optimiser").select_option("sgd")
    until(page, "f.settings.penalty === 'r1' && f.settings.optimizer === 'sgd'")
    page.get_by_text("SGD has no beta1", exact=True).wait_for()
    assert weight.is_enabled() and beta.is_disabled()


def test_presets_set_everything_and_one_button_brings_the_lab_back(fresh):
    page = fresh
    settle_details(page)
    field(page, "optimiser").select_option("sgd")
    field(page, "Seed").fill("9")
    page.keyboard.press("Enter")
    until(page, "f.settings.optimizer === 'sgd' && f.settings.seed === 9")
    choose(page, "Preset", "mouse", "on a line")
    until(page, "f.settings.data === 'two bumps' && f.step === 0")
    plain = Settings(**PRESETS["on a line"]).as_json()
    assert frame(page, "settings") == plain
    page.locator("[data-layer=best]").check()
    press(page, field(page, "Speed"), "End")
    button(page, "Fork here").click()
    until(page, "f.step === 0", lane=1)
    button(page, "As it opened").click()
    opening = Lab("ring of 8", g_layers=1, d_layers=1).settings.as_json()
    until(page, "f.settings.data === 'ring of 8' && f.step === 0")
    page.wait_for_function(f"{LAB}.face.frames.length === 1")
    assert frame(page, "settings") == opening
    assert not page.locator("[data-layer=best]").is_checked()
    assert page.evaluate(f"{LAB}.speed") == 60


def test_two_views_of_one_lab_are_one_lab(fresh):
    page = fresh
    page.evaluate("() => { window.view(); }")
    until(page, "f.step === 0", lab=1)
    other = page.locator(".gan-lab").nth(1)
    both = "[0, 1].map(i => document.querySelectorAll('.gan-lab')[i].lab)"
    button(page, "▶ Play").click()
    until(page, "f.step > 20")
    other.get_by_role("button", name="Pause", exact=True).wait_for()
    until(page, "f.step > 20", lab=1)
    playing = page.evaluate(f"{both}.map(l => l.playing)")
    assert playing == [True, False]  # one asks, the other follows
    other.get_by_role("button", name="Pause", exact=True).click()
    button(page, "▶ Play").wait_for()  # the other's word counts
    page.wait_for_function(
        f"new Set({both}.map(l => l.face.frames[0].step)).size === 1"
    )
    page.wait_for_timeout(300)
    steps = page.evaluate(f"{both}.map(l => l.face.frames[0].step)")
    assert steps[0] == steps[1] > 20
    other.get_by_role("button", name="↺ Reset", exact=True).click()
    until(page, "f.step === 0")


def test_drawing_leaves_the_page_where_it_is_and_the_focus_where_it_was(fresh):
    page = fresh
    page.evaluate("document.body.style.paddingTop = '300px'")
    page.evaluate("scrollTo(0, 150)")
    page.evaluate("() => { onkeydown = (event) => { window.reached = event.key; }; }")
    toggle = button(page, "✎ Draw data")
    toggle.click()
    assert page.evaluate("scrollY") == 150
    stage = page.locator(".gl-stage")
    for name in ("Use this drawing", "Undo", "Clear"):  # at the pen, in Tab's order
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == name
        box, plane = button(page, name).bounding_box(), stage.bounding_box()
        assert plane["y"] <= box["y"] <= plane["y"] + 100
    page.keyboard.press("Escape")
    assert toggle.evaluate("t => t === document.activeElement")
    assert page.evaluate("window.reached") != "Escape"  # JupyterLab keeps its cell
    toggle.click()
    plane = stage.bounding_box()
    at = [plane["x"] + 200, plane["y"] + 200]
    stroke(page, "mouse", at, (at[0] + 150, at[1]))
    press(page, stage, "Space")
    many = page.evaluate(f"{LAB}.pad.points.length")
    button(page, "Undo").click()
    assert page.evaluate(f"{LAB}.pad.points.length") == many - 1
    press(page, button(page, "Use this drawing"), "Enter")
    until(page, "f.settings.data === 'drawing'")
    assert toggle.evaluate("t => t === document.activeElement")


def test_a_small_picture_of_the_wall_opens_its_run(fresh):
    page = fresh
    settle_details(page)
    page.evaluate(f"{LAB}.wall.steps = 20")
    button(page, "Run 64 seeds").click()
    cells = page.locator(".gl-cells button")
    cells.nth(63).wait_for()
    assert [c.text_content() for c in cells.all()] == [str(n) for n in range(64)]
    press(page, cells.nth(0), "ArrowRight")
    for key in ("ArrowDown", "Enter"):
        page.keyboard.press(key)
    until(page, "f.step === 20 && f.settings.seed > 1")
    assert not page.locator(".gl-wall").is_visible()
    assert field(page, "Seed").input_value() == str(frame(page, "settings.seed"))


def test_a_short_code_builds_the_same_run(fresh, browser):
    page = fresh
    settle_details(page)
    drawing = [[-1.25, 0.5], [0.33, 0.5], [1.0, -1.37]]
    page.evaluate(
        f"d => {LAB}.set({{ data: 'drawing', drawing: d, g_rate: 0.01 }})", drawing
    )
    field(page, "Seed").fill("4")
    page.keyboard.press("Enter")
    until(page, "f.settings.seed === 4 && f.settings.data === 'drawing'")
    page.evaluate(f"{LAB}.runTo(40)")
    until(page, "f.step === 40")
    button(page, "Copy the code of this run").click()
    code = field(page, "Short code of a run").input_value()
    assert code.startswith("gan1-") and len(code) < 300
    other = opened(browser)
    settle_details(other)
    box = field(other, "Short code of a run")
    box.fill("holiday")
    button(other, "Build the run of this code").click()
    other.get_by_text("This is no code of a lab").wait_for()
    box.fill(code)
    button(other, "Build the run of this code").click()
    until(other, "f.step === 40 && f.settings.seed === 4")
    for part in ("settings", "fake.data"):
        assert frame(other, part) == frame(page, part)  # to the bit
    other.close()


def test_hints_go_away_by_being_used(fresh):
    page, hint = fresh, fresh.locator(".gl-hints")
    assert "Play" in hint.text_content()
    button(page, "both").click()
    assert "Play" in hint.text_content()
    button(page, "▶ Play").click()
    assert "timeline" in hint.text_content()
    until(page, "f.step > 5")
    press(page, field(page, "Timeline"), "Home")
    assert "learning rate" in hint.text_content()
    settle_details(page)
    press(page, field(page, "D: learning rate"), "ArrowRight")
    assert hint.is_hidden()
