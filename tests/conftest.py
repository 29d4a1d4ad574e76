"""No test reads or leaves anything in the user's cache, unless it says so."""

import os

os.environ["IKEC_CACHE"] = "nee"
