"""Downloads: from the first mirror that delivers, whole and checked, or not at all.

A file is written under a name of its own, checked, and renamed when it is complete: at
no time does a name of a data set stand for anything but the whole file.
"""

import os
import queue
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from gan_utils.data.published import File
from gan_utils.progress import bar

PATIENCE = 7.0  # seconds for a first byte from any mirror; the promise is 10 in all
STALL = 20.0  # seconds without a byte that end a download
STALE = 24 * 3600  # seconds after which an unfinished file belongs to nobody
CHUNK = 2**16  # bytes
PLAIN = {"Accept-Encoding": "identity"}  # the checksum is that of the .gz itself


class Unavailable(ConnectionError):
    """No mirror delivered the file."""


def download(
    file: File, folder: Path, mirrors: tuple[str, ...], patience: float = PATIENCE
) -> None:
    """Put a file into a folder, from the first mirror that delivers it.

    All mirrors are asked for one byte at once; those that answer are tried twice, the
    fastest first. Processes that want the same file do not disturb one another.

    Args:
        file: name, size and checksum.
        folder: where to put it; made if need be.
        mirrors: addresses of folders, each with a slash at its end.
        patience: seconds to wait for the first byte from any mirror.

    Raises:
        Unavailable: no mirror answered, or what they delivered was cut or wrong.
        OSError: the file could not be written (a full disk, no permission).
    """
    import requests

    failures: dict[str, str] = {}
    for url in _twice(_answering([m + file.name for m in mirrors], patience, failures)):
        try:
            return _fetch(url, file, folder)
        except (requests.RequestException, _Wrong) as error:
            failures[url] = _reason(error)
        except OSError as error:
            raise _unwritten(error, file, folder) from error
    reasons = "; ".join(f"{_host(url)}: {why}" for url, why in failures.items())
    raise Unavailable(f"{file.name} could not be downloaded ({reasons}).")


def _host(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


class _Wrong(Exception):
    """A mirror delivered something else, or a part."""


def _answering(urls, patience: float, failures: dict[str, str]) -> Iterator[str]:
    """Yield the addresses that deliver a first byte in time, the fastest first.

    The threads are daemons, because a name server that does not answer cannot be
    interrupted: they are left behind when the time is over.
    """
    answers = queue.SimpleQueue()
    failures.update(dict.fromkeys(urls, f"no answer in {patience:g} s"))
    deadline = time.monotonic() + patience
    for url in urls:
        task = (url, patience, answers)
        threading.Thread(target=_ask, args=task, daemon=True).start()
    for _ in urls:
        try:
            url, error = answers.get(timeout=max(0, deadline - time.monotonic()))
        except queue.Empty:
            return
        if error is None:
            yield url
        else:
            failures[url] = _reason(error)


def _ask(url: str, patience: float, answers: queue.SimpleQueue) -> None:
    """Put (url, None) into the queue when a first byte arrives, else (url, error)."""
    import requests

    options = {"stream": True, "timeout": patience}
    try:
        with requests.get(url, headers={"Range": "bytes=0-0"}, **options) as answer:
            answer.raise_for_status()
            next(answer.iter_content(1), b"")
        answers.put((url, None))
    except Exception as error:  # whatever it is, this mirror is of no use
        answers.put((url, error))


def _twice(urls: Iterator[str]) -> Iterator[str]:
    seen = []
    for url in urls:
        seen.append(url)
        yield url
    yield from seen


def _fetch(url: str, file: File, folder: Path) -> None:
    """Download one file from one address and rename it when it is whole."""
    import pooch

    folder.mkdir(parents=True, exist_ok=True)
    look = {"total": file.size, "unit": "B", "unit_scale": True, "desc": file.name}
    with _unfinished(folder, file.name) as path:
        with path.open("xb") as target, bar(**look, leave=False) as progress:
            get = pooch.HTTPDownloader(progress, CHUNK, timeout=STALL, headers=PLAIN)
            get(url, target, None)
            os.fsync(target.fileno())
        if pooch.file_hash(str(path), "sha256") != file.sha256:
            raise _Wrong(f"{path.stat().st_size} bytes with a wrong checksum")
        os.replace(path, folder / file.name)


@contextmanager
def _unfinished(folder: Path, name: str) -> Iterator[Path]:
    """Give a name that no other process uses, and leave nothing under it."""
    _sweep(folder, name)
    path = folder / f"{name}.{secrets.token_hex(8)}.part"
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def _sweep(folder: Path, name: str) -> None:
    """Delete what processes that were killed left behind."""
    for path in folder.glob(f"{name}.*.part"):
        try:
            if time.time() - path.stat().st_mtime > STALE:
                path.unlink()
        except OSError:  # another process was faster, or it is not ours to delete
            continue


def _reason(error: Exception) -> str:
    """Say in a few words why a mirror was of no use."""
    import requests

    known = {
        requests.Timeout: "it fell silent",
        requests.exceptions.SSLError: "its certificate was refused",
        requests.exceptions.ProxyError: "the proxy did not let us through",
        requests.ConnectionError: "no connection",
        requests.exceptions.ChunkedEncodingError: "the download was cut",
    }
    if isinstance(error, requests.HTTPError):
        return f"HTTP status {error.response.status_code}"
    words = (text for kind, text in known.items() if isinstance(error, kind))
    return next(words, str(error))


def _unwritten(error: OSError, file: File, folder: Path) -> OSError:
    """Add to an error of the disk which file it was and what to do."""
    return OSError(
        error.errno,
        f"{file.name} ({file.size} bytes) could not be written: {error.strerror}. "
        "Nothing was changed. Free some space or mend the folder's permissions, or set "
        "GAN_UTILS_DATA to another folder, and call again; folder",
        str(folder),
    )
