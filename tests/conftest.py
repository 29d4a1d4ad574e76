"""Tests keep what was read and compiled in a folder of their own: never in, and never from, the user's cache."""

import atexit
import os
import shutil
import tempfile

# Workers of a parallel run inherit the folder of the run that started them.
if "IKEC_TEST_CACHE" not in os.environ:
    _folder = tempfile.mkdtemp(prefix="ikec-toets-")
    os.environ["IKEC_TEST_CACHE"] = _folder
    atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["IKEC_CACHE"] = os.environ["IKEC_TEST_CACHE"]
