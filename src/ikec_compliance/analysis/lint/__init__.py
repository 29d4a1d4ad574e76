"""Looking through rules for what loads and may still be wrong; every kind of finding has a page in ``docs/lint``."""
