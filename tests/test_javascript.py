"""The widgets' JavaScript: bundles that fit their sources, types, style and colours.

What runs esbuild, tsc or eslint needs them in `javascript/node_modules`.
"""

import hashlib
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from gan_utils.plots import style
from gan_utils.widgets import scripts

ROOT = Path(__file__).parents[1]
HOME = ROOT / "javascript"
SOURCES = sorted((HOME / "src").glob("*.js"), key=lambda path: path.name)
ALONE = (scripts.LOADER, scripts.EXPLORER, scripts.PAGE, scripts.WORKER)
BUNDLES = (*scripts.FACES, scripts.KEEPER, *ALONE)
needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="needs node")
needs_tools = pytest.mark.skipif(
    shutil.which("node") is None or not (HOME / "node_modules").is_dir(),
    reason="needs node, and `npm ci` run in javascript/",
)


def node(*arguments) -> None:
    """Run a program in the folder of the JavaScript; what it says is in the failure."""
    done = subprocess.run(
        ["node", *arguments], cwd=HOME, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", BUNDLES)
def test_a_bundle_is_of_the_present_sources(name):
    texts = [path.read_text("utf-8") for path in SOURCES]
    wanted = hashlib.sha256("".join(texts).encode()).hexdigest()
    first = scripts.bundle(name).partition("\n")[0]
    assert first.endswith(f" {wanted}"), "out of date: run `nox -s javascript`"


def test_every_bundle_is_known_and_every_source_is_in_one():
    assert {p.stem for p in (scripts.FOLDER / "dist").iterdir()} == set(BUNDLES)
    reached, waiting = set(), [f"{name}.js" for name in BUNDLES]
    while (
        waiting
    ):  # a page's bundles are minified and name no parts: follow the imports
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            text = (SOURCES[0].parent / name).read_text("utf-8")
            waiting += re.findall(r'from "\./(\w+\.js)"', text)
    assert reached == {path.name for path in SOURCES}


@pytest.mark.parametrize("face", [*scripts.FACES, scripts.KEEPER])
def test_a_face_runs_as_a_module_and_as_the_body_of_a_function(face):
    text = scripts.bundle(face)
    assert not re.search(r"^\s*import\b", text, re.M)
    assert text.count("export default") == 1  # the loader makes it a return
    assert text.endswith("\nexport default face.default;\n")


def test_nothing_is_fetched_from_elsewhere():
    everything = "".join(map(scripts.bundle, BUNDLES)) + scripts.style()
    assert not re.search(r"https?://|@import|url\(", everything)


def test_no_lock_file_names_the_host_of_a_registry():
    text = (HOME / "package-lock.json").read_text("utf-8")
    assert '"resolved"' not in text and "registry" not in text


def test_colours_stand_in_the_palette_alone():
    hues = hues_of(HOME / "src" / "palette.js")
    for path in SOURCES:
        assert path.name == "palette.js" or not hues_of(path), path.name
    sheets = [hues_of(scripts.FOLDER / name) for name in scripts.STYLES]
    assert set.union(*sheets) & hues == {"#ffffff"}  # they have others of their own


def hues_of(path) -> set[str]:
    return set(re.findall(r"#[0-9a-f]{6}\b", path.read_text("utf-8").lower()))


def test_the_lab_has_the_colours_of_the_figures():
    palette = (HOME / "src" / "palette.js").read_text("utf-8")
    light = re.search(r"const LIGHT = {(.*?)^};", palette, re.M | re.S)[1]
    found = dict(re.findall(r'(\w+): "(#\w{6})"', light))
    for name in ("real", "fake", "critic", "muted"):
        assert found[name].lower() == getattr(style, name.upper()).lower()


@needs_node
@pytest.mark.parametrize("name", BUNDLES)
def test_a_bundle_is_javascript(name, tmp_path):
    (tmp_path / "bundle.mjs").write_text(scripts.bundle(name), "utf-8")
    node("--check", tmp_path / "bundle.mjs")


@needs_tools
def test_esbuild_makes_the_same_bundles_again(tmp_path):
    node("build.js", tmp_path)
    for name in BUNDLES:
        made = (tmp_path / f"{name}.js").read_text("utf-8")
        assert made == scripts.bundle(name), "out of date: run `nox -s javascript`"


@needs_tools
def test_the_types_fit():
    node("node_modules/typescript/bin/tsc", "--project", ".")


@needs_tools
def test_eslint_finds_nothing():
    node("node_modules/eslint/bin/eslint.js", ".")
