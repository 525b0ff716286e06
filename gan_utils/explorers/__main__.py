"""Write the explorers' files: `python -m gan_utils.explorers --out FOLDER`."""

import argparse
import sys
from pathlib import Path

from gan_utils import explorers
from gan_utils.explorers.site import PROGRAMS
from gan_utils.whole_files import write_with


def main(words: list[str] | None = None) -> int:
    """Write a folder that a site's pages share, and a page to look at."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, help="folder for the files")
    parser.add_argument(
        "--compile", action="store_true", help="compile the programs anew (by clang)"
    )
    options = parser.parse_args(words)
    try:
        if options.compile:
            for program in PROGRAMS.values():
                program().compile()
        if options.out:
            for file in explorers.write(options.out):
                print(f"{file}: {file.stat().st_size / 1000:,.0f} kB")
            index = options.out / "index.html"
            text = explorers.page().encode()
            write_with(index, lambda file: file.write(text))
            print(index)
    except (OSError, RuntimeError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
