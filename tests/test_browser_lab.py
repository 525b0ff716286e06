"""The lab in a real browser: every control by mouse, keys and touch; a replay offline.

The controls are tried on a bare page whose model asks the engine in this process; a
JupyterLab then shows that messages and bytes travel as well. Runs where playwright,
JupyterLab, anywidget and a Chromium are installed; elsewhere it is skipped. Screenshots
go to the folder that GAN_UTILS_SHOTS names.
"""

import base64
import re

import nbformat
import pytest

pytest.importorskip("jupyterlab", reason="needs JupyterLab")
pytest.importorskip("anywidget", reason="needs anywidget")
from browser_controls import (
    FRAME,
    LAB,
    button,
    field,
    frame,
    settle_details,
    stroke,
    until,
)
from browser_pages import (
    SIZES,
    SMALL,
    WAYS,
    bare_page,
    look_everywhere,
    press,
    shot,
    use,
    watch,
)

from benchmarks.browser import READY, run_all, served
from gan_utils import widgets
from gan_utils.cli import page as pages
from gan_utils.cli import recordings
from gan_utils.lab import Lab
from gan_utils.widgets import scripts
from gan_utils.widgets.lab_answers import Answers
from gan_utils.widgets.lab_controls import catalogue

pytestmark = pytest.mark.slow
CELL = """
from gan_utils import widgets
widgets.lab("ring of 8", g_layers=1, d_layers=1)
"""
PRESS_PAUSE = """() => {
    const root = document.querySelector('.gan-lab');
    const press = () => {
        const names = [...root.querySelectorAll('button')];
        const pause = names.find(b => b.textContent.includes('Pause'));
        const now = root.lab.face.frames[0].step;
        if (pause && now > 0 && now < 195) pause.click();
        else requestAnimationFrame(press);
    };
    press();
}"""
AGAIN = "widgets.lab('ring of 8', g_layers=1, d_layers=1, seed=1)"
WIDE = {"width": 1200, "height": 1500}


@pytest.fixture(scope="module")
def page(browser):
    """Show a lab on a bare page, which tests hand on as they leave it."""
    return opened(browser)


@pytest.fixture
def fresh(browser):
    """Show a lab on a bare page of its own."""
    page = opened(browser)
    yield page
    page.close()


def opened(browser, colab: bool = False):
    """Open a bare page with a lab; the engine answers from this process."""
    lab = Lab("ring of 8", g_layers=1, d_layers=1)
    page = bare_page(browser, "lab", Answers(lab), catalogue(lab.settings), colab)
    until(page, "f.step === 0")
    return page


@WAYS
def test_every_button_of_the_run_works(page, way):
    use(page, button(page, "↺ Reset"), way)
    until(page, "f.step === 0")
    for count, name in enumerate(("both", "D", "G"), start=1):
        use(page, button(page, name), way)
        until(page, f"f.step === {count}")
    use(page, button(page, "one step back"), way)
    until(page, "f.step === 2 && f.head === 3")
    use(page, button(page, "▶ Play"), way)
    until(page, "f.step > 40")
    use(page, button(page, "Pause"), way)
    page.wait_for_timeout(150)
    stands = frame(page)
    page.wait_for_timeout(200)
    assert frame(page) == stands
    use(page, button(page, "Fork here"), way)
    until(page, "f.step > 0", lane=1)
    use(page, button(page, "Close the fork"), way)
    page.wait_for_function("!" + FRAME.format(0, 1))
    use(page, button(page, "Slow motion"), way)
    page.get_by_text("1 of 10").wait_for()
    use(page, button(page, "Slow motion"), way)


def test_every_slider_changes_the_next_frame_by_key_and_touch(page):
    settle_details(page)
    described = page.evaluate(
        "document.querySelector('.gan-lab').lab.catalogue.groups"
        ".flatMap(g => g[1]).filter(c => !c.options).map(c => [c.name, c.label])"
    )
    names = dict(described)
    assert len(names) == 11
    field(page, "penalty").select_option("r1")  # else its weight has no effect
    until(page, "f.settings.penalty === 'r1'")
    for way, share in (("key", 0), ("touch", 0.3)):
        before = frame(page, "settings")
        for name, label in names.items():  # all at once: what is asked for is joined
            slider = field(page, label)
            if way == "key":
                press(page, slider, "ArrowLeft" if name == "batch" else "ArrowRight")
                continue
            box = slider.bounding_box()
            assert box["height"] >= 44
            at = {"x": box["width"] * share, "y": box["height"] / 2}
            slider.click(position=at) if way == "mouse" else slider.tap(position=at)
        changed = [f"f.settings.{n} !== {before[n]}" for n in names]
        until(page, " && ".join(changed))
        assert field(page, "beta1 of Adam").get_attribute("aria-valuetext")


def test_every_menu_changes_the_next_frame(page):
    wanted = {
        "data": ("data", "ring"),
        "noise": ("noise", "uniform 2d"),
        "optimiser": ("optimizer", "sgd"),
        "loss": ("loss", "hinge"),
        "penalty": ("penalty", "r1"),
    }
    for label, (_, value) in wanted.items():
        field(page, label).select_option(value)
    until(page, " && ".join(f"f.settings.{n} === '{v}'" for n, v in wanted.values()))
    field(page, "Arrows show").select_option("displacement")
    until(page, "f.arrows.kind === 'displacement'")
    menu = field(page, "loss")
    menu.focus()
    for key in ("Space", "ArrowUp", "Enter"):
        page.keyboard.press(key)
    until(page, "f.settings.loss !== 'hinge'")


def test_layers_change_the_picture_and_the_seed_the_run(page):
    def pixels():
        page.wait_for_timeout(60)
        return page.evaluate("document.querySelector('.gl-stage').toDataURL()")

    boxes = page.locator(".gan-lab").first.locator("[data-layer]")
    assert boxes.count() == 8
    page.emulate_media(reduced_motion="reduce")
    for index in range(8):
        before = pixels()
        use(page, boxes.nth(index), ("mouse", "key", "touch")[index % 3])
        changed = pixels()
        assert changed != before, boxes.nth(index).get_attribute("data-layer")
        press(page, boxes.nth(index), "Space")
    page.emulate_media(reduced_motion="no-preference")
    note = page.locator(".gl-note").first
    for seed, words in (("-5", "a whole number from 0 up"), ("7", "")):
        field(page, "Seed").fill(seed)
        page.keyboard.press("Enter")
        wanted = f"document.querySelector('.gl-note').textContent.includes('{words}')"
        page.wait_for_function(wanted)
    until(page, "f.settings.seed === 7 && f.step === 0")
    page.wait_for_timeout(300)  # far fewer than a warning's six seconds
    assert note.text_content() == ""


def test_data_are_drawn_by_pointer_and_by_keys(page):
    button(page, "✎ Draw data").click()
    box = page.locator(".gl-stage").first.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.25, box["y"] + box["height"] * 0.25)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.75, box["y"] + box["height"] * 0.3)
    page.mouse.up()
    page.locator(".gl-stage").first.tap(position={"x": 60, "y": 200})
    press(page, page.locator(".gl-stage").first, "ArrowDown")
    page.keyboard.press("Space")
    shot(page, "drawing")
    button(page, "Use this drawing").click()
    until(page, "f.settings.data === 'drawing' && f.settings.drawing.length > 10")
    button(page, "✎ Draw data").click()
    button(page, "Clear").click()
    button(page, "Use this drawing").click()
    page.locator(".gl-note").get_by_text("The drawing is empty").wait_for()


def test_a_pen_draws(fresh):
    button(fresh, "✎ Draw data").click()
    stage = fresh.locator(".gl-stage").first
    stage.evaluate(
        "s => s.addEventListener('pointermove', e => { window.kind = e.pointerType; })"
    )
    box = stage.bounding_box()
    begin, end = (
        (box["x"] + box["width"] * at, box["y"] + box["height"] * at)
        for at in (0.25, 0.75)
    )
    stroke(fresh, "pen", begin, end)
    assert fresh.evaluate("window.kind") == "pen"
    button(fresh, "Use this drawing").click()
    until(fresh, "f.settings.data === 'drawing' && f.settings.drawing.length > 10")


def test_a_drawing_of_one_point_is_used_and_the_reader_is_told(fresh):
    button(fresh, "✎ Draw data").click()
    box = fresh.locator(".gl-stage").first.bounding_box()
    fresh.mouse.click(box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.4)
    button(fresh, "Use this drawing").click()
    until(fresh, "f.settings.drawing.length === 1")
    fresh.locator(".gl-note").get_by_text("The drawing is a single point").wait_for()
    stands = frame(fresh)
    button(fresh, "both").click()
    until(fresh, f"f.step === {stands + 1}")


def test_the_state_is_read_aloud_as_a_sentence(fresh):
    aloud = fresh.locator(".gan-lab [aria-live=polite]").first
    spoken = r"step %s: \d of 8 modes, JS [\d.]+, discriminator right \d+ %% of"
    button(fresh, "both").click()
    until(fresh, "f.step === 1")
    assert re.match(spoken % 1, aloud.inner_text())
    fresh.evaluate(
        """() => {
            window.spoken = [];
            const watch = new MutationObserver(
                () => window.spoken.push(performance.now()));
            const node = document.querySelector('[aria-live=polite]');
            watch.observe(node, { childList: true });
        }"""
    )
    button(fresh, "▶ Play").click()
    fresh.wait_for_function("window.spoken.length > 2")
    pauses = fresh.evaluate(
        "window.spoken.slice(1).map((t, i) => t - window.spoken[i])"
    )
    assert min(pauses[1:]) > 3000, "too fast to be read aloud"
    button(fresh, "Pause").click()
    fresh.wait_for_timeout(300)
    assert re.match(spoken % f"{frame(fresh):,}", aloud.inner_text())


def test_nothing_runs_while_the_page_is_hidden(fresh):
    lab = "document.querySelector('.gan-lab').lab"
    button(fresh, "▶ Play").click()
    until(fresh, "f.step > 20")
    fresh.evaluate(
        "Object.defineProperty(document, 'hidden', {get: () => window.away})"
    )
    fresh.evaluate("window.away = true")
    fresh.wait_for_function(f"{lab}.link.pending.length === 0")
    fresh.evaluate(
        f"""() => {{
            window.asked = 0;
            const {{ model }} = {lab}.link;
            const send = model.send.bind(model);
            model.send = (...given) => {{ window.asked += 1; return send(...given); }};
        }}"""
    )
    fresh.wait_for_timeout(800)
    assert fresh.evaluate("window.asked") == 0
    stands = frame(fresh)
    fresh.evaluate("window.away = false")
    fresh.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    until(fresh, f"f.step > {stands + 20}")
    assert fresh.evaluate("window.asked") > 0


@pytest.mark.parametrize("name", ["js", "w1", "energy"])
def test_the_chart_draws_a_line_of_what_was_measured(fresh, name):
    ink = """() => {
        const chart = document.querySelectorAll('.gl-chart')[1];
        const { width, height } = chart;
        const { data } = chart.getContext('2d').getImageData(width / 3, 0, width / 2,
            height * 0.8);
        let dark = 0;
        for (let i = 0; i < data.length; i += 4) dark += data[i] + data[i + 1] < 120;
        return dark;
    }"""
    field(fresh, "How far apart?").select_option(name)
    fresh.wait_for_timeout(100)
    empty = fresh.evaluate(ink)
    fresh.evaluate(f"{LAB}.setSpeed(600)")
    button(fresh, "▶ Play").click()
    until(fresh, "f.step > 400")
    button(fresh, "Pause").click()
    fresh.wait_for_timeout(100)
    assert fresh.evaluate(ink) > empty + 100


def test_a_typed_loss_is_swapped_in_or_refused(page):
    box = field(page, "Loss as Python")
    box.fill(
        "def loss(real, fake):\n    return softplus(-real) + softplus(fake), -fake"
    )
    button(page, "Use this loss").tap()
    page.locator(".gl-verdict").get_by_text("Your loss is in").wait_for()
    box.fill("def loss(real, fake):\n    return oops")
    press(page, button(page, "Use this loss"), "Enter")
    page.locator(".gl-verdict").get_by_text("Refused").wait_for()
    field(page, "Preset").select_option("GAN Lab: ring")
    until(page, "f.settings.k_d === 3 && f.step === 0")


def test_a_run_is_saved_and_loaded(page, tmp_path):
    button(page, "both").click()
    until(page, "f.step === 1")
    with page.expect_download() as info:
        button(page, "Save this run").click()
    info.value.save_as(tmp_path / "run.npz")
    button(page, "↺ Reset").click()
    until(page, "f.step === 0")
    page.locator(".gan-lab input[type=file]").first.set_input_files(
        tmp_path / "run.npz"
    )
    until(page, "f.step === 1")
    (tmp_path / "holiday.npz").write_bytes(b"no run")
    page.locator(".gan-lab input[type=file]").first.set_input_files(
        tmp_path / "holiday.npz"
    )
    page.get_by_text("holiday.npz could not be loaded").wait_for()
    button(page, "↺ Reset").click()
    until(page, "f.step === 0")


def test_a_thousand_moves_and_a_broken_run_leave_a_working_lab(page):
    settle_details(page)
    page.evaluate(
        """() => {
            const input = [...document.querySelectorAll('.gan-lab input[type=range]')]
                .find(i => i.labels[0]?.textContent === 'G: learning rate');
            for (let k = 0; k < 1000; k++) {
                input.value = 1 + k % 199;
                input.dispatchEvent(new Event('input'));
            }
            input.value = 200;
            input.dispatchEvent(new Event('input'));
        }"""
    )
    until(page, "f.settings.g_rate === 10")
    press(page, field(page, "D: learning rate"), "End")
    until(page, "f.settings.d_rate === 10")
    field(page, "loss").select_option("wasserstein")
    press(page, field(page, "Speed"), "End")
    button(page, "▶ Play").click()
    page.locator(".gl-note").get_by_text("Stopped").wait_for()
    button(page, "▶ Play").wait_for()
    assert "Traceback" not in page.locator(".gan-lab").first.inner_text()
    button(page, "↺ Reset").click()
    until(page, "f.step === 0")


def test_long_frames_are_asked_for_ahead_and_obey(fresh):
    page = fresh
    press(page, field(page, "Speed"), "End")
    button(page, "▶ Play").click()
    page.wait_for_function(
        "document.querySelector('.gan-lab').lab.link.pending.length === 2"
    )
    until(page, "f.step > 2000")
    settle_details(page)
    press(page, field(page, "G: learning rate"), "Home")
    until(page, "f.settings.g_rate === 0")
    button(page, "Pause").click()
    page.wait_for_function(
        "document.querySelector('.gan-lab').lab.link.pending.length === 0"
    )
    stands = frame(page)
    page.wait_for_timeout(500)
    assert frame(page) == stands


def test_an_answer_that_comes_after_its_face_gave_up_is_not_shown(fresh):
    page = fresh
    lab = "document.querySelector('.gan-lab').lab"
    button(page, "both").click()
    until(page, "f.step === 1")
    page.evaluate(
        f"""() => {{
            const {{ link }} = {lab};
            window.late = [];
            window.before = link.name;
            const send = link.model.send;
            link.model.send = async (question) => {{
                window.late.push(() => link.hear(
                    {{ view: question.view, id: question.id, lanes: 1 }}, []));
            }};
            window.mend = () => {{ link.model.send = send; }};
        }}"""
    )
    button(page, "both").click()
    page.evaluate(f"() => {{ window.mend(); {lab}.silence(); }}")
    button(page, "Ask again").click()
    until(page, "f.step === 1 && f.real.data.length > 0")
    page.evaluate("window.late.forEach((answer) => answer())")  # ignored
    assert page.evaluate(f"{lab}.link.name !== window.before")  # all arrays come anew
    button(page, "both").click()
    until(page, "f.step === 2")
    assert page.said == []


def test_bytes_may_come_as_they_do_in_colab(browser):
    page = opened(browser, colab=True)
    button(page, "▶ Play").click()
    until(page, "f.step > 20 && f.real.data.every(Number.isFinite)")
    assert page.said == []
    page.close()


def test_many_seeds_are_shown_as_a_wall(page):
    settle_details(page)
    press(page, field(page, "Steps"), "Home")
    button(page, "Run 64 seeds").tap()
    page.get_by_text("of 64 seeds are sound").wait_for()
    assert page.locator(".gl-wall").bounding_box()["height"] > 200
    shot(page, "lab-wall")


def test_it_fits_narrow_and_wide_light_and_dark(fresh):
    page = fresh
    close = "document.querySelectorAll('details').forEach(d => { d.open = false; })"
    page.evaluate(close)
    button(page, "▶ Play").click()
    until(page, "f.step > 100")
    button(page, "Pause").click()
    page.wait_for_timeout(150)
    shot(page, "lab-light")
    look_everywhere(page, "lab")
    page.set_viewport_size({"width": 1000, "height": 1300})
    page.evaluate("document.body.style.background = '#111'")
    page.wait_for_selector(".gan-lab[data-theme=dark]")
    button(page, "Fork here").click()
    until(page, "f.step > 0", lane=1)
    page.wait_for_timeout(200)
    shot(page, "lab-dark-fork")
    assert page.evaluate(SMALL) == []


def test_the_focus_is_visible_and_no_error_was_reported(page):
    press(page, button(page, "both"), "Tab")
    style = "getComputedStyle(document.activeElement).outlineWidth"
    assert page.evaluate(style) == "3px"
    assert page.said == []


def test_in_jupyterlab_two_labs_play_beside_each_other(
    browser, tmp_path_factory, record_property, capsys
):
    with served(tmp_path_factory.mktemp("lab"), CELL, AGAIN, "6 * 7") as address:
        page = browser.new_page(viewport=WIDE)
        said = watch(page)
        run_all(page, address)
        until(page, "f.step === 0", lab=0)
        until(page, "f.step === 0", lab=1)
        button(page, "▶ Play").click()
        until(page, "f.step > 50")
        page.evaluate(f"{LAB}.pace.fixed = 10")
        page.wait_for_timeout(500)
        start = frame(page)
        page.wait_for_timeout(2000)
        found = (frame(page) - start) / 20
        record_property("frames a second at 10 steps a frame", found)
        with capsys.disabled():
            print(f"\n{found:.0f} frames/s at 10 steps a frame in JupyterLab")
        count = "window.jupyterapp.shell.currentWidget.content.model.cells.length"
        cells = page.evaluate(count)
        press(page, button(page, "Pause"), "d")  # no command of the notebook's own
        page.keyboard.press("d")
        assert page.evaluate(count) == cells > 0
        press(page, button(page, "Pause"), "Space")
        press(page, field(page, "Speed"), "ArrowRight")
        assert frame(page, lab=1) == 0
        other = page.locator(".gan-lab").nth(1)
        page.wait_for_timeout(300)  # what was asked for before the pause has come
        stands = frame(page)
        other.get_by_role("button", name="▶ Play", exact=True).click()
        until(page, "f.step > 50", lab=1)
        assert frame(page) == stands
        other.get_by_role("button", name="Pause", exact=True).click()
        wrong = ("TypeError", "ReferenceError", "anywidget", "gan-lab")
        assert [text for text in said if any(word in text for word in wrong)] == []
        page.close()


def test_a_page_that_is_opened_again_finds_the_run_where_it_was(
    browser, tmp_path_factory
):
    with served(tmp_path_factory.mktemp("again"), CELL) as address:
        page = browser.new_page(viewport=WIDE)
        run_all(page, address)
        until(page, "f.step === 0")
        button(page, "▶ Play").click()
        until(page, "f.step > 50")
        button(page, "Pause").click()
        page.wait_for_timeout(300)
        stands = frame(page)
        page.evaluate("window.jupyterapp.commands.execute('docmanager:save')")
        page.wait_for_timeout(1000)
        page.reload()
        until(page, f"f.step === {stands}")
        button(page, "both").click()
        until(page, f"f.step === {stands + 1}")
        page.close()


def test_a_restarted_kernel_is_said_and_the_cell_brings_the_lab_back(
    browser, tmp_path_factory
):
    with served(tmp_path_factory.mktemp("restart"), CELL) as address:
        page = browser.new_page(viewport=WIDE)
        run_all(page, address)
        until(page, "f.step === 0")
        session = "window.jupyterapp.shell.currentWidget.sessionContext.session"
        page.evaluate(f"{session}.kernel.restart()")
        page.wait_for_function(READY)
        button(page, "both").click()
        page.locator(".gl-note").get_by_text("The kernel does not answer").wait_for()
        assert "Traceback" not in page.locator(".gan-lab").first.inner_text()
        page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")
        page.wait_for_function(
            f"(f => f && f.step === 0)({FRAME.format(0, 0).replace('].lab', ']?.lab')})"
            " && !document.querySelector('.gl-note').textContent"
        )
        button(page, "both").click()
        until(page, "f.step === 1")
        page.close()


@pytest.fixture(scope="module")
def static(tmp_path_factory):
    """Write a page that holds a recording, as `gan-course run` does."""
    face = widgets.replay(Lab("ring of 8", g_layers=1, d_layers=1), 40, every=5)
    entry = saved(face)
    view = {recordings.VIEW: {"model_id": "m", "version_major": 2, "version_minor": 0}}
    script = {"text/html": f"<script>{scripts.bundle(scripts.LOADER)}</script>"}
    picture, about = face._repr_mimebundle_()
    outputs = [
        nbformat.v4.new_output("display_data", {**picture, **view}, metadata=about),
        nbformat.v4.new_output("display_data", script),
    ]
    cell = nbformat.v4.new_code_cell("replay", outputs=outputs)
    title = nbformat.v4.new_markdown_cell("# A page")
    book = nbformat.v4.new_notebook(cells=[title, cell])
    book.metadata.widgets = {recordings.STATE: {"state": {"m": entry}}}
    target = tmp_path_factory.mktemp("static") / "page.html"
    pages.write_page(nbformat.from_dict(book), target)
    return target


def saved(face) -> dict:
    """Return the widget's state as a notebook saves it."""
    data = base64.b64encode(face.recording).decode()
    state = {
        "_anywidget_id": recordings.OURS,
        "_esm": scripts.bundle(),
        "_css": scripts.style(),
        "kind": face.kind,
        "catalogue": {},
    }
    buffers = [{"encoding": "base64", "path": ["recording"], "data": data}]
    about = {"model_name": "AnyModel", "model_module": "anywidget"}
    return {**about, "state": state, "buffers": buffers}


def test_a_recording_plays_from_a_file_with_no_network(static, browser):
    context = browser.new_context(viewport={"width": 1000, "height": 1400})
    context.set_offline(True)
    page = context.new_page()
    said = watch(page)
    page.goto(static.as_uri())
    until(page, "f.step === 195")
    page.emulate_media(reduced_motion="reduce")  # slow: there is time to press Pause
    button(page, "▶ Play").click()
    page.evaluate(PRESS_PAUSE)  # from inside: a busy machine would come too late
    until(page, "f.step > 0 && f.step < 195")
    button(page, "▶ Play").wait_for()
    press(page, field(page, "Timeline"), "Home")
    until(page, "f.step === 0")
    press(page, field(page, "Timeline"), "ArrowRight")
    until(page, "f.step === 5")
    before = page.evaluate("document.querySelector('.gl-stage').toDataURL()")
    page.locator("[data-layer=sheet]").check()
    page.wait_for_timeout(100)
    assert page.evaluate("document.querySelector('.gl-stage').toDataURL()") != before
    shot(page, "replay")
    page.add_style_tag(content="main { max-width: none !important; }")
    for name, width in SIZES.items():
        page.set_viewport_size({"width": width, "height": 1000})
        page.wait_for_timeout(150)
        wide = page.evaluate("document.querySelector('.gan-lab').scrollWidth")
        assert wide <= page.locator(".gan-lab").first.bounding_box()["width"] + 1
        shot(page, f"replay-{name}")
    assert said == []
    context.close()


def test_where_no_script_runs_the_still_picture_stands(static):
    text = static.read_text("utf-8")
    still = text.split("<noscript>")[1].split("</noscript>")[0]
    assert 'src="data:image/png;base64,' in still and 'alt="The lab, step 195' in still
