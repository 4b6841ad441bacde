"""What the model can be told to do wrong; every field can be set while it runs."""

from dataclasses import dataclass


@dataclass
class Faults:
    """`status` answers with that error instead; the others strike a stream after so many events
    of it. `times` is how many requests are struck from now on, None for all until it is changed.
    """

    status: int = 0
    retry_after_s: float | None = None
    hang_s: float = 0.0
    """Nothing is sent for so long, and then the answer."""
    pings_s: float = 0.0
    """For so long nothing but pings within a stream that has begun."""
    cut_after: int | None = None
    """The connection breaks."""
    end_after: int | None = None
    """The stream ends as if it were whole."""
    garble_after: int | None = None
    """An event that is no JSON."""
    error_after: int | None = None
    """The stream tells of an error of the service's own."""
    times: int | None = None

    def strike(self) -> bool:
        """Whether this request is struck, which counts."""
        if self.times is None:
            return True
        self.times -= 1
        return self.times >= 0

    def clear(self) -> None:
        self.__init__()  # type: ignore[misc]  # back to what a new one is
