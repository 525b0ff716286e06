"""What a lab in a notebook hands to the page, so that it trains without the kernel."""

import base64
import json
import os
import uuid
import zlib
from functools import cache

from gan_utils import validate
from gan_utils.lab import Lab, Settings
from gan_utils.widgets import lab_in_page, lab_programs, scripts

SOURCES = ("page", "kernel")  # where a lab trains
SWITCH = "GAN_UTILS_LAB"  # environment: one of SOURCES, for labs that do not say
NEAR = "near"  # asks for all programs that may be chosen next


def source_of(settings: Settings, source: str | None = None) -> str:
    """Say where a lab trains: in the page if its programs are prepared.

    Args:
        settings: that it opens with.
        source: one of SOURCES, or None for what the environment says, else "page".

    Raises:
        ValueError: for another source.
    """
    wanted = source or os.environ.get(SWITCH) or "page"
    validate.one_of(wanted, "source", SOURCES)
    return wanted if lab_programs.is_prepared(settings) else "kernel"


def offer(settings: Settings) -> dict:
    """Collect what the page needs to begin: texts, which every front end carries.

    Returns:
        `id` of the lab; `shared`, base64 of deflated JSON: the thread's source, what it
        must know of the lab, the names of all programs; and the lab's own `programs`
        by name.
    """
    programs = {name: lab_programs.encoded(name) for name in lab_programs.own(settings)}
    return {"id": uuid.uuid4().hex, "shared": _shared(), "programs": programs}


@cache
def _shared() -> str:
    told = {
        "worker": scripts.bundle(scripts.WORKER),
        "facts": lab_in_page.facts(),
        "names": lab_programs.names(),
    }
    return base64.b64encode(zlib.compress(json.dumps(told).encode(), 9)).decode()


def programs(wanted, settings: Settings) -> tuple[dict, list[bytes]]:
    """Answer a page that asks for programs.

    Args:
        wanted: list of names, or NEAR.
        settings: with which the lab opened.

    Returns:
        (message, buffers): names that there are, and each one's bytes.
    """
    names = lab_programs.names()
    if wanted == NEAR:
        wanted = {names[key] for key in lab_programs.near(settings)}
    known = sorted(set(names.values()) & set(wanted))
    return {"programs": known}, [lab_programs.content(name) for name in known]


def all_prepared(labs: list[Lab]) -> bool:
    """Say whether the page has programs for all that labs have played."""
    setups = [stretch.setup for lab in labs for stretch in lab.timeline.stretches]
    setups += [lab.setup for lab in labs]
    return all(map(lab_programs.is_prepared, {one.settings for one in setups}))
