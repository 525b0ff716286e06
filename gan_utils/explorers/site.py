"""What a static page needs: the shared files, and the HTML of what runs in it."""

import base64
import html
import io
import json
from collections.abc import Callable
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
from PIL import Image

from gan_utils import validate, widgets
from gan_utils.explorers import face_generator
from gan_utils.explorers.digits import DIGITS, digits, digits_generator, images
from gan_utils.explorers.faces import faces
from gan_utils.explorers.fields import fields
from gan_utils.explorers.program import Program
from gan_utils.plots import Figure
from gan_utils.vector_fields import VectorField
from gan_utils.whole_files import write_with
from gan_utils.widgets import scripts

PROGRAMS: dict[str, Callable[[], Program]] = {
    "faces": faces,
    "digits": digits,
    "fields": fields,
}
SCRIPT, STYLE = "explore.js", "explore.css"
FACE = "face.css"  # of what looks as it does with a kernel
NAMES = ("faces", "morph", "digits")
STILLS = {  # what is there at first paint: its picture and its words
    "faces": (262, "A drawn face that does not exist, made by a generative network."),
    "morph": (452, "A drawn face that does not exist, made by a generative network."),
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
        The files: a script and the style sheets for all, a script for each program.

    Raises:
        ValueError: a file of the course is missing or damaged.
    """
    texts = {SCRIPT: scripts.bundle(scripts.EXPLORER)}
    texts |= {name: scripts.style(name) for name in (STYLE, FACE)}
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
    seed, alt = STILLS[name]
    address = picture(drawn_three(seed) if name == "digits" else drawn_face(seed))
    still = f'<img src="{address}" alt="{alt}" width="384" height="384">'
    return _tags(base, STYLE) + _holder("gan-explorer", still, explorer=name)


def field(base: str = "explorers/", still: str = "", **settings) -> str:
    """Write the HTML of a vector-field explorer.

    Args:
        base: as in `fragment`.
        still: HTML that stands there until it runs.
        **settings: of `gan_utils.vector_fields.VectorField`.

    Raises:
        ValueError: for a bad setting.
    """
    VectorField(**settings)
    given = {"explorer": "fields", "settings": json.dumps(settings)}
    return _tags(base, STYLE, FACE) + _holder("gan-face", still, **given)


def game(kept: str, base: str = "explorers/", still: str = "") -> str:
    """Write the HTML of a game of "real or fake?".

    Args:
        kept: the game, as `widgets.kept_game` writes it.
        base: as in `fragment`.
        still: HTML that stands there until it runs, and folded below it from then on.
    """
    given = {"explorer": "game", "game": kept}
    return _tags(base, STYLE, FACE) + _holder("gan-face", still, **given)


def _tags(base: str, *styles: str) -> str:
    base = html.escape(base, quote=True)
    links = [f'<link rel="stylesheet" href="{base}{name}">\n' for name in styles]
    return "".join([*links, f'<script defer src="{base}{SCRIPT}"></script>\n'])


def _holder(kind: str, still: str, **given: str) -> str:
    listed = [f' data-{name}="{html.escape(text)}"' for name, text in given.items()]
    return f'<div class="{kind}"{"".join(listed)}>{still}</div>\n'


def drawn_face(seed: int) -> jax.Array:
    """Draw the face of a number, (32, 32, 3) in [-1, 1]."""
    made = face_generator.faces_generator()
    network, variables = made.network, made.variables
    code = face_generator.codes(network, variables, face_generator.latents(seed, 1))
    return face_generator.images(network, variables, code)[0]


def drawn_three(seed: int) -> jax.Array:
    """Draw a three in the hand of a number, dark on light, (28, 28, 1) in [-1, 1]."""
    made = digits_generator()
    network, variables = made.network, made.variables
    mix = jax.nn.one_hot(jnp.array([3]), DIGITS, dtype="float32")
    return -images(network, variables, face_generator.latents(seed, 1), mix)[0]


def picture(x: jax.Array) -> str:
    """Turn an image (H, W, C) in [-1, 1] into an address that needs no file."""
    small = Image.fromarray(np.asarray(face_generator.dots(x[None])[0, ..., :3]))
    file = io.BytesIO()
    small.resize((96, 96), Image.Resampling.BICUBIC).save(file, "PNG")
    return f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}"


def still_of(figure: Figure) -> str:
    """Write a figure as HTML that needs no file."""
    address = base64.b64encode(figure.png()).decode()
    alt = html.escape(figure.alt)
    return f'<img class="still" alt="{alt}" src="data:image/png;base64,{address}">'


def page(title: str = "Explorers") -> str:
    """Write a page with every explorer, to look at; it stands in the folder."""
    parts = {name: fragment(name, "") for name in NAMES}
    face = widgets.vector_field("R1")
    parts["fields"] = field("", still_of(face.figure()), game="R1")
    face = widgets.real_or_fake_points()
    parts["game"] = game(face.kept, "", still_of(face.figure()))
    body = "".join(f"<h2>{name}</h2>\n{part}" for name, part in parts.items())
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
