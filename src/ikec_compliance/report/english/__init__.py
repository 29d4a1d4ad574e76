"""A result said again in English: its Dutch sentences looked up or taken apart, and nothing else changed."""
