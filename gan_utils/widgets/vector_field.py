"""The vector-field explorer: click into a game of two numbers, and watch what comes."""

from gan_utils import plots, validate
from gan_utils.vector_fields import portrait
from gan_utils.vector_fields import vector_field as engine
from gan_utils.widgets.binary import pack
from gan_utils.widgets.face import Face


class VectorFieldFace(Face):
    """A game that a reader can launch points into; end a cell with it.

    Attributes:
        field: the engine, for code: whatever it does shows at the next move.
    """

    script = "vector_field"

    def __init__(self, field: engine.VectorField):
        super().__init__(Answers(field), catalogue())
        self.field = field

    def figure(self) -> plots.Figure:
        """Draw the field, the last launch, and the eigenvalues of one update."""
        seen = self.field.portrait()
        name, values = seen.settings["stepper"], None
        if len(seen.values):
            values = seen.values @ [1, 1j]
        paths = {name: seen.paths[-1]} if len(seen.paths) else {}
        points, title = portrait.arrow_points(), seen.title.replace(f", {name}", "")
        return plots.stability(points, seen.arrows, paths, {name: values}, title=title)


class Answers:
    """Answers the front end's questions about a vector field.

    A question is a mapping: `view` and `id` (given back) and `commands`, mappings each
    with `do`: "set" (with `values`), "launch" (theta, psi), "undo", "clear" or "look".
    """

    def __init__(self, field: engine.VectorField):
        self.field = field

    def answer(self, question: dict, buffers=()) -> tuple[dict, list[bytes]]:
        """Carry out the commands and return what is to be seen; faults are words."""
        message = {"view": question.get("view"), "id": question.get("id")}
        for command in question.get("commands", ()):
            try:
                self._carry_out(command)
            except ValueError as error:
                message["note"] = str(error)
        return message, [pack(self.field.portrait())]

    def _carry_out(self, command: dict) -> None:
        match command.get("do"):
            case "set":
                self.field.change(**command["values"])
            case "launch":
                self.field.launch(command["theta"], command["psi"])
            case "undo":
                self.field.undo()
            case "clear":
                self.field.clear()


SETTINGS = ("stepper", "step_size", "strength", "starts")


def catalogue() -> dict:
    """Describe the controls as plain values."""
    h, strength = engine.STEP_SIZES, engine.STRENGTHS
    return {
        "games": list(engine.GAMES),
        "steppers": list(engine.STEPPERS),
        "step_size": {"low": h[0], "high": h[1], "step": 0.02},
        "strength": {"low": strength[0], "high": strength[1], "step": 0.05},
        "reach": portrait.REACH,
        "steps": portrait.STEPS,
    }


def vector_field(game: str = engine.BILINEAR, **settings) -> VectorFieldFace:
    """Explore a game of two numbers: launch points, turn its settings.

    Args:
        game: one of `gan_utils.vector_fields.vector_field.GAMES`.
        **settings: stepper, step_size, strength and starts of
            `gan_utils.vector_fields.vector_field.VectorField`.

    Returns:
        VectorFieldFace: end a cell with it. Without the package anywidget it is a
        picture.

    Raises:
        ValueError: for a bad setting.
    """
    for name in settings:
        validate.one_of(name, "the name of a setting", SETTINGS)
    return VectorFieldFace(engine.VectorField(game, **settings))
