"""Compiled programs kept on disk, so that the next process need not compile them."""

import atexit
import os
import platform
import shutil
import tempfile
from pathlib import Path

import jax

SWITCH = "GAN_UTILS_CACHE"  # a folder; "0" or "off" for none
OFF = ("0", "off", "none", "false")
MOST = 512 * 2**20  # bytes on disk; the oldest programs go first


def use_cache(folder: str | os.PathLike | None = None) -> Path | None:
    """Switch on JAX's persistent compilation cache, unless somebody chose otherwise.

    A setting of the user's own (`jax_compilation_cache_dir`, or the environment
    variables JAX_COMPILATION_CACHE_DIR and GAN_UTILS_CACHE) is left as it is. On some
    processors JAX 0.9 to 0.11 write programs that they then refuse to load, with an
    error line for each (jax-ml/jax issue 38445); there the cache stays off.

    Args:
        folder: where to keep the programs; by default `gan_utils/programs` in the
            user's cache folder.

    Returns:
        The folder in use, or None when the cache is off.
    """
    chosen = jax.config.jax_compilation_cache_dir
    if chosen:
        return Path(chosen)
    wish = os.environ.get(SWITCH, "")
    if wish.lower() in OFF or (folder is None and not wish and not is_reliable()):
        return None
    try:
        place = Path(folder or wish or own_folder() / "programs")
        place.mkdir(parents=True, exist_ok=True)
        _prune(place)
    except (OSError, RuntimeError):  # no room or no home is no reason not to train
        return None
    jax.config.update("jax_compilation_cache_dir", str(place))
    jax.config.update("jax_persistent_cache_min_compile_time_secs", 0)  # small ones too
    return place


def own_folder() -> Path:
    """Return the course's own folder in the user's cache folder.

    Raises:
        RuntimeError: the user has no home directory.
    """
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "gan_utils"


def home() -> Path | None:
    """Return the folder for what one process leaves to the next, or None for none."""
    wish = os.environ.get(SWITCH, "")
    if wish.lower() in OFF:
        return None
    try:
        return Path(wish) if wish else own_folder()
    except RuntimeError:  # no home directory
        return None


def processor() -> str:
    """Name the processor, as its maker does."""
    names = [line for line in _cpu().splitlines() if line.startswith("model name")]
    return names[0].split(":", 1)[1].strip() if names else platform.processor()


def share_new_cache() -> None:
    """Give this process and its children an empty cache, deleted when it ends.

    On a processor where the cache misbehaves, switch it off instead.
    """
    folder = "off"
    if is_reliable():
        folder = tempfile.mkdtemp(prefix="gan_utils-programs-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ[SWITCH] = folder


def is_reliable(version: str | None = None, cpu: str | None = None) -> bool:
    """Tell whether programs written by this JAX can be read by the next process.

    It does not ask JAX for its devices: that would start them, on import.

    Args:
        version: JAX's version; this one's when None.
        cpu: text that describes the processor; /proc/cpuinfo when None. Processors with
            the gather data sampling bug ("gds") are those that JAX 0.9 to 0.11 compile
            for with a preference that their loader takes for a missing feature.
    """
    major, minor = map(int, (version or jax.__version__).split(".")[:2])
    cpu = _cpu() if cpu is None else cpu
    affected = any(" gds" in line for line in cpu.splitlines() if "bugs" in line)
    return not (affected and (0, 9) <= (major, minor) < (0, 12))


def _cpu() -> str:
    try:
        return Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:  # not Linux
        return ""


def _prune(place: Path, most: int = MOST) -> None:
    """Delete the programs that were unused for longest until the rest fits."""
    programs = (p for p in place.iterdir() if p.is_file() and p.suffix != ".json")
    files = [(path.stat(), path) for path in programs]
    total = sum(stat.st_size for stat, _ in files)
    for stat, path in sorted(files, key=lambda pair: pair[0].st_atime):
        if total <= most:
            return
        path.unlink(missing_ok=True)
        total -= stat.st_size
