"""One run in a folder at a time; a lock that a killed owner does not keep."""

from contextlib import contextmanager
from pathlib import Path

from gan_utils.runs.errors import RunError

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None
    import msvcrt

LOCK = ".lock"  # stays in the folder: only who holds it open has it


@contextmanager
def held(folder: Path):
    """Keep other runs out of a folder, which is made for it.

    Raises:
        RunError: another run is in it.
        OSError: the folder cannot be made or written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / LOCK, "ab") as file:
        if not _take(file):
            raise RunError(
                f"{folder} is in use by another run. Wait for its end or stop it, or "
                "name another folder with --out."
            )
        yield


def _take(file) -> bool:
    try:
        if fcntl:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:  # a file system without locks
        return True
    return True
