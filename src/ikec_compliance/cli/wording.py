"""The words a text form needs from the rule set, by the name commands know them."""

from __future__ import annotations

from ikec_compliance.app.wording import wording_of

__all__ = ["wording_of"]
