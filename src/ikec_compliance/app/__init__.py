"""Use cases: what a user can ask for. Each returns a result object; none prints."""
