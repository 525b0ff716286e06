"""A lab of a notebook that trains in the page: from there to the kernel, and back.

On a bare page whose model is a widget's; then in a real JupyterLab. Runs where
playwright, anywidget, JupyterLab and a Chromium are; elsewhere it is skipped.
"""

import base64
import re

import pytest

pytest.importorskip("anywidget", reason="needs anywidget")
from browser_controls import LAB, button, field, frame, settle_details, until
from browser_pages import shot, watch

from benchmarks.browser import READY, run_all, served
from gan_utils import widgets
from gan_utils.lab import Lab
from gan_utils.widgets import lab_offer, scripts

pytestmark = pytest.mark.slow
BRIDGE = """async ([esm, css, values]) => {
    document.head.append(document.createElement('style'));
    document.head.lastChild.textContent = css;
    const heard = {};
    const tell = (event, ...what) =>
        (heard[event] ?? []).forEach((hear) => hear(...what));
    const text = (buffer) =>
        btoa(Array.from(new Uint8Array(buffer), (c) => String.fromCodePoint(c))
            .join(''));
    const view = (packed) => new DataView(
        Uint8Array.from(atob(packed), (c) => c.charCodeAt(0)).buffer);
    const model = {
        get: (name) => values[name],
        set: (name, value) => { values[name] = value; },
        save_changes: () => told(values.run),
        on: (event, hear) => { (heard[event] ??= new Set()).add(hear); },
        off: (event, hear) => { heard[event]?.delete(hear); },
        async send(question, _, buffers = []) {
            if (window.busy || !window.kernel) return;
            window.asked = (window.asked ?? 0) + 1;
            const [answers, source] = await answer(question, buffers.map(text));
            values.source = source;
            tell('change:source');
            for (const [message, packed] of answers) {
                tell('msg:custom', message, packed.map(view));
            }
        },
    };
    window.kernel = values.kind !== 'kept';
    window.taken = () => { values.source = 'kernel'; tell('change:source'); };
    const file = new Blob([esm], { type: 'text/javascript' });
    const { default: face } = await import(URL.createObjectURL(file));
    face.initialize({ model });
    window.view = () => {
        const el = document.body.appendChild(document.createElement('div'));
        return face.render({ model, el });
    };
    window.view();
}"""
WHERE = "document.querySelector('.gl-where').textContent"
IN_PAGE, IN_KERNEL = "Trains in this page.", "Trains in the kernel."


def opened(browser, kind="live", run="", **settings):
    """Open a bare page with a lab that trains there; `page.face` is the kernel's."""
    page = browser.new_page(viewport={"width": 1000, "height": 1300}, has_touch=True)
    page.set_default_timeout(60_000)
    page.said = watch(page)
    face = page.face = widgets.lab(source="page", **settings)
    view = face.widget

    def answer(question, uploads):
        uploads = [base64.b64decode(upload) for upload in uploads]
        given = [
            (message, [base64.b64encode(part).decode() for part in packed])
            for message, packed in face._answered(question, uploads)
        ]
        return given, view.source

    page.expose_function("answer", answer)
    page.expose_function("told", lambda run: setattr(view, "run", run))
    page.goto("about:blank")
    values = {"catalogue": face.catalogue, "offer": view.offer, "source": "page"}
    values |= {"kind": kind, "run": run, "recording": None}
    page.evaluate(BRIDGE, [scripts.bundle(), scripts.style(), values])
    until(page, "f.step >= 0")
    return page


@pytest.fixture
def page(browser):
    found = opened(browser)
    yield found
    assert found.said == []
    found.close()


def says(page, words: str) -> None:
    page.wait_for_function(f"{WHERE}.startsWith({words!r})")


def play(page, least: int = 30) -> int:
    """Play for a while, and rest until the kernel knows; return the step."""
    button(page, "▶ Play").click()
    until(page, f"f.step > {least}")
    button(page, "Pause").click()
    page.wait_for_function(f"{LAB}.link.free")
    page.wait_for_timeout(800)
    return page.evaluate(f"{LAB}.last[0].step")


def test_it_trains_in_the_page_and_the_kernel_knows_where_it_stands(page):
    says(page, IN_PAGE)
    now = play(page)
    shot(page, "lab-in-a-notebook")
    field(page, "Seed").fill("3")
    page.keyboard.press("Enter")
    until(page, "f.settings.seed === 3 && f.step === 0")
    now = play(page)
    assert page.face.answers.lanes[0].now == 0  # the kernel has trained nothing
    lab = page.face.lab
    assert (lab.now, lab.settings.seed) == (now, 3)
    there = page.evaluate(f"[...{LAB}.last[0].losses.values.d_loss.data]")
    assert there == pytest.approx(lab.history.values["d_loss"], rel=1e-4)
    alone = Lab(seed=3).play(20)  # the same run: early on, to rounding
    assert lab.seek(20).divergences["js"].value == pytest.approx(
        alone.divergences["js"].value, abs=0.01
    )


def test_it_asks_a_kernel_nothing_while_it_plays(page):
    page.wait_for_function("window.asked === 1")  # for programs, once
    page.evaluate("window.busy = true")
    play(page, 200)
    settle_details(page)
    field(page, "loss").select_option("hinge")  # a program that has come already
    until(page, "f.settings.loss === 'hinge'")
    play(page, 300)
    says(page, IN_PAGE)
    assert page.evaluate("window.asked") == 1


def test_what_the_page_has_no_program_for_the_kernel_plays_and_gives_back(page):
    settle_details(page)
    now = play(page)
    page.evaluate(f"{LAB}.set({{ g_width: 9 }})")
    until(page, f"f.settings.g_width === 9 && f.step === {now}")
    says(page, IN_KERNEL)
    assert "no program" in page.evaluate(WHERE)
    then = play(page, now + 20)
    assert page.face.answers.lanes[0].now == then
    field(page, "Timeline").focus()
    page.keyboard.press("Home")  # its past came along
    until(page, "f.step === 0 && f.settings.g_width === 8")
    button(page, "As it opened").click()
    says(page, IN_PAGE)
    until(page, "f.settings.g_width === 8 && f.step === 0")
    play(page)
    assert page.face.widget.source == "page"


def test_a_typed_loss_is_the_kernels_and_one_that_is_refused_changes_nothing(page):
    settle_details(page)
    now = play(page)
    box = field(page, "Loss as Python")
    box.fill("def loss(real, fake):\n    return oops")
    button(page, "Use this loss").click()
    page.locator(".gl-verdict").get_by_text("Refused").wait_for()
    says(page, IN_PAGE)
    assert frame(page) == now
    box.fill("def loss(real, fake):\n    return -real, -fake")
    button(page, "Use this loss").click()
    page.locator(".gl-verdict").get_by_text("Your loss is in").wait_for()
    says(page, IN_KERNEL)
    until(page, f"f.step === {now}")
    page.evaluate(f"{LAB}.wish({{ do: 'preset', name: 'on a line' }})")
    until(page, "f.settings.data === 'two bumps' && f.step === 0")
    says(page, IN_PAGE)


def test_a_run_and_its_fork_are_saved_and_loaded(page, tmp_path):
    now = play(page)
    settle_details(page)
    with page.expect_download() as info:
        button(page, "Save this run").click()
    info.value.save_as(tmp_path / "run.npz")
    says(page, IN_PAGE)
    assert Lab.load(tmp_path / "run.npz").now == now
    button(page, "Fork here").click()
    until(page, "f.step > 0", lane=1)
    page.locator(".gan-lab input[type=file]").first.set_input_files(
        tmp_path / "run.npz"
    )
    page.wait_for_function(f"{LAB}.face.frames.length === 1")
    until(page, f"f.step === {now}")
    says(page, IN_PAGE)


def test_code_that_asks_for_the_lab_has_it_and_the_face_follows(page):
    now = play(page)
    page.face.lab.play(10)
    page.evaluate("window.taken()")
    until(page, f"f.step === {now + 10}")
    says(page, IN_KERNEL)
    assert "Code" in page.evaluate(WHERE)
    button(page, "both").click()
    until(page, f"f.step === {now + 11}")
    assert page.face.lab.now == now + 11


def test_two_views_of_a_lab_in_the_page_are_one_lab(page):
    page.evaluate("() => { window.view(); }")
    until(page, "f.step === 0", lab=1)
    button(page, "▶ Play").click()
    until(page, "f.step > 20", lab=1)
    other = page.locator(".gan-lab").nth(1)
    other.get_by_role("button", name="Pause", exact=True).click()
    button(page, "▶ Play").wait_for()
    other.get_by_role("button", name="↺ Reset", exact=True).click()
    until(page, "f.step === 0")


def test_on_another_day_it_goes_on_where_it_stood(browser, page):
    now = play(page)
    seen = frame(page, "sentence")
    later = opened(browser, "kept", page.face.widget.run)
    until(later, f"f.step === {now}")
    assert frame(later, "sentence") == seen
    field(later, "Timeline").focus()
    later.keyboard.press("Home")
    until(later, "f.step === 0")
    play(later)
    later.evaluate(f"{LAB}.set({{ g_width: 9 }})")
    later.locator(".gl-note").get_by_text("Run All Above").wait_for()
    says(later, IN_PAGE)
    assert later.said == []
    later.close()


def test_a_kernel_that_is_too_busy_for_a_program_is_named(browser, monkeypatch):
    monkeypatch.setattr(lab_offer, "NEAR", "never asked for")
    page = opened(browser)
    page.evaluate("window.busy = true")
    page.evaluate(f"{LAB}.set({{ loss: 'hinge' }})")
    page.locator(".gl-note").get_by_text("busy with another cell").wait_for()
    page.evaluate("window.busy = false")
    page.evaluate(f"{LAB}.set({{ loss: 'hinge' }})")
    until(page, "f.settings.loss === 'hinge'")
    says(page, IN_PAGE)
    page.close()


CELLS = [
    "from gan_utils import widgets\nlab = widgets.lab('ring of 8')\nlab",
    "while True:\n    sum(range(300_000))  # as if it trained",
    "print('code reads step', lab.lab.now)",
]
RUN_CELL = """(number) => {  // and do not wait for its end
    window.jupyterapp.shell.currentWidget.content.activeCellIndex = number;
    window.jupyterapp.commands.execute("notebook:run-cell");
}"""
BUSY = """document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')[1]
    .textContent === '[*]:'"""
INTERRUPT = """window.jupyterapp.shell.currentWidget.sessionContext.session.kernel
    .interrupt()"""


def test_in_jupyterlab_it_plays_while_a_cell_trains(browser, tmp_path):
    pytest.importorskip("jupyterlab", reason="needs JupyterLab")
    with served(tmp_path, *CELLS) as address:
        page = browser.new_page(viewport={"width": 1200, "height": 1500})
        page.set_default_timeout(60_000)
        said = watch(page)
        page.goto(address)
        page.wait_for_selector(".jp-Notebook .jp-CodeCell")
        page.wait_for_function(READY)
        page.evaluate(RUN_CELL, 0)
        until(page, "f.step === 0")
        says(page, IN_PAGE)
        page.wait_for_timeout(1000)
        page.evaluate(RUN_CELL, 1)
        page.wait_for_function(BUSY)
        now = play(page, 100)
        assert page.evaluate(BUSY), "the cell has ended, so nothing is shown"
        page.evaluate(INTERRUPT)
        page.wait_for_function(f"!({BUSY})")
        page.evaluate(RUN_CELL, 2)
        told = page.get_by_text(re.compile(r"code reads step \d"))
        told.wait_for()
        assert told.inner_text().strip() == f"code reads step {now}"
        says(page, IN_KERNEL)
        wrong = ("TypeError", "ReferenceError", "anywidget", "gan-lab")
        assert [text for text in said if any(word in text for word in wrong)] == []
        page.close()


def test_in_jupyterlab_a_page_that_is_opened_again_finds_its_run(browser, tmp_path):
    pytest.importorskip("jupyterlab", reason="needs JupyterLab")
    with served(tmp_path, CELLS[0]) as address:
        page = browser.new_page(viewport={"width": 1200, "height": 1500})
        run_all(page, address)
        until(page, "f.step === 0")
        now = play(page)
        page.evaluate("window.jupyterapp.commands.execute('docmanager:save')")
        page.wait_for_timeout(1000)
        page.reload()
        until(page, f"f.step === {now}")
        says(page, IN_PAGE)
        button(page, "both").click()
        until(page, f"f.step === {now + 1}")
        page.close()
