"""Many centres at once: a country to try it on, workers that survive what goes wrong, and one overview."""
