"""The centre's configuration: reading, checking and asking it for values with their places."""

from ikec_compliance.centre.centre import Centre, Record
from ikec_compliance.centre.loader import centre_of, load_centre

__all__ = ["Centre", "Record", "centre_of", "load_centre"]
