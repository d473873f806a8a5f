"""What goes wrong when an amount is read or computed."""


class EaseoffError(ValueError):
    """Bad input. ``message`` says what was wrong, ``hint`` what would be right; both are one sentence."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class QuantityError(EaseoffError):
    """An amount that cannot be read, or that is not what was asked for."""
