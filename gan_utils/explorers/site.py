"""What a static page needs: the shared files, and the HTML of an explorer."""

import base64
import html
import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

from gan_utils import validate
from gan_utils.explorers import face_generator
from gan_utils.explorers.faces import faces
from gan_utils.explorers.program import Program
from gan_utils.whole_files import write_with
from gan_utils.widgets import scripts

PROGRAMS: dict[str, Callable[[], Program]] = {"faces": faces}
SCRIPT, STYLE = "explore.js", "explore.css"
FIRST = {
    "faces": 103,
    "morph": 187,
}  # numbers of the faces that are there at first paint
ALT = "A drawn face that does not exist, made by a generative network."

NAMES = tuple(FIRST)


def write(folder: Path) -> list[Path]:
    """Write what all explorers of a site share.

    Args:
        folder: it is made when absent.

    Returns:
        The files: a script and a style sheet for all, a script for each program.

    Raises:
        ValueError: a file of the course is missing or damaged.
    """
    texts = {SCRIPT: scripts.bundle(scripts.EXPLORER), STYLE: scripts.style(STYLE)}
    texts |= {f"{name}.js": program().script() for name, program in PROGRAMS.items()}
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        write_with(folder / name, lambda file, text=text: file.write(text.encode()))
    return [folder / name for name in texts]


def fragment(name: str, base: str = "explorers/") -> str:
    """Write the HTML of an explorer, with a still picture until it runs.

    Args:
        name: one of NAMES.
        base: address of the folder that `write` made, from the page; ends with "/".

    Raises:
        ValueError: there is no such explorer.
    """
    validate.one_of(name, "name", NAMES)
    base = html.escape(base, quote=True)
    return (
        f'<link rel="stylesheet" href="{base}{STYLE}">\n'
        f'<script defer src="{base}{SCRIPT}"></script>\n'
        f'<div class="gan-explorer" data-explorer="{name}">'
        f'<img src="{still(FIRST[name])}" alt="{ALT}" width="384" height="384"></div>\n'
    )


def still(seed: int) -> str:
    """Draw a face as the address of a picture that needs no file."""
    generator = face_generator.faces_generator()
    code = face_generator.codes(
        generator.network, generator.variables, face_generator.latents(seed, 1)
    )
    x = face_generator.images(generator.network, generator.variables, code)
    small = Image.fromarray(np.asarray(face_generator.dots(x)[0, ..., :3]))
    file = io.BytesIO()
    small.resize((96, 96), Image.Resampling.BICUBIC).save(file, "PNG")
    return f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}"


def page(title: str = "Explorers") -> str:
    """Write a page with every explorer, to look at; it stands beside the folder."""
    body = "".join(f"<h2>{name}</h2>\n{fragment(name, '')}" for name in NAMES)
    return (
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{html.escape(title)}</title>\n"
        "<style>:root { color-scheme: light dark } body { max-width: 60em;"
        " margin: auto; padding: 0 1em; font-family: system-ui, sans-serif }"
        " @media (prefers-color-scheme: dark) {"
        " body { background: #161616; color: #eee } }</style>\n"
        f"<main>\n<h1>{html.escape(title)}</h1>\n{body}</main>\n</html>\n"
    )
