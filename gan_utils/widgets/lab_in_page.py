"""Labs on pages without a kernel: the files that pages share, and the HTML of one lab.

The programs that train were prepared by `gan_utils.lab.prepared` and come with the
package. All files are scripts, so a page opened from a folder can load them.
"""

import html
import json
import re
from pathlib import Path

import numpy as np
from scipy.special import ndtr

from gan_utils.lab import CHOICES, PRESETS, RANGES, Settings
from gan_utils.lab.frame import NODES
from gan_utils.lab.loss_readings import READINGS
from gan_utils.lab.prepared import ENDING
from gan_utils.lab.settings import WHOLE
from gan_utils.lab.slow import CAPTIONS
from gan_utils.lab.sources import source_of
from gan_utils.lab.view import WIDEST
from gan_utils.whole_files import write_with
from gan_utils.widgets import lab_controls, lab_programs, scripts
from gan_utils.widgets.lab_programs import PROGRAMS, encoded

REACHED = 9  # cells that a blur reaches, in double precision
HOLDER = "gan-lab-page"  # class of the element that a lab starts in
OURS = re.compile(r"[0-9a-f]{12}\.js")  # names of programs, by `prepared.digest`
WHOLE_PAGE = ":root { color-scheme: light dark; } body { margin: 0; }\n"


def facts() -> dict:
    """Collect what a page must know of the lab, so that nothing stands twice."""
    place = np.arange(REACHED)
    share = ndtr(place + 0.5) - ndtr(place - 0.5)
    nodes = np.linspace(-WIDEST, WIDEST, NODES)
    sources = {
        name: source_of(Settings(data=name, drawing=((0.0, 0.0),)))
        for name in CHOICES["data"]
    }
    modes = {name: getattr(source, "modes", None) for name, source in sources.items()}
    return {
        "defaults": Settings().as_json(),
        "choices": {name: list(choices) for name, choices in CHOICES.items()},
        "ranges": {name: list(ends) for name, ends in RANGES.items()},
        "whole": sorted(WHOLE),
        "presets": PRESETS,
        "readings": {
            name: {
                "comparable": row.comparable,
                "bound": row.bound.__name__ if row.bound else None,
            }
            for name, row in READINGS.items()
        },
        "blur": share.tolist(),
        "normal_share": np.diff(ndtr(nodes)).tolist(),
        "modes": {name: len(one) for name, one in modes.items() if one is not None},
        "captions": list(CAPTIONS),
    }


def shared() -> dict:
    """Return what every lab of a page shares: facts, controls and programs by key."""
    return {
        "facts": facts(),
        "catalogue": lab_controls.catalogue(Settings()),
        "names": lab_programs.names(),
    }


def write(folder) -> list[Path]:
    """Write the files that all pages of a book share.

    Args:
        folder: where they go; it is made when absent. Programs of an older course are
            removed, and nothing else.

    Returns:
        The files.

    Raises:
        OSError: one cannot be written; it is then as it was.
    """
    folder = Path(folder)
    (folder / "programs").mkdir(parents=True, exist_ok=True)
    texts = {
        "lab_page.js": scripts.bundle(scripts.PAGE),
        "face.css": scripts.style(),
        "worker.js": _script("ganLabWorker", scripts.bundle(scripts.WORKER)),
        "manifest.js": _script("ganLabShared", shared()),
    }
    for file in PROGRAMS.glob(f"*{ENDING}"):
        texts[f"programs/{file.stem}.js"] = _program(file.stem)
    for name, text in texts.items():
        write_with(folder / name, lambda file, text=text: file.write(text.encode()))
    files = sorted(folder / name for name in texts)
    for old in {*(folder / "programs").iterdir()} - {*files}:
        if OURS.fullmatch(old.name):
            old.unlink()
    return files


def fragment(
    base: str = "_static/gan_lab/",
    preset: str | None = None,
    first: str = "",
    elsewhere: str = "",
    **own,
) -> str:
    """Return the HTML of one lab on a page.

    Args:
        base: address of the folder that `write` filled, relative to the page.
        preset: name of a preset of the lab to begin with.
        first: HTML that stands there until the lab does, such as a still picture.
        elsewhere: address of a notebook with a kernel, for what pages cannot train.
        **own: fields of `gan_utils.lab.Settings`.

    Raises:
        ValueError: for a bad setting.
    """
    base = html.escape(base)
    tags = (
        f'<link rel="stylesheet" href="{base}face.css">\n'
        f'<script defer src="{base}lab_page.js"></script>\n'
    )
    return tags + _holder(preset, first, own, elsewhere)


def page(title: str = "A laboratory of GANs", preset: str | None = None, **own) -> str:
    """Return one whole page with a lab, which opens from anywhere by itself.

    It holds the programs of all presets, data sets and noises, and of every loss,
    penalty and optimiser with the networks that it begins with: a megabyte.

    Args:
        title: of the page.
        preset: name of a preset of the lab to begin with.
        **own: fields of `gan_utils.lab.Settings`.

    Raises:
        ValueError: for a bad setting.
    """
    holder = _holder(preset, "", own)
    everything, begun = shared(), _settings(preset, own)
    names = {key: everything["names"][key] for key in lab_programs.near(begun)}
    programs = {name: encoded(name) for name in set(names.values())}
    parts = [
        _script("ganLabWorker", scripts.bundle(scripts.WORKER)),
        _script("ganLabShared", everything | {"names": names}),
        _script("ganLabPrograms", programs),
        scripts.bundle(scripts.PAGE).replace("</script", "<\\/script"),
    ]
    inside = "\n".join(f"<script>{part}</script>" for part in parts)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{html.escape(title)}</title>\n<style>{WHOLE_PAGE}{scripts.style()}"
        f"</style>\n<body>\n{holder}\n{inside}\n</body>\n</html>\n"
    )


def _holder(preset: str | None, first: str, own: dict, elsewhere: str = "") -> str:
    if preset is not None and preset not in PRESETS:
        raise ValueError(f"preset is {preset!r}; expected one of {', '.join(PRESETS)}.")
    begun = _settings(preset, own)
    given = f" data-preset={_quoted(preset)}" if preset else ""
    given += f" data-settings={_quoted(json.dumps(own))}" if own else ""
    given += f" data-elsewhere={_quoted(elsewhere)}" if elsewhere else ""
    if lab_programs.is_prepared(begun):  # they are fetched at once
        given += f" data-programs={_quoted(' '.join(lab_programs.own(begun)))}"
    return f'<div class="{HOLDER}"{given}>{first}</div>'


def _settings(preset: str | None, own: dict) -> Settings:
    """Make the settings that a lab begins with, or say what is wrong with them."""
    return Settings(**PRESETS[preset or "default"]).changed(**own)


def _quoted(text: str) -> str:
    return f'"{html.escape(text)}"'


def _script(name: str, value) -> str:
    """Write a script that leaves a value in the page."""
    text = json.dumps(value).replace("</", "<\\/")
    return f"globalThis.{name} = {text};\n"


def _program(name: str) -> str:
    return f'(globalThis.ganLabPrograms ??= {{}})["{name}"] = "{encoded(name)}";\n'
