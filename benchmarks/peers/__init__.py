"""Engines to measure beside each other: one module each, with ``build(work) -> (run, read)``.

``run()`` judges every fact by every rule and is what is timed; ``read(result)`` turns what it gave into ``Answers``.
Everything that an engine need do only once for a set of rules belongs to ``build``.
"""
