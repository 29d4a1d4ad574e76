"""What each reader is shown of a report, in that reader's own order: director, supervisors, policy officers."""
