"""Pictures of a report as SVG, for people who would rather look than read. Each says the same in words."""
