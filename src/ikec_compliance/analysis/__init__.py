"""What can be said of rules without a centre."""
