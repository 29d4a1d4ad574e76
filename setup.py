"""Puts the rule set, the schemas and the examples into the wheel; all other settings stand in pyproject.toml.

They live at the top of the source tree, where policy officers edit them, and travel as ``ikec_compliance/_data``.
An editable install copies nothing: ``ikec_compliance.model.resources`` then finds the source tree.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent
DATA = ("rules", "schema", "examples")
# Files of real children are never part of a distribution, wherever they stand.
LEFT_OUT = shutil.ignore_patterns("kinderen.yaml", "kinderen.yml", ".*", "*~", "__pycache__")


class BuildWithData(build_py):
    """``build_py`` that also copies the data folders, unless the install is editable."""

    def run(self) -> None:
        """Build the modules and then the data; a missing data folder is a build error."""
        super().run()
        if self.editable_mode:
            return
        target = Path(self.build_lib) / "ikec_compliance" / "_data"
        shutil.rmtree(target, ignore_errors=True)
        for name in DATA:
            shutil.copytree(ROOT / name, target / name, ignore=LEFT_OUT)


setup(cmdclass={"build_py": BuildWithData})
