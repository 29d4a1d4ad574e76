"""Pages of the documentation that are made from the rules and the program at build time, in Dutch."""
