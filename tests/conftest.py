"""One folder of its own for what is read and compiled, never the user's cache; the same generated cases every run.

``IKEC_WILLEKEURIG=ja`` lets hypothesis draw other cases each time. CI refuses a change by what it can repeat only; the
search for the unknown is the fuzzers' (``tests/fuzz*``).
"""

import atexit
import os
import shutil
import tempfile

from hypothesis import settings

settings.register_profile("vast", derandomize=True, deadline=None, database=None)
settings.register_profile("willekeurig", deadline=None)
settings.load_profile("willekeurig" if os.environ.get("IKEC_WILLEKEURIG") == "ja" else "vast")

# Workers of a parallel run inherit the folder of the run that started them.
if "IKEC_TEST_CACHE" not in os.environ:
    _folder = tempfile.mkdtemp(prefix="ikec-toets-")
    os.environ["IKEC_TEST_CACHE"] = _folder
    atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["IKEC_CACHE"] = os.environ["IKEC_TEST_CACHE"]
