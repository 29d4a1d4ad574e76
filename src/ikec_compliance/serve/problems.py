"""What a request can end in besides a page."""

from __future__ import annotations


class Problem(Exception):
    """A page that says what went wrong: HTTP status, heading, what to do, and the lines of the error itself."""

    def __init__(self, status: int, heading: str, advice: str, lines: tuple[str, ...] = ()) -> None:
        super().__init__(heading)
        self.status = status
        self.heading = heading
        self.advice = advice
        self.lines = lines


def unknown_page() -> Problem:
    """For an address that is none."""
    return Problem(404, "Deze bladzijde bestaat niet", "Ga terug naar het begin.")


def no_centre() -> Problem:
    """For a page about a centre when none is open, or no longer."""
    return Problem(
        410,
        "Er is geen centrum geopend",
        "U had nog niets geopend, of het is te lang geleden: gegevens blijven alleen in het geheugen en worden na een "
        "paar uur vergeten. Open het bestand opnieuw.",
    )


def too_large(megabytes: int) -> Problem:
    """For a request above the limit."""
    return Problem(
        413,
        "Dit bestand is te groot",
        f"Een bestand mag hier hoogstens {megabytes} MB zijn. Verwijder wat ikec niet nodig heeft, of laat degene die "
        "‘ikec serve’ startte een hogere grens kiezen (--grens).",
    )


def too_slow() -> Problem:
    """For a request that did not arrive in time."""
    return Problem(408, "Het bestand kwam niet op tijd aan", "Probeer het opnieuw.")


def foreign() -> Problem:
    """For a change that was not asked for from one of our own pages."""
    return Problem(
        403,
        "Deze opdracht kwam niet van deze website",
        "Ter bescherming wordt alleen uitgevoerd wat op deze bladzijden zelf is ingevuld. Begin opnieuw bij het begin.",
    )


def unreadable(lines: tuple[str, ...], status: int = 422) -> Problem:
    """For input that is wrong."""
    return Problem(
        status,
        "Dit kan niet worden gelezen",
        "Herstel wat hieronder staat en probeer het opnieuw. Er is niets veranderd.",
        lines,
    )


def broken(line: str) -> Problem:
    """For a fault of the program."""
    return Problem(
        500,
        "Het programma heeft een fout gemaakt",
        "Er is geen rapport gemaakt: liever geen rapport dan een half rapport. Meld de regel hieronder aan wie het "
        "programma beheert.",
        (line,),
    )
