"""What a static page needs: the shared files, and the HTML of an explorer."""

import base64
import html
import io
from collections.abc import Callable
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
from PIL import Image

from gan_utils import validate
from gan_utils.explorers import face_generator
from gan_utils.explorers.digits import DIGITS, digits, digits_generator, images
from gan_utils.explorers.faces import faces
from gan_utils.explorers.program import Program
from gan_utils.whole_files import write_with
from gan_utils.widgets import scripts

PROGRAMS: dict[str, Callable[[], Program]] = {"faces": faces, "digits": digits}
SCRIPT, STYLE = "explore.js", "explore.css"
NAMES = ("faces", "morph", "digits")
STILLS = {  # what is there at first paint: its picture and its words
    "faces": (103, "A drawn face that does not exist, made by a generative network."),
    "morph": (187, "A drawn face that does not exist, made by a generative network."),
    "digits": (
        3,
        "A handwritten three that nobody wrote, made by a generative network.",
    ),
}


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
    seed, alt = STILLS[name]
    address = picture(drawn_three(seed) if name == "digits" else drawn_face(seed))
    return (
        f'<link rel="stylesheet" href="{base}{STYLE}">\n'
        f'<script defer src="{base}{SCRIPT}"></script>\n'
        f'<div class="gan-explorer" data-explorer="{name}">'
        f'<img src="{address}" alt="{alt}" width="384" height="384"></div>\n'
    )


def drawn_face(seed: int) -> jax.Array:
    """Draw the face of a number, (32, 32, 3) in [-1, 1]."""
    network, variables = (g := face_generator.faces_generator()).network, g.variables
    code = face_generator.codes(network, variables, face_generator.latents(seed, 1))
    return face_generator.images(network, variables, code)[0]


def drawn_three(seed: int) -> jax.Array:
    """Draw a three in the hand of a number, dark on light, (28, 28, 1) in [-1, 1]."""
    network, variables = (g := digits_generator()).network, g.variables
    mix = jax.nn.one_hot(jnp.array([3]), DIGITS, dtype="float32")
    return -images(network, variables, face_generator.latents(seed, 1), mix)[0]


def picture(x: jax.Array) -> str:
    """Turn an image (H, W, C) in [-1, 1] into an address that needs no file."""
    small = Image.fromarray(np.asarray(face_generator.dots(x[None])[0, ..., :3]))
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
