"""The scoreboard as a notebook shows it: a table, and the same in plain text."""

from typing import NamedTuple

from gan_utils.gallery.scores import Score

HEAD = ("notebook", "clear attributes", "distance", "rare values", "updates")


class Board(NamedTuple):
    """Scores in the order of the notebooks; a cell that ends with one shows a table."""

    scores: tuple[Score, ...]

    def rows(self) -> list[tuple[str, ...]]:
        """Give the table's rows as text: a line a score, and the drawn faces last."""
        rows = [
            (
                s.notebook,
                f"{s.share:.0%}",
                f"{s.floors:.1f} floors",
                f"{s.rare} of {s.rare_of}",
                f"{s.updates:,}",
            )
            for s in self.scores
        ]
        of = self.scores[-1].rare_of if self.scores else 0
        return [*rows, ("drawn faces", "100%", "1.0 floors", f"{of} of {of}", "")]

    def change(self) -> str:
        """Say how the last score compares with the best before it."""
        if len(self.scores) < 2:
            return "This is the first line. The next notebook adds another."
        *earlier, now = self.scores
        best = min(earlier, key=lambda score: score.floors)
        points = round(100 * (now.share - best.share)) or 0  # no -0
        nearer = best.floors / now.floors
        how = (
            f"{nearer:.2f} times as near"
            if nearer >= 1
            else f"{1 / nearer:.2f} times as far"
        )
        what = f"{points:+d} points of clear attributes, {how}."
        return f"Beside the best before it, of notebook {best.notebook}: {what}"

    def __str__(self) -> str:
        rows = [HEAD, *self.rows()]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines = [
            "  ".join(w.rjust(n) for w, n in zip(r, widths, strict=True)) for r in rows
        ]
        return "\n".join([*lines, self.change()])

    __repr__ = __str__

    def _repr_html_(self) -> str:
        head = "".join(f'<th scope="col">{word}</th>' for word in HEAD)
        body = "".join(
            "<tr>" + "".join(f"<td>{word}</td>" for word in row) + "</tr>"
            for row in self.rows()
        )
        return (
            f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
            f"<p>{self.change()}</p>"
        )
