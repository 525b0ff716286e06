"""One formula as MathML that is set as a mathematician would set it."""

import re
import xml.etree.ElementTree as ET

from latex2mathml.converter import convert

SPACE = "http://www.w3.org/1998/Math/MathML"
UNDER = {"min", "max", "sup", "inf", "lim"}  # what stands below it, in a display
SIGNS = {"~": "∼", "*": "∗"}  # the converter's characters -> those of mathematics
RELATIONS, SUMS = set("=≈≠≤≥<>∼→≪≫∈"), set("+−±·")
LONG = 16  # characters in a line of text that may be broken after one of these
SMALL = "0.1667em"  # TeX's thin space

ET.register_namespace("", SPACE)


def mathml(tex: str, display: bool) -> str:
    """Return a formula of TeX as MathML.

    What latex2mathml leaves out is put in: the space around a function's name, limits
    below it, the sign of "is drawn from" for a tilde.

    Args:
        tex: the formula, without its dollars.
        display: whether it stands on a line of its own.
    """
    tree = ET.fromstring(convert(tex, display="block" if display else "inline"))
    for parent in list(tree.iter()):
        _mend(parent, display)
    parts = [tree] if display else _parts(tree)
    return "<wbr>".join(
        ET.tostring(part, encoding="unicode", short_empty_elements=False)
        for part in parts
    )


def _parts(tree: ET.Element) -> list[ET.Element]:
    """Cut a long formula after its signs, where a line may end; no browser does."""
    row = tree[0]
    if len("".join(tree.itertext())) <= LONG or _kind(row) != "mrow":
        return [tree]
    parts, depth = [[]], 0
    for place, child in enumerate(row):
        text = child.text if _kind(child) == "mo" else ""
        depth += (text in "([{⟨" if text else 0) - (text in ")]}⟩" if text else 0)
        parts[-1].append(child)
        ends = text in RELATIONS or (text in SUMS and place)
        if ends and depth == 0 and place + 1 < len(row):
            child.set("form", "infix")
            parts.append([])
    made = [ET.Element(tree.tag, tree.attrib) for _ in parts]
    for math, part in zip(made, parts, strict=True):
        ET.SubElement(math, row.tag).extend(part)
    return made


def _mend(parent: ET.Element, display: bool) -> None:
    """Put right what stands in one element."""
    for child in list(parent):
        kind, text = _kind(child), child.text or ""
        if text in SIGNS and kind in ("mi", "mo"):
            child.tag, child.text = f"{{{SPACE}}}mo", SIGNS[text]
        if display and kind == "msub" and _name(child) in UNDER:
            child.tag = f"{{{SPACE}}}munder"
    if _kind(parent) not in ("mrow", "math", "mstyle", "mtd"):
        return
    row = list(parent)
    for place, child in reversed(list(enumerate(row))):
        if not _name(child):
            continue
        _upright(child)
        after = row[place + 1] if place + 1 < len(row) else None
        if after is not None and not _opens(after):
            parent.insert(place + 1, _thin())
        if place and _is_value(row[place - 1]):
            parent.insert(place, _thin())


def _kind(element: ET.Element) -> str:
    return element.tag.removeprefix(f"{{{SPACE}}}")


def _name(element: ET.Element) -> str:
    """Return the function that an element names, such as log; "" when it names none."""
    base = element
    while _kind(base) in ("msub", "msup", "msubsup", "munder") and len(base):
        base = base[0]
    text = base.text or ""
    is_word = _kind(base) in ("mi", "mo") and re.fullmatch("[A-Za-z]{2,}", text)
    return text if is_word else ""


def _upright(element: ET.Element) -> None:
    """Set a function's name as a name: an operator would get an operator's spaces."""
    while len(element):
        element = element[0]
    element.tag = f"{{{SPACE}}}mi"


def _opens(element: ET.Element) -> bool:
    """Tell whether an element needs no space after a function's name."""
    while _kind(element) in ("mrow", "msup", "msub") and len(element):
        element = element[0]
    is_space = _kind(element) == "mspace"
    return is_space or (_kind(element) == "mo" and (element.text or "") != "∇")


def _is_value(element: ET.Element) -> bool:
    """Tell whether a function's name follows a number, a letter or a fraction."""
    return _kind(element) not in ("mo", "mspace") and not _name(element)


def _thin() -> ET.Element:
    return ET.Element(f"{{{SPACE}}}mspace", {"width": SMALL})
