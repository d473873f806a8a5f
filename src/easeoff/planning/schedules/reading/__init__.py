"""Reading what people paste. `read_schedule` gives entries and questions; nothing is guessed and nothing is lost."""

from easeoff.planning.schedules.reading.doubts import Choice, Doubt
from easeoff.planning.schedules.reading.pieces import Piece, PieceKind
from easeoff.planning.schedules.reading.reader import LONGEST_TEXT, Reading, read_schedule

__all__ = ["LONGEST_TEXT", "Choice", "Doubt", "Piece", "PieceKind", "Reading", "read_schedule"]
