"""Plain frozen records shared by every layer: places, vocabulary, rules, facts, verdicts, results."""
