"""The kernel's side of the lab: one question in, one answer out, never a loop."""

import io
import time
from collections.abc import Iterator
from dataclasses import fields, replace

from gan_utils.lab import PRESETS, Lab, handed
from gan_utils.lab.frame import CELLS, REACH
from gan_utils.lab.storage import HoldsCode
from gan_utils.widgets.binary import pack

PATIENCE = 0.4  # seconds of playing in one answer, after which the rest is left out
CHUNK = 100  # updates between two looks at the clock, as long as the pace is unknown
STREAM = 0.05  # seconds in which one question may be answered by several frames
POINTS = 600  # of each kind that are sent and drawn
VIEWS = 4  # whose arrays are remembered: each opening of a tab is a new one
FILE = "gan_lab.npz"
NAMES = "AB"
LOOKS = ("look", "save", "wall")  # commands that leave the lab as it is


class Answers:
    """Answers the front end's questions about a lab and its fork.

    A question is a mapping: `view` and `id` (given back), `commands` (a list of
    mappings, each with `do`), `play` (updates to make), `frames` (how often, for
    `stream`) and `arrows` (their kind). An answer is (message, buffers): one packed
    frame a lane, then what was asked besides, by the names in the message's `extra`.

    All views of a lab hear all answers. So that they stay together, a question's
    `drive` says that its view begins ("start") or ends ("stop") to play, and an answer
    names the `driver`, the view that plays, and the `revision` of the lab, a number
    that grows with every change.
    """

    def __init__(self, lab: Lab):
        self.lanes = [lab]
        self.sent: dict[str, list[dict]] = {}  # view -> arrays it has, a lane
        self.driver: str | None = None
        self.revision = 0
        self._phases = None
        self._pace = 0.0  # updates a second of late

    def stream(self, question: dict, buffers=()) -> Iterator[tuple[dict, list[bytes]]]:
        """Answer, and play on for as many frames as were asked for and time allows.

        A notebook's front end does much work around every question, whatever it is;
        several answers to one spare it that. All but the last have `more` set.
        """
        begin = time.monotonic()
        left = int(question.get("frames") or 1)
        message, packed = self.answer(question, buffers)
        again = {name: question.get(name) for name in ("view", "id", "play", "arrows")}
        while left > 1 and again["play"] and "stopped" not in message:
            if time.monotonic() - begin > STREAM:
                break
            yield message | {"more": True}, packed
            left -= 1
            message, packed = self.answer(again)
        yield message, packed

    def answer(self, question: dict, buffers=()) -> tuple[dict, list[bytes]]:
        """Carry out the commands, play, and return the frames.

        What goes wrong is said in the answer's `note`, in words for the learner.
        """
        self.message = {"view": question.get("view"), "id": question.get("id")}
        self.extra: dict[str, bytes] = {}
        self._uploads = [bytes(buffer) for buffer in buffers or ()]
        if drive := question.get("drive"):
            self.driver = question.get("view") if drive == "start" else None
            self.revision += 1
        for command in question.get("commands", ()):
            self._guarded(command)
        if self._changed(question) and "note" not in self.message:
            self.message["obeyed"] = True  # an earlier warning has lost its cause
        if n := int(question.get("play") or 0):
            self._guarded({"do": "play", "n": n})
        self.message |= {"driver": self.driver, "revision": self.revision, "play": n}
        arrows = question.get("arrows") or "generator_loss"
        frames = [lab.frame(arrows=arrows) for lab in self.lanes]
        for name, frame in zip(NAMES, frames, strict=False):
            if frame.message:
                prefix = f"{name}: " if len(frames) > 1 else ""
                self._note(prefix + frame.message)
        have = self._have(question.get("view"), len(frames))
        packed = [pack(_few(f), had) for f, had in zip(frames, have, strict=True)]
        self.message |= {"lanes": len(frames), "extra": list(self.extra)}
        return self.message, [*packed, *self.extra.values()]

    @staticmethod
    def _changed(question: dict) -> bool:
        kinds = {command.get("do") for command in question.get("commands", ())}
        return bool(kinds - {"look", "phase", "save", "step", "take"})

    def _have(self, view: str, lanes: int) -> list[dict]:
        """Return the arrays that a view has; the views asked least lately are left."""
        have = self.sent.pop(view, [])
        self.sent[view] = have = [*have, *({} for _ in range(lanes))][:lanes]
        while len(self.sent) > VIEWS:
            del self.sent[next(iter(self.sent))]
        return have

    def _guarded(self, command: dict) -> None:
        """Carry out one command; what it raises becomes words."""
        kind = str(command.get("do"))
        handler = getattr(self, f"do_{kind}", None)
        if kind not in ("phase", "look"):
            self._phases = None
        if kind not in LOOKS:
            self.revision += 1
        if kind not in ("play", "look"):
            self._pace = 0.0  # an update may cost more now
        try:
            if handler is None:
                raise ValueError(f"The lab knows no command {kind!r}.")
            handler(command)
        except ValueError as error:
            self._refused(command, str(error))
        except Exception as error:
            first = (str(error).strip().splitlines() or [""])[0][:200]
            words = f"That did not work ({type(error).__name__}: {first})."
            self._refused(command, words)

    def _refused(self, command: dict, words: str) -> None:
        if command.get("do") == "loss":
            self.message["verdict"] = f"Refused. {words}"
        else:
            self._note(words)
        if command.get("do") in ("play", "step", "phase"):
            self.message["stopped"] = True

    def _note(self, words: str) -> None:
        before = self.message.get("note", "")
        if words not in before:
            self.message["note"] = f"{before} {words}".strip()

    def _chosen(self, command: dict) -> list[int]:
        """Return the numbers of the lanes that a command speaks to."""
        wanted = command.get("lane") or NAMES
        chosen = [i for i in range(len(self.lanes)) if NAMES[i] in wanted]
        return chosen or [0]

    def do_take(self, command: dict) -> None:
        """Go on with a run of the page, `run`; it takes the place of all lanes."""
        self.lanes = handed.read(command["run"])
        self.sent.clear()  # what a view has is the page's now

    def do_look(self, command: dict) -> None:
        """Change nothing: the frames are asked for anyway."""

    def do_play(self, command: dict) -> None:
        """Play all lanes by the same number of updates, as far as time allows."""
        left, until = command["n"], time.perf_counter() + PATIENCE
        while left and (rest := until - (begin := time.perf_counter())) > 0:
            n = min(left, max(CHUNK, int(rest * self._pace)))
            self._advance(n)
            if "stopped" in self.message:
                self._pace = 0.0
                return
            left -= n
            self._pace = n / max(time.perf_counter() - begin, 1e-6)

    def _advance(self, n: int) -> None:
        """Make n updates in all lanes; where one breaks, all stand at its last step."""
        made = []
        for lab in self.lanes:
            before = lab.now
            lab.advance(n)
            made.append(lab.now - before)
        if min(made) < n:
            self.message["stopped"] = True
            for lab, too_many in zip(self.lanes, made, strict=True):
                if too_many > min(made):
                    lab.seek(lab.now - too_many + min(made))

    def do_step(self, command: dict) -> None:
        """Let one player, or both, move once in all lanes."""
        for lab in self.lanes:
            lab.step(command.get("who", "both"))

    def do_set(self, command: dict) -> None:
        """Change settings of the chosen lanes."""
        for i in self._chosen(command):
            self._say(self.lanes[i].change(**command["values"]))

    def do_preset(self, command: dict) -> None:
        """Start the chosen lanes anew with a preset."""
        name = command.get("name")
        if name in PRESETS:
            for i in self._chosen(command):
                self.lanes[i] = Lab(**PRESETS[name])
            self.message["preset"] = name

    def do_loss(self, command: dict) -> None:
        """Swap in a loss typed as Python, at the same weights."""
        for i in self._chosen(command):
            self.message["verdict"] = self.lanes[i].set_loss(command["text"])

    def do_reset(self, command: dict) -> None:
        """Start all lanes anew."""
        for lab in self.lanes:
            lab.reset(command.get("seed"))

    def do_seek(self, command: dict) -> None:
        """Go to a step in all lanes, or to the nearest that a lane has."""
        for lab in self.lanes:
            lab.seek(min(max(int(command["step"]), lab.first), lab.head))

    def do_fork(self, command: dict) -> None:
        """Add the second lane: the same past, the same random numbers."""
        self.lanes = [self.lanes[0], self.lanes[0].fork()]

    def do_join(self, command: dict) -> None:
        """Leave the second lane."""
        del self.lanes[1:]

    def do_phase(self, command: dict) -> None:
        """Show the next of the ten phases of an update, in all lanes side by side."""
        if self._phases is not None and not self._show_phases():
            for steps in self._phases:
                next(steps.phases, None)  # after its last phase the update is made
            self._phases = None
        if self._phases is None:  # the next update begins
            self._phases = [_Slow(lab) for lab in self.lanes]
            if not self._show_phases():
                self.message["stopped"] = True

    def _show_phases(self) -> bool:
        """Show the next phase that any lane has; False when the update is over."""
        number = min((n for steps in self._phases for n in steps.left), default=None)
        shown = {
            name: steps.take(number)
            for name, steps in zip(NAMES, self._phases, strict=False)
            if number in steps.left
        }
        for name, phase in shown.items():
            if phase is None:  # this lane's run is broken
                return False
            words = {"number": number, "player": phase.player, "name": phase.name}
            self.message["phase"] = words
            self.extra[f"phase {name}"] = pack(_on_grid(phase.arrays))
        return bool(shown)

    def do_wall(self, command: dict) -> None:
        """Play many seeds of the first lane's settings at once."""
        wall = self.lanes[0].wall(steps=int(command["steps"]))
        parts = {f.name: getattr(wall, f.name) for f in fields(wall)}
        self.extra["wall"] = pack({"view": (-REACH, REACH, -REACH, REACH), **parts})
        self.message["wall"] = True

    def do_save(self, command: dict) -> None:
        """Hand the first lane's run over as a file."""
        file = io.BytesIO()
        self.lanes[0].save(file)
        self.extra["file"] = file.getvalue()
        self.message["file"] = FILE

    def do_load(self, command: dict) -> None:
        """Take a run from a file, called `name`; it takes the place of all lanes.

        Code in the file comes back as the message's `code`; it runs when the file is
        sent again with `run_code`.
        """
        if not self._uploads:
            raise ValueError("No file arrived. Choose a file that this lab has saved.")
        file = io.BytesIO(self._uploads[0])
        try:
            self.lanes = [Lab.load(file, run_code=bool(command.get("run_code")))]
        except HoldsCode as found:
            self.message["code"] = found.code
        except ValueError as error:
            raise ValueError(
                f"{command.get('name') or 'The file'} could not be loaded: it is no "
                "run that a lab has saved, or one that was cut short or changed, or "
                "of another version of the course. The lab stays as it is."
            ) from error

    def _say(self, sentence: str) -> None:
        if "anew" in sentence:
            self.message["info"] = sentence


class _Slow:
    """A lane in slow motion: its phases, and the numbers of those still to come."""

    def __init__(self, lab: Lab):
        settings = lab.settings
        first, second = range(1, 6), range(6, 11)
        self.phases = lab.slow_motion()
        self.left = [
            *(first if settings.k_d else ()),
            *(second if settings.k_g else ()),
        ]

    def take(self, number: int):
        """Return the phase of that number, the first of those left."""
        self.left.remove(number)
        return next(self.phases, None)


def _few(frame):
    """Leave the points that a picture can show; all were measured."""
    few = {name: getattr(frame, name)[:POINTS] for name in ("real", "fake", "latent")}
    return replace(frame, **few)


def _on_grid(arrays: dict) -> dict:
    """Give the cells of a phase's maps their rows and columns."""
    maps = {name: a for name, a in arrays.items() if name.startswith("heat")}
    shaped = {n: a.reshape(CELLS, CELLS) for n, a in maps.items() if a.size == CELLS**2}
    return {**{n: a for n, a in arrays.items() if n not in maps}, **shaped}
