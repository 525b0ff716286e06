"""The lab in a page without a kernel: it trains as JAX does, and the face can be used.

Runs where playwright and a Chromium are; the programs come with the package.
"""

import base64
import hashlib
import json
import zlib
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from browser_pages import SMALL

from gan_utils import page
from gan_utils.engine import fast
from gan_utils.lab import PRESETS, Lab, Settings, prepared
from gan_utils.lab.programs import PROGRAMS
from gan_utils.lab.timeline import pack, unpack
from gan_utils.widgets import lab_in_page, scripts
from gan_utils.widgets.binary import split
from gan_utils.widgets.binary import unpack as unpacked
from gan_utils.widgets.lab_answers import Answers

pytestmark = pytest.mark.slow
UPDATES = 200
# Scores count by their differences alone, so that what a bias of D adds to all of them
# has no slope but rounding; Adam moves it by the sign of that.
NO_SLOPE = ("relativistic", "wasserstein")
TRIALS = 4  # runs of JAX whose first weights are one rounding away

OPEN = """async ({facts, names, files, settings}) => {
    const bytes = text => Uint8Array.from(atob(text), c => c.charCodeAt(0));
    const find = key => names[key] && labWorker.compiled(bytes(files[names[key]]));
    window.answers = new labWorker.Answers(facts, find, settings);
    await answers.open();
    window.lane = answers.lanes[0];
    window.text = all => btoa(Array.from(all, c => String.fromCharCode(c)).join(''));
    window.bytes = bytes;
    return text(lane.machine.pack());
}"""
FREE = """n => {
    lane.advance(n);
    const { values } = lane.losses.series();
    return { state: text(lane.machine.pack()), d: [...values.d_loss],
             g: [...values.g_loss] };
}"""
ONE_BY_ONE = """states => states.map(state => {
    lane.machine.unpack(bytes(state));
    lane.machine.update(labWorker.movesOf(lane.setup));
    return text(lane.machine.pack());
})"""


@pytest.fixture(scope="module")
def tab(browser):
    """Open an empty page without a network that has the thread's functions."""
    context = browser.new_context(offline=True)
    found = context.new_page()
    found.evaluate(scripts.bundle(scripts.WORKER) + "\nwindow.labWorker = labWorker;")
    yield found
    context.close()


def begun(tab, settings: Settings, every: bool = False) -> str:
    """Begin a lab in the page, with its own or every program; return its state."""
    names = lab_in_page.shared()["names"]
    wanted = {names[prepared.key(kind, settings)] for kind in PROGRAMS}
    wanted = set(names.values()) if every else wanted
    files = {name: lab_in_page.encoded(name) for name in wanted}
    job = {"facts": lab_in_page.facts(), "names": names, "files": files}
    return tab.evaluate(OPEN, job | {"settings": settings.as_json()})


def read(text: str, like) -> list[np.ndarray]:
    """Read a page's state as the arrays of one of JAX."""
    numbers = np.frombuffer(base64.b64decode(text), "uint8")
    made = unpack(pack(like)._replace(numbers=numbers))
    return page.leaves_of(made)


def gaps(text: str, state, hidden: bool) -> dict[str, float]:
    """Compare a state of the page with one of JAX, leaf by leaf; integers exactly.

    Args:
        text: packed state of the page.
        state: of JAX.
        hidden: leave out D's biases, whose slopes may be rounding alone.
    """
    found = {}
    paths = [jax.tree_util.keystr(p) for p, _ in jax.tree.leaves_with_path(state)]
    for path, got, want in zip(
        paths, read(text, state), page.leaves_of(state), strict=True
    ):
        if want.dtype.kind != "f":
            np.testing.assert_array_equal(got, want, err_msg=path)
        elif not (hidden and path.startswith(".d.") and "['bias']" in path):
            gap = np.linalg.norm(got - want) / (np.linalg.norm(want) + 1e-9)
            found[path] = float(gap)
    return found


def one_rounding_away(state, seed: int):
    """Move every weight of both networks by its last bit, up or down."""
    rng = np.random.default_rng(seed)

    def moved(x):
        ends = np.float32(-np.inf), np.float32(np.inf)
        return jnp.asarray(np.nextafter(x, rng.choice(ends, x.shape)))

    d, g = (
        player._replace(variables=jax.tree.map(moved, player.variables))
        for player in (state.d, state.g)
    )
    return state._replace(d=d, g=g)


def weights(apart: dict[str, float]) -> float:
    """Return the largest gap of a weight, of all gaps."""
    return max(gap for path, gap in apart.items() if ".variables" in path)


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_trains_in_the_page_as_in_jax(tab, preset):
    """200 updates; where JAX itself cannot say what they end at, one rounding decides.

    In such a preset, JAX's own run from weights that are one bit away ends as far from
    its run as the page does, or farther.
    """
    lab = Lab(**PRESETS[preset])
    play = partial(fast.run, lab.setup.gan, source=lab.setup.batches, steps=UPDATES)
    hidden = lab.settings.loss in NO_SLOPE
    assert max(gaps(begun(tab, lab.settings), lab.state, False).values()) < 1e-6
    free = tab.evaluate(FREE, UPDATES)
    after, reports = play(lab.state)
    apart = weights(gaps(free["state"], after, hidden))  # integers: the same anyway
    early = max(
        np.abs(np.subtract(free[name][:20], found[:20])).max()
        for name, found in (("d", reports.d_loss), ("g", reports.g_loss))
    )
    print(f"{preset}: {apart:.1e} after {UPDATES}, losses {early:.1e} in the first 20")
    if apart < 1e-4 and early < 1e-5:
        return
    others = [play(one_rounding_away(lab.state, seed))[0] for seed in range(TRIALS)]
    own = [weights(gaps(packed(other), after, hidden)) for other in others]
    assert max(own) > 1e-2, "JAX can say where this ends: the page must, too"
    assert apart < 5 * max(own)


@pytest.mark.parametrize("preset", PRESETS)
def test_each_update_is_that_of_jax(tab, preset):
    """Each of 200 updates, from JAX's state before it: nothing can add up.

    Where a hidden unit lies within a rounding of 0, its slope is another on either
    side; hence the few updates with more than 1e-4.
    """
    lab = Lab(**PRESETS[preset])
    hidden = lab.settings.loss in NO_SLOPE
    states = [lab.state]
    for _ in range(UPDATES):
        states.append(fast.run(lab.setup.gan, states[-1], lab.setup.batches, 1)[0])
    begun(tab, lab.settings)
    made = tab.evaluate(ONE_BY_ONE, [packed(state) for state in states[:-1]])
    pairs = zip(made, states[1:], strict=True)
    worst = [weights(gaps(text, state, hidden)) for text, state in pairs]
    print(preset, np.percentile(worst, [50, 90, 95, 100]))
    assert np.median(worst) < 1e-5
    assert np.percentile(worst, 90) < 1e-4
    assert max(worst) < 0.05


def packed(state) -> str:
    """Write a state as a page reads it."""
    return base64.b64encode(pack(state).numbers.tobytes()).decode()


def test_names_of_programs_are_the_same_on_both_sides(tab):
    every = list(prepared.offered())
    found = tab.evaluate(
        """all => all.map(one => ['data', 'noise', 'start', 'train', 'look']
            .map(kind => labWorker.keyOf(kind, one)))""",
        [settings.as_json() for settings in every],
    )
    for settings, keys in zip(every, found, strict=True):
        assert keys == [prepared.key(kind, settings) for kind in PROGRAMS]


def test_a_frame_of_the_page_shows_what_the_kernel_shows(tab):
    for base in (
        {},
        PRESETS["on a line"],
        dict(loss="wasserstein", noise="uniform 1d"),
    ):
        lab = Lab(**base)
        begun(tab, lab.settings)
        for arrows in ("generator_loss", "discriminator", "displacement"):
            shot = tab.evaluate(SHOT, arrows)
            values, arrays = split(lab.frame(arrows))
            for name, array in arrays.items():
                found = np.asarray(shot["arrays"][name], float).reshape(array.shape)
                # A point on the edge of two cells may be counted in the other one.
                room = 5e-3 if name in COUNTED else 1e-4
                np.testing.assert_allclose(found, array, rtol=room, atol=room)
            assert shot["values"]["sentence"] == values["sentence"]
            for name, one in values["divergences"].items():
                here = shot["values"]["divergences"][name]["value"]
                assert here == pytest.approx(one["value"], rel=1e-4, abs=1e-5)


def test_the_wall_of_seeds_is_the_kernels(tab):
    lab = Lab(seed=5)
    begun(tab, lab.settings)
    before = tab.evaluate("text(lane.machine.pack())")
    tab.evaluate("answers.answer({ view: 'v', id: 1 })")
    found = tab.evaluate(
        """async () => {
            const commands = [{ do: 'wall', steps: 100 }];
            const all = await answers.answer({ view: 'v', id: 2, commands });
            return text(all[all.length - 1]);
        }"""
    )
    here, wanted = unpacked(base64.b64decode(found)), lab.wall(steps=100)
    assert np.array_equal(here["seeds"], wanted.seeds)
    assert np.array_equal(here["steps"], wanted.steps)
    assert np.median(np.abs(here["fake"] - wanted.fake)) < 1e-4
    assert np.median(np.abs(here["covered"] - wanted.covered)) < 1e-4
    assert np.abs(here["survival"] - wanted.survival).max() <= 2 / 64
    assert tab.evaluate("text(lane.machine.pack())") == before


TALK = """async commands => {
    const all = [];
    for (const [id, { play, ...command }] of commands.entries()) {
        const commands = command.do ? [command] : [];
        const question = { view: 'v', id, commands, play };
        const packed = await answers.answer(question);
        all.push({ message: answers.message, lanes: answers.lanes.map(lane =>
            [lane.now, lane.first, lane.head, lane.message]),
            settings: answers.lanes.map(lane => lane.settings) });
    }
    return all;
}"""
ALIKE = ("note", "info", "stopped", "obeyed", "preset", "lanes", "phase")
WORDS = [
    dict(play=40),
    dict(do="step", who="discriminator"),
    dict(do="step", who="discriminator"),
    dict(do="step", who="generator"),
    dict(do="set", values=dict(d_rate=0.02)),
    dict(play=30),
    dict(do="seek", step=20),
    dict(do="look"),
    dict(do="set", values=dict(k_d=3, loss="hinge")),  # in the past: the rest goes
    dict(play=25),
    dict(do="seek", step=3),
    dict(play=30),
    dict(do="fork"),
    dict(do="set", lane="B", values=dict(penalty="r1", gamma=0.5)),
    dict(play=20),
    dict(do="set", lane="A", values=dict(gamma=0.7)),
    dict(do="seek", step=50),
    dict(do="phase"),
    dict(do="phase"),
    dict(do="play", n=7),
    dict(do="set", lane="AB", values=dict(penalty="clip", gamma=0.0)),
    dict(do="set", lane="AB", values=dict(batch=0)),
    dict(do="set", lane="AB", values=dict(data="drawing")),
    dict(do="set", lane="AB", values=dict(data="drawing", drawing=[[1.0, 1.0]])),
    dict(do="join"),
    dict(do="set", values=dict(data="ring of 8", optimizer="sgd", loss="minimax")),
    dict(do="set", values=dict(data="two bumps", optimizer="adam", k_d=1)),
    dict(play=10),
    dict(do="reset", seed=9),
    dict(do="set", values=dict(seed=10)),
    dict(do="set", values=dict(seed=10)),
    dict(do="preset", name="eight clouds"),
    dict(do="set", values=dict(k_d=0)),
    dict(play=5),
    dict(do="set", values=dict(k_g=0)),
    dict(do="reset", seed=None),
    dict(do="preset", name="GAN Lab: ring"),
    dict(do="set", values=dict(g_rate=10.0, d_rate=10.0, loss="wasserstein")),
    dict(play=400),  # it breaks
    dict(play=10),
    dict(do="step", who="both"),
    dict(do="seek", step=1),
]


def test_page_and_kernel_answer_alike(tab):
    lab = Lab()
    begun(tab, lab.settings, every=True)
    there = tab.evaluate(TALK, WORDS)
    here = Answers(lab)
    for number, (word, found) in enumerate(zip(WORDS, there, strict=True)):
        play = word.get("play", 0)
        commands = [word] if "do" in word else []
        message, _ = here.answer(
            {"view": "v", "id": number, "commands": commands, "play": play}
        )
        where = f"{number}: {word}"
        lanes = [[lane.now, lane.first, lane.head] for lane in here.lanes]
        assert [lane[:3] for lane in found["lanes"]] == lanes, where
        own = [lane.settings.as_json() for lane in here.lanes]
        assert found["settings"] == json.loads(json.dumps(own)), where
        for name in ALIKE:
            assert found["message"].get(name) == message.get(name), (where, name)


COUNTED = ("best", "curves.q", "curves.best")
SHOT = """arrows => {
    const { values, arrays } = lane.camera.frame(lane, arrows);
    const lists = Object.entries(arrays).map(([name, { data }]) => [name, [...data]]);
    return { values, arrays: Object.fromEntries(lists) };
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Write a page with a lab, and what it shares, into a folder."""
    folder = tmp_path_factory.mktemp("site")
    lab_in_page.write(folder / "gan_lab")
    head = '<!DOCTYPE html><html lang="en"><title>A lab</title><meta charset="utf-8">'
    still = lab_in_page.fragment(
        "gan_lab/", first="<p>first</p>", elsewhere="https://colab.example/00"
    )
    (folder / "lab.html").write_text(f"{head}<body>{still}</body></html>", "utf-8")
    whole = lab_in_page.page("One lab", preset="on a line", seed=3)
    (folder / "whole.html").write_text(whole, "utf-8")
    return folder


def opened(browser, file, width=1000):
    """Open a page from the folder, with the network cut; return it and its faults."""
    context = browser.new_context(
        offline=True, viewport={"width": width, "height": 900}, reduced_motion="reduce"
    )
    tab, faults = context.new_page(), []
    tab.on("requestfailed", lambda request: faults.append(request.url))
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.on(
        "console",
        lambda line: line.type == "error" and faults.append(line.text),
    )
    tab.goto(file.as_uri())
    tab.wait_for_function(f"{FACE}?.face.frames.length", timeout=60000)
    return tab, faults


FACE = "document.querySelector('.gan-lab')?.lab"
NOW = f"{FACE}.last.map(f => f.step)"


def test_a_lab_on_a_page_is_played_and_changed(browser, site):
    tab, faults = opened(browser, site / "lab.html")
    assert not tab.get_by_text("first", exact=True).count()
    tab.get_by_role("button", name="Play").first.click()
    tab.wait_for_function(f"{NOW}[0] > 20")
    tab.get_by_role("button", name="Pause").first.click()
    tab.wait_for_function(f"!{FACE}.playing && {FACE}.link.free")
    at = tab.evaluate(NOW)[0]
    seen = tab.evaluate(f"{FACE}.last[0].sentence")

    wish(tab, {"do": "step", "who": "discriminator"})
    assert tab.evaluate(NOW) == [at + 1]
    wish(tab, {"do": "seek", "step": at})
    assert tab.evaluate(f"{FACE}.last[0].sentence") == seen
    wish(tab, {"do": "fork"})
    wish(tab, {"do": "set", "lane": "B", "values": {"loss": "hinge", "k_d": 4}})
    assert tab.evaluate(f"{FACE}.last.map(f => f.settings.loss)")[1] == "hinge"
    wish(tab, {"do": "join"})
    wish(tab, {"do": "set", "lane": "A", "values": {"g_width": 13}})
    note = tab.evaluate(f"{FACE}.note.textContent")
    assert "no program" in note and "type gan-course" in note
    link = tab.get_by_role("link", name="Or open it in Colab.")
    assert link.get_attribute("href") == "https://colab.example/00"
    assert tab.evaluate(f"{FACE}.last[0].settings.g_width") == 8
    drawing = [[0.1 * k, -1.0] for k in range(9)]
    values = {"data": "drawing", "drawing": drawing}
    wish(tab, {"do": "set", "lane": "A", "values": values})
    wish(tab, {"do": "phase"})
    assert tab.evaluate(f"{FACE}.last[0].settings.data") == "drawing"
    assert not faults
    tab.context.close()


def wish(tab, command: dict) -> None:
    """Send the face's wish, and wait for what comes of it."""
    tab.evaluate(f"one => {FACE}.wish(one)", command)
    tab.wait_for_function(f"{FACE}.link.free && !{FACE}.link.wishes.length")


@pytest.mark.parametrize("width", [390, 1400])
def test_one_file_is_a_whole_lab_at_any_width(browser, site, width):
    tab, faults = opened(browser, site / "whole.html", width)
    assert tab.evaluate(f"{FACE}.last[0].settings.seed") == 3
    assert tab.evaluate(f"Boolean({FACE}.last[0].curves)")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert not tab.evaluate(SMALL)
    assert not faults
    assert (site / "whole.html").stat().st_size < 1_500_000
    tab.context.close()


def test_a_page_that_may_start_no_thread_trains_on_its_own(browser, site):
    context = browser.new_context(offline=True)
    context.add_init_script("window.Worker = class { constructor() { throw 1; } }")
    tab = context.new_page()
    tab.goto((site / "whole.html").as_uri())
    tab.wait_for_function(f"{FACE}?.face.frames.length", timeout=60000)
    tab.get_by_role("button", name="Play").first.click()
    tab.wait_for_function(f"{NOW}[0] > 5")
    context.close()


@pytest.mark.skipif(not page.compiler(), reason="needs a clang: pip install ziglang")
@pytest.mark.parametrize("kind", ["data", "noise", "start", "train"])
def test_a_program_is_made_again_to_its_last_byte(kind):
    known = json.loads((lab_in_page.PROGRAMS / prepared.MANIFEST).read_text("utf-8"))
    if known["made_with"] != prepared.made_with():
        pytest.skip(f"made with {known['made_with']}, here is {prepared.made_with()}")
    settings = Settings()
    module = prepared.source_of(kind, settings)
    name = prepared.digest(module.source + module.describe())
    assert known["programs"][prepared.key(kind, settings)] == name
    packed = prepared.packed(module, page.compiled(module.source))
    found = hashlib.sha256(zlib.decompress(packed)).hexdigest()
    assert found == known["sha256"][name]


def test_every_program_is_as_it_was_made():
    known = json.loads((lab_in_page.PROGRAMS / prepared.MANIFEST).read_text("utf-8"))
    for name, wanted in known["sha256"].items():
        file = lab_in_page.PROGRAMS / f"{name}{prepared.ENDING}"
        found = hashlib.sha256(zlib.decompress(file.read_bytes())).hexdigest()
        assert found == wanted
    assert set(known["programs"].values()) == set(known["sha256"])
    assert set(known["programs"]) == set(prepared.needed())
