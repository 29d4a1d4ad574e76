"""What the YAML parser says of broken text, in Dutch and with the place a reader should look at."""

from __future__ import annotations

from yaml.error import MarkedYAMLError

from ikec_compliance.model.errors import InputError
from ikec_compliance.model.place import Location

_ALIAS = "verwijzingen (&, *) zijn niet toegestaan; zet tekst tussen aanhalingstekens"
_TAB = "hier staat een tab; YAML kent alleen spaties als inspringing"
_FLOW = "hier ontbreekt ‘,’ of het sluitende ‘{close}’ van wat op regel {line} met ‘{open}’ begint"
_INDENT = (
    "deze regel past niet in het blok dat op regel {line} begint; "
    "controleer de inspringing, de haakjes en de aanhalingstekens"
)
_DOCUMENT = "na het einde van het document (‘...’) mag niets meer volgen"
_FALLBACK = "dit is hier geen geldige YAML; controleer de inspringing, de haakjes en de aanhalingstekens"

# Fragment of the parser's problem → (sentence, point at the start of the construct and not at its end).
# libyaml and the pure Python parser word the same problem differently, so both fragments stand here.
_SENTENCES: tuple[tuple[str, str, bool], ...] = (
    ("could not find expected ':'", "hier wordt ‘sleutel: waarde’ verwacht, maar ‘:’ ontbreekt", True),
    ("mapping values are not allowed", "‘:’ mag hier niet; zet een waarde met ‘: ’ tussen aanhalingstekens", False),
    ("sequence entries are not allowed", "‘- ’ mag hier niet; begin de lijst op een nieuwe regel", False),
    ("mapping keys are not allowed", "een sleutel mag hier niet staan; controleer de inspringing", False),
    ("unexpected end of stream", "de aanhalingstekens die hier openen, worden nergens gesloten", True),
    ("unexpected document indicator", "de aanhalingstekens die hier openen, worden niet gesloten vóór ‘---’", True),
    ("unknown escape character", "onbekende code na ‘\\’; schrijf ‘\\\\’ of gebruik enkele aanhalingstekens", False),
    ("hexdecimal number", "na ‘\\x’ of ‘\\u’ horen hexadecimale cijfers", False),
    ("escape sequence of", "na ‘\\x’ of ‘\\u’ horen hexadecimale cijfers", False),
    ("invalid Unicode character escape code", "deze tekencode na ‘\\’ bestaat niet", False),
    ("tab character", _TAB, False),
    ("',' or '}'", _FLOW.replace("{open}", "{{").replace("{close}", "}}"), False),
    ("',' or ']'", _FLOW.replace("{open}", "[").replace("{close}", "]"), False),
    ("document start", _DOCUMENT, False),
    ("alphabetic or numeric character", _ALIAS, True),
    ("comment or line break", "achter ‘|’ of ‘>’ mag op dezelfde regel niets meer staan", False),
    ("indentation indicator", "achter ‘|’ of ‘>’ mag op dezelfde regel niets meer staan", False),
    ("chomping or indentation", "achter ‘|’ of ‘>’ mag op dezelfde regel niets meer staan", False),
    ("tag", "typeaanduidingen (!) zijn niet toegestaan; zet tekst tussen aanhalingstekens", False),
    ("URI", "typeaanduidingen (!) zijn niet toegestaan; zet tekst tussen aanhalingstekens", False),
    ("directive", "regels die met ‘%’ beginnen, zijn niet toegestaan", True),
    ("node content", "hier wordt een waarde verwacht; controleer de haakjes en de komma’s", False),
    ("expected key", _INDENT, False),
    ("'-' indicator", _INDENT, False),
    ("<block end>", _INDENT, False),
)


def syntax_error(error: MarkedYAMLError, text: str, file: str) -> InputError:
    """``error`` of the parser on ``text`` as one Dutch line with its place in ``file``."""
    problem = error.problem or ""
    mark, start = error.problem_mark or error.context_mark, error.context_mark
    if "cannot start any token" in problem and mark is not None:
        place = Location(file, mark.line + 1, mark.column + 1)
        return InputError(_cannot_start(text[mark.index : mark.index + 1]), place)
    sentence = _FALLBACK
    for fragment, words, at_start in _SENTENCES:
        if fragment in problem:
            if "{line}" in words and start is None:
                break
            sentence = words.format(line=start.line + 1) if start is not None and "{" in words else words
            mark = start if at_start and start is not None else mark
            break
    place = Location(file, mark.line + 1, mark.column + 1) if mark is not None else Location(file, 1, 1)
    return InputError(sentence, place)


def _cannot_start(character: str) -> str:
    if character == "\t":
        return _TAB
    return f"een waarde mag niet met ‘{character}’ beginnen; zet de waarde tussen aanhalingstekens"
