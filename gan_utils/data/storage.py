"""Where data files live, and reading them: the right content, or a refusal.

Other programs pack a file again, or leave it unpacked under a name of their own. What
it holds is what counts.
"""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from gan_utils import program_cache
from gan_utils.data import idx
from gan_utils.data.published import File, Published

SWITCH = "GAN_UTILS_DATA"  # environment variable: the folder that holds mnist/ and kin
NAMED = 6  # files of a folder that a message names


class Wrong(ValueError):
    """A file has the right name and something else inside; its second argument."""


def data_folder() -> Path:
    """Return the folder of downloaded data.

    It is the one that GAN_UTILS_DATA names, else the course's own.

    Raises:
        ValueError: it is a file, or below a home directory where there is none.
    """
    chosen = os.environ.get(SWITCH)
    try:
        folder = Path(chosen).expanduser() if chosen else own_folder()
    except RuntimeError as error:
        raise ValueError(
            f"{SWITCH} is {chosen!r}, and this user has no such home directory. Set it "
            "to the whole path of a folder for data, from its first slash on."
        ) from error
    if chosen and folder.is_file():
        raise ValueError(
            f"{SWITCH} is {chosen!r}, which is a file; expected the folder that holds "
            "mnist/ and its kin."
        )
    return folder


def own_folder() -> Path:
    """Return `gan_utils/data` in the user's cache folder, which is the course's own."""
    return program_cache.own_folder() / "data"


def find(file: File, published: Published, folder: Path) -> bytes | None:
    """Read a file where the course puts it, or where other programs do.

    Args:
        file: what to look for; packed or not, under any name that is in use.
        published: the set that it belongs to.
        folder: where the folders of the sets are; it need not be writable.

    Returns:
        Its content, unpacked, or None when there is no such file.

    Raises:
        ValueError: the only one in the set's own folder has another content, or a file
            has the name of that folder.
    """
    place, wrong = folder / published.folder, None
    if place.is_file():
        raise ValueError(
            f"{place} is a file; expected a folder that holds {file.name}. Likely "
            "cause: a data set kept under that name; move it into such a folder."
        )
    places = [place, *(folder / other for other in published.others)]
    if file.content:  # without it, only the folder tells which set it is
        places.append(folder)
    for where in places:
        try:
            content = read(file, where)
        except Wrong as error:  # in another program's folder it is not our matter
            wrong = error if where == place else wrong
            continue
        if content is not None:
            return content
    if wrong:
        text, path = wrong.args
        raise ValueError(f"{text} {_keep_aside(path)}") from wrong
    return None


def read(file: File, folder: Path) -> bytes | None:
    """Read a file of a folder and unpack it.

    Args:
        file: name, checksums and counts that it must have.
        folder: where it is; it need not be writable.

    Returns:
        Its content, or None when there is no such file.

    Raises:
        Wrong: those that are there have another content. Nothing was changed.
    """
    wrong = None
    for path in filter(Path.is_file, _paths(file, folder)):
        raw = path.read_bytes()
        try:
            return _genuine(raw, file, str(path))
        except ValueError:
            wrong = wrong or Wrong(_refusal(path, raw, file), path)
    if wrong:
        raise wrong
    return None


def _paths(file: File, folder: Path) -> Iterator[Path]:
    """Yield the names that are in use: 7-Zip's have a dot, Kaggle's are in folders."""
    plain = file.name.removesuffix(".gz")
    dotted = plain.replace("-idx", ".idx")
    names = file.name, plain, dotted, f"{dotted}.gz"
    nested = f"{plain}/{plain}", f"{plain}/{dotted}", f"{dotted}/{dotted}"
    yield from (folder / name for name in (*names, *nested))


def _genuine(raw: bytes, file: File, name: str) -> bytes:
    """Return what a file holds; ValueError, with the reason, if it is another."""
    packed = raw[:2] == b"\x1f\x8b"
    content = idx.unpack(raw, name) if packed else raw
    if packed and hashlib.sha256(raw).hexdigest() == file.sha256:
        return content
    rank = 3 if "-idx3-" in file.name else 1
    counts = idx.parse(content, rank, name).shape
    if file.counts and counts != file.counts:
        raise ValueError(f"{name} holds {counts} values; expected {file.counts}.")
    if file.content and hashlib.sha256(content).hexdigest() != file.content:
        raise ValueError(f"{name} holds other values than the published file.")
    return content


def _refusal(path: Path, raw: bytes, file: File) -> str:
    unpacked = f" (unpacked {file.content})" if file.content else ""
    return (
        f"{path} has the SHA-256 {hashlib.sha256(raw).hexdigest()} and {len(raw)} "
        f"bytes; expected {file.sha256}{unpacked} and {file.size} bytes. Likely cause: "
        "a copy that was cut, a web page saved in its place, or another file of the "
        "same name."
    )


def nearby(published: Published, folder: Path) -> str:
    """Say in a sentence what lies where the files were looked for."""
    for where in (folder / published.folder, folder):
        names = sorted(map(_named, where.iterdir())) if where.is_dir() else []
        if names:
            more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
            return f"In {where} there is {', '.join(names[:NAMED])}{more}."
    return f"There is nothing in {folder}."


def _named(path: Path) -> str:
    """Name what lies in a folder; say so where it is neither a file nor a folder."""
    return path.name if path.is_file() or path.is_dir() else f"{path.name} (no file)"


def _keep_aside(path: Path) -> str:
    """Say what to do about a wrong file; it is renamed only in our own folder."""
    if not _is_ours(path):
        return (
            "It stays as it is, because the folder is yours: replace it by the genuine "
            f"file, or set {SWITCH} to another folder."
        )
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


def _is_ours(path: Path) -> bool:
    """Tell whether a file is in the course's own folder."""
    try:
        return path.resolve().is_relative_to(own_folder().resolve())
    except RuntimeError:  # no home directory, or a link to itself
        return False


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
