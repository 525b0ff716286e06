"""Make the book's fonts from npm packages: `python book/make_fonts.py FOLDER`.

FOLDER is a `node_modules` with the packages of `FROM`; the packages fonttools and
brotli are needed too. The text fonts are copied. The fonts of formulas and of Chinese
words are cut down to what a course needs. The book is built from what lies in
`_static/fonts`, so this is run only when a page needs a new Chinese character.
"""

import json
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).parent
TARGET = HERE / "_static" / "fonts"
TEXT = {  # our name -> package and its file
    "text.woff2": ("@fontsource-variable/source-serif-4", "latin-wght-normal"),
    "text-italic.woff2": ("@fontsource-variable/source-serif-4", "latin-wght-italic"),
    "interface.woff2": ("@fontsource-variable/source-sans-3", "latin-wght-normal"),
    "code.woff2": ("@fontsource-variable/source-code-pro", "latin-wght-normal"),
}
MATH = ("@fontsource/stix-two-math", "latin-400-normal")
CHINESE = "@fontsource/noto-sans-sc"
SIGNS = (  # blocks of Unicode that formulas and prose may use
    "20-17F 2B0-36F 391-3F6 2010-206F 2100-214F 2190-22FF 2308-230B 25A0-25FF 27E8-27EB"
    " 1D400-1D467 1D49C-1D4CF 1D538-1D56B 1D5A0-1D5D3 1D6A4-1D71B"
)
RARE = "1D43-1D6A 2070-209C 21BA-21BB 25A0-25FF 2600-2639 2700-27BF"  # lacking there


def file_of(modules: Path, package: str, ending: str) -> Path:
    """Find a font of a package."""
    return next((modules / package / "files").glob(f"*-{ending}.woff2"))


def cut(source: Path, wanted: set[int], features=("*",)):
    """Return a font with no other characters than the wanted ones."""
    from fontTools.subset import Options, Subsetter, load_font

    options = Options(layout_features=list(features), notdef_outline=True)
    options.name_IDs = ["*"]  # who made it stays in it
    font = load_font(str(source), options)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    return font


def chinese_of(notebooks: Path) -> set[int]:
    """Collect the Chinese characters of the course's pages."""
    texts = [path.read_text("utf-8") for path in notebooks.glob("*.ipynb")]
    pages = "".join(json.dumps(json.loads(t), ensure_ascii=False) for t in texts)
    return {ord(sign) for sign in pages if "\u2e80" <= sign <= "\uffee"}


def write_chinese(modules: Path, wanted: set[int]) -> None:
    """Join the wanted characters of the package's hundred slices into one font."""
    from fontTools.merge import Merger

    work = TARGET / "slices"
    work.mkdir()
    parts, left = [], set(wanted)
    for path in sorted((modules / CHINESE / "files").glob("*-400-normal.woff2")):
        font = cut(path, left, features=())
        found = left & set(font.getBestCmap() or ())
        if found:
            left -= found
            for table in ("GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx"):
                if table in font:
                    del font[table]
            font.flavor = None
            parts.append(work / f"{len(parts)}.ttf")
            font.save(parts[-1])
    joined = Merger().merge([str(part) for part in parts])
    joined.flavor = "woff2"
    joined.save(TARGET / "chinese.woff2")
    shutil.rmtree(work)
    if left:
        print("No glyph for:", *map(chr, sorted(left)))


def write_rare() -> None:
    """Take what the other fonts lack, such as a cross, from matplotlib's own font."""
    import matplotlib

    folder = Path(matplotlib.get_data_path(), "fonts", "ttf")
    font = cut(folder / "DejaVuSans.ttf", codes(RARE), features=())
    font.flavor = "woff2"
    font.save(TARGET / "rare.woff2")
    shutil.copyfile(folder / "LICENSE_DEJAVU", TARGET / "LICENCE-dejavu.txt")


def write_covered() -> None:
    """List the characters that some font has: a test compares the pages with them."""
    from fontTools.ttLib import TTFont

    fonts = [TTFont(path) for path in sorted(TARGET.glob("*.woff2"))]
    have = sorted(set().union(*(font.getBestCmap() for font in fonts)))
    (TARGET / "covered.txt").write_text("".join(map(chr, have)), "utf-8")


def codes(blocks: str) -> set[int]:
    """Return every code of some blocks of Unicode, written as "20-7E A0-FF"."""
    ends = [[int(end, 16) for end in block.split("-")] for block in blocks.split()]
    return {code for low, high in ends for code in range(low, high + 1)}


def main(modules: Path) -> None:
    """Write every font of the book, and under what licence it stands."""
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir(parents=True)
    for name, (package, ending) in TEXT.items():
        shutil.copyfile(file_of(modules, package, ending), TARGET / name)
    font = cut(file_of(modules, *MATH), codes(SIGNS), features=("ssty", "dtls", "flac"))
    font.flavor = "woff2"
    font.save(TARGET / "math.woff2")
    write_rare()
    write_chinese(modules, chinese_of(HERE.parent / "notebooks"))
    write_covered()
    for package in {package for package, _ in TEXT.values()} | {MATH[0], CHINESE}:
        name = package.split("/")[1]
        shutil.copyfile(modules / package / "LICENSE", TARGET / f"LICENCE-{name}.txt")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
