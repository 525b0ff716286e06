"""Every control of the lab, operated by mouse, keys or touch, and what it must change.

Each function takes a page whose first face is a lab and leaves it paused, with one
lane. A way is "mouse", "key" or "touch".
"""

from browser_pages import press, use

FRAME = "document.querySelectorAll('.gan-lab')[{}].lab.face.frames[{}]"
LAB = "document.querySelector('.gan-lab').lab"
PICTURE = "document.querySelector('.gl-stage').toDataURL()"
STANDS = "s => (s.value - s.min) / (s.max - s.min)"  # at which share of its length
TYPED = "def loss(real, fake):\n    return softplus(-real) + softplus(fake), {} * -fake"


def frame(page, what: str = "step", lane: int = 0, lab: int = 0):
    """Read a part of the frame that is shown."""
    return page.evaluate(f"{FRAME.format(lab, lane)}.{what}")


def until(page, condition: str, lane: int = 0, lab: int = 0) -> None:
    """Wait for a condition on the last frame, which is called f."""
    found = FRAME.format(lab, lane).replace("].lab", "]?.lab")
    page.wait_for_function(f"(f => f && ({condition}))({found})")


def settled(page) -> None:
    """Wait until the lab stands still for a second: nothing above it grows."""
    place, still = None, 0
    while still < 10:
        page.wait_for_timeout(100)
        now = page.locator(".gan-lab").first.bounding_box()
        place, still = now, still + 1 if now == place else 0


def button(page, name: str):
    """Find a button of the first face."""
    return page.locator(".gan-lab").first.get_by_role("button", name=name, exact=True)


def field(page, label: str):
    """Find a slider, menu or box of the first face."""
    return page.locator(".gan-lab").first.get_by_label(label, exact=True)


def settle_details(page, way: str = "mouse") -> None:
    """Unfold all that is folded."""
    for summary in page.locator(".gan-lab").first.locator("summary").all():
        if not summary.evaluate("s => s.parentElement.open"):
            use(page, summary, way)


def slide(page, label: str, way: str, key: str = "ArrowRight", share=None) -> None:
    """Move a slider: a key, or a press at a share of its length, else far from now."""
    target = field(page, label)
    if way == "key":
        press(page, target, key)
        return
    box = target.bounding_box()
    assert box["height"] >= 44
    if share is None:
        share = 0.65 if target.evaluate(STANDS) < 0.4 else 0.1
    at = {"x": box["width"] * share, "y": box["height"] / 2}
    target.click(position=at) if way == "mouse" else target.tap(position=at)


def choose(page, label: str, way: str, value: str) -> None:
    """Open a menu, walk to an entry with the arrow keys and take it."""
    menu = field(page, label)
    options = menu.evaluate("m => [...m.options].map((option) => option.value)")
    use(page, menu, way)
    page.keyboard.press("Home")
    for _ in range(options.index(value)):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert menu.input_value() in (value, "")  # "" where a preset has been taken


def run_buttons(page, way: str) -> None:
    """Play, pause, the three steps, reset, slow motion."""
    use(page, button(page, "↺ Reset"), way)
    until(page, "f.step === 0")
    for count, name in enumerate(("both", "D", "G"), start=1):
        use(page, button(page, name), way)
        until(page, f"f.step === {count}")
    use(page, button(page, "▶ Play"), way)
    until(page, "f.step > 40")
    use(page, button(page, "Pause"), way)
    page.wait_for_timeout(200)
    stands = frame(page)
    page.wait_for_timeout(200)
    assert frame(page) == stands
    use(page, button(page, "Slow motion"), way)
    page.get_by_text("1 of 10").wait_for()
    page.get_by_text("2 of 10").wait_for()
    use(page, button(page, "Slow motion"), way)


def timeline(page, way: str) -> None:
    """The steps back and forward, the slider of the time, the speed, the seed."""
    use(page, button(page, "↺ Reset"), way)
    until(page, "f.step === 0")
    for count in range(1, 5):
        use(page, button(page, "both"), way)
        until(page, f"f.step === {count}")
    use(page, button(page, "one step back"), way)
    until(page, "f.step === 3 && f.head === 4")
    use(page, button(page, "one step forward"), way)
    until(page, "f.step === 4")
    slide(page, "Timeline", way, key="Home", share=0.02)
    until(page, "f.step === 0 && f.head === 4")
    before = page.evaluate(f"{LAB}.speed")
    slide(page, "Speed", way, share=0.7)
    assert page.evaluate(f"{LAB}.speed") > before
    use(page, button(page, "▶ Play"), way)
    until(page, f"f.step >= {before + 1}")
    use(page, button(page, "Pause"), way)
    slide(page, "Speed", way, key="ArrowLeft", share=0.5)
    seed = field(page, "Seed")
    wanted = int(frame(page, "settings.seed")) + 1
    seed.focus() if way == "key" else use(page, seed, way)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(str(wanted))
    page.keyboard.press("Enter")
    until(page, f"f.settings.seed === {wanted} && f.step === 0")


def differs(page, picture: str, before: str, what: str) -> None:
    """Wait until a picture is another than before; say what did not change it."""
    for _ in range(200):
        if page.evaluate(picture) != before:
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{what} did not change the picture")


def layers(page, way: str) -> None:
    """Eight layers, three kinds of arrows, the morph, the measures of the chart."""
    page.emulate_media(reduced_motion="reduce")
    use(page, button(page, "▶ Play"), way)  # an untrained D may have no line in view
    until(page, "f.step >= 60")
    use(page, button(page, "Pause"), way)
    settled(page)
    boxes = page.locator(".gan-lab").first.locator("[data-layer]")
    assert boxes.count() == 8
    for index in range(8):
        before, box = page.evaluate(PICTURE), boxes.nth(index)
        ticked = box.is_checked()
        use(page, box, way)
        name = box.get_attribute("data-layer")
        assert box.is_checked() != ticked, f"the tick of {name} did not move"
        differs(page, PICTURE, before, f"the layer {name}")
        use(page, box, way)
    for kind in ("discriminator", "displacement", "generator_loss"):
        choose(page, "Arrows show", way, kind)
        until(page, f"f.arrows.kind === '{kind}'")
    chart = "document.querySelectorAll('.gl-chart')[1].toDataURL()"
    until(page, "f.step >= 0")
    for name in ("w1", "energy", "kl_qp", "kl_pq", "js"):
        before = page.evaluate(chart)
        choose(page, "How far apart?", way, name)
        differs(page, chart, before, f"the chart of {name}")
    page.emulate_media(reduced_motion="no-preference")
    use(page, button(page, "Noise → samples"), way)
    page.wait_for_function(f"{LAB}.face.morph < 1")
    page.wait_for_function(f"{LAB}.face.morph === 1")


def menus(page, way: str) -> None:
    """Data, noise, optimiser, loss and penalty: the next frame has the new value."""
    settle_details(page, way)
    second = {"mouse": 1, "key": 0, "touch": 2}[way]
    wanted = {
        "data": ("data", ("line", "ring", "grid of 9")[second]),
        "noise": ("noise", ("uniform 2d", "gaussian 1d", "uniform 1d")[second]),
        "optimiser": ("optimizer", ("sgd", "adam", "sgd")[second]),
        "loss": ("loss", ("hinge", "least_squares", "relativistic")[second]),
        "penalty": ("penalty", ("r1", "dragan", "r1_r2")[second]),
    }
    for label, (name, value) in wanted.items():
        choose(page, label, way, value)
        until(page, f"f.settings.{name} === '{value}'")
    stands = frame(page)
    use(page, button(page, "both"), way)
    until(page, f"f.step === {stands + 1}")


def sliders(page, way: str) -> None:
    """All eleven numbers: the next frame has another value of each."""
    settle_details(page, way)
    described = page.evaluate(
        f"{LAB}.catalogue.groups.flatMap(g => g[1]).filter(c => !c.options)"
        ".map(c => [c.name, c.label])"
    )
    names = dict(described)
    assert len(names) == 11
    choose(page, "optimiser", way, "adam")  # else beta1 has no effect, and rests;
    choose(page, "penalty", way, "r1")  # so does the weight of no penalty
    until(page, "f.settings.optimizer === 'adam' && f.settings.penalty === 'r1'")
    before = frame(page, "settings")
    for name, label in names.items():  # all at once: what is asked for is joined
        slide(page, label, way, key="ArrowLeft" if name == "batch" else "ArrowRight")
    until(page, " && ".join(f"f.settings.{n} !== {before[n]}" for n in names))
    assert field(page, "beta1 of Adam").get_attribute("aria-valuetext")
    use(page, button(page, "↺ Reset"), way)  # with such rates a trained run breaks
    until(page, "f.step === 0")
    use(page, button(page, "both"), way)
    until(page, "f.step === 1")
    choose(page, "Preset", way, "default")  # small networks: what follows compiles fast
    until(page, "f.settings.k_d === 1 && f.settings.g_width === 8 && f.step === 0")


def two_lanes(page, way: str) -> None:
    """Fork, send settings to A, B or both, see both in slow motion, close it."""
    settle_details(page, way)
    use(page, button(page, "Fork here"), way)
    until(page, "f.step >= 0", lane=1)
    for lane, changed in (("B", [1]), ("A", [0]), ("AB", [0, 1])):
        choose(page, "Settings go to", way, lane)
        before = [frame(page, "settings.g_rate", lane=i) for i in (0, 1)]
        share = {"A": 0.3, "B": 0.5, "AB": 0.8}[lane]
        slide(page, "G: learning rate", way, share=share)
        for i in (0, 1):
            same = "!==" if i in changed else "==="
            until(page, f"f.settings.g_rate {same} {before[i]}", lane=i)
    use(page, button(page, "Slow motion"), way)
    page.wait_for_function(f"{LAB}.face.phases.filter(Boolean).length === 2")
    use(page, button(page, "Slow motion"), way)
    use(page, button(page, "Close the fork"), way)
    page.wait_for_function("!" + FRAME.format(0, 1))


def drawing(page, way: str) -> None:
    """Draw data and use them; a stroke over the edge is cut there."""
    use(page, button(page, "✎ Draw data"), way)
    use(page, button(page, "Clear"), way)
    stage = page.locator(".gl-stage").first
    stage.scroll_into_view_if_needed()
    box = stage.bounding_box()
    begin = box["x"] + 0.3 * box["width"], box["y"] + 0.4 * box["height"]
    beyond = box["x"] + 1.1 * box["width"], box["y"] + 0.5 * box["height"]
    if way == "key":
        stage.focus()
        for key in ("ArrowDown", "Space", "ArrowRight", "Space"):
            page.keyboard.press(key)
    else:
        stroke(page, way, begin, beyond)
    use(page, button(page, "Use this drawing"), way)
    least = 2 if way == "key" else 20
    until(
        page, f"f.settings.data === 'drawing' && f.settings.drawing.length >= {least}"
    )
    points = frame(page, "settings.drawing")
    assert max(abs(value) for point in points for value in point) <= 2.4


def stroke(page, way: str, begin, end) -> None:
    """Draw a line with the mouse, a finger or a pen, as the browser reports them."""
    session = page.context.new_cdp_session(page)
    places = [
        tuple(a + (b - a) * k / 8 for a, b in zip(begin, end, strict=True))
        for k in range(9)
    ]
    for k, (x, y) in enumerate(places):
        last = k == len(places) - 1
        if way == "touch":
            kind = "touchStart" if k == 0 else "touchEnd" if last else "touchMove"
            points = [] if last else [{"x": x, "y": y}]
            event = {"type": kind, "touchPoints": points}
            session.send("Input.dispatchTouchEvent", event)
            page.wait_for_timeout(150 if k == len(places) - 2 else 20)  # no fling
        else:
            kind = ("mousePressed", "mouseReleased", "mouseMoved")
            event = {"type": kind[0 if k == 0 else 1 if last else 2], "x": x, "y": y}
            event |= {"button": "left", "buttons": 0 if last else 1, "clickCount": 1}
            event["pointerType"] = "pen" if way == "pen" else "mouse"
            session.send("Input.dispatchMouseEvent", event)
    session.detach()


def typed(page, way: str) -> None:
    """A loss typed as Python is taken, or refused with the reason."""
    settle_details(page, way)
    for text, words in (
        (TYPED.format({"mouse": 1, "key": 2, "touch": 3}[way]), "Your loss is in"),
        ("def loss(real, fake):\n    return oops", "Refused"),
    ):
        box = field(page, "Loss as Python")
        box.focus() if way == "key" else use(page, box, way)
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.insert_text(text)
        use(page, button(page, "Use this loss"), way)
        page.locator(".gl-verdict").first.get_by_text(words).wait_for()
    until(page, "f.settings.loss.python")


def kept(page, way: str, folder) -> None:
    """Save a run that holds code, load it again, agree to the code; take a preset."""
    settle_details(page, way)
    use(page, button(page, "both"), way)
    page.wait_for_timeout(100)
    stands = frame(page)
    with page.expect_download() as info:
        use(page, button(page, "Save this run"), way)
    info.value.save_as(folder / f"{way}.npz")
    use(page, button(page, "↺ Reset"), way)
    until(page, "f.step === 0")
    with page.expect_file_chooser() as chooser:
        use(page, button(page, "Load a run"), way)
    chooser.value.set_files(folder / f"{way}.npz")
    page.get_by_text("holds a loss typed as Python").wait_for()
    assert frame(page) == 0
    use(page, button(page, "Load it and run this code"), way)
    until(page, f"f.step === {stands} && f.settings.loss.python")
    choose(page, "Preset", way, "GAN Lab: ring")
    until(page, "f.settings.k_d === 3 && f.step === 0")


def wall(page, way: str) -> None:
    """Many seeds at once."""
    settle_details(page, way)
    slide(page, "Steps", way, key="Home", share=0.01)
    use(page, button(page, "Run 64 seeds"), way)
    page.get_by_text("of 64 seeds are sound").wait_for()
    assert page.locator(".gl-wall").first.bounding_box()["height"] > 200


def everything(page, way: str, folder) -> None:
    """Operate all controls of the lab, one after another."""
    for part in (run_buttons, timeline, layers, menus, sliders, two_lanes, wall):
        part(page, way)
    drawing(page, way)
    typed(page, way)
    kept(page, way, folder)
