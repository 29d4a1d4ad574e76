"""Ways in and out besides YAML: workbooks, and the registers LRK and DUO."""
