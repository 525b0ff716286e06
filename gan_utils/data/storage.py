"""Where data files live, and reading them: the right checksum, or a refusal."""

import hashlib
import os
from pathlib import Path

from gan_utils.data.published import File

SWITCH = "GAN_UTILS_DATA"  # environment variable: the folder that holds mnist/ and kin


def data_folder() -> Path:
    """Return the folder of downloaded data.

    It is the one that GAN_UTILS_DATA names, else `gan_utils/data` in the user's cache
    folder.
    """
    chosen = os.environ.get(SWITCH)
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(chosen).expanduser() if chosen else Path(home) / "gan_utils" / "data"


def read(file: File, folder: Path) -> bytes | None:
    """Read a file that somebody put there, or an earlier download.

    A wrong one is renamed, never overwritten or deleted: it may be somebody's work.

    Args:
        file: name, size and checksum it must have.
        folder: where it is; it need not be writable.

    Returns:
        Its content, or None when there is no such file.

    Raises:
        ValueError: it has another checksum.
    """
    path = folder / file.name
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    found = hashlib.sha256(content).hexdigest()
    if found != file.sha256:
        raise ValueError(
            f"{path} has the SHA-256 {found} and {len(content)} bytes; expected "
            f"{file.sha256} and {file.size} bytes. Likely cause: a copy that was cut, "
            "a web page saved in its place, or another file of the same name. "
            + _keep_aside(path)
        )
    return content


def _keep_aside(path: Path) -> str:
    """Rename a wrong file, and say in a sentence what was done and what to do."""
    try:
        aside = _free_name(path)
    except OSError:
        return (
            "Its folder cannot be written, so it stays there: replace it by the "
            f"genuine file, or set {SWITCH} to another folder."
        )
    try:
        os.replace(path, aside)
    except OSError as error:
        aside.unlink()
        return f"It could not be renamed ({error}): replace it by the genuine file."
    return (
        f"It is now {aside.name}, and nothing is lost. Call again to download the "
        "genuine file, or put it there yourself."
    )


def _free_name(path: Path) -> Path:
    """Reserve a name beside the file that nothing has: an empty file of our own."""
    number = 1
    while True:
        aside = path.with_name(f"{path.name}.wrong-{number}")
        try:
            aside.open("xb").close()
        except FileExistsError:
            number += 1
        else:
            return aside
