"""Compliance rule engine for Dutch integrated child centres (IKEC)."""

__version__ = "0.1.0"
