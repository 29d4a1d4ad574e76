"""Shows the one result object: text for a director, JSON for programs, and the explanation of one verdict."""
