"""A small local web application: hand over a centre, read its report, change it and see what flips."""
