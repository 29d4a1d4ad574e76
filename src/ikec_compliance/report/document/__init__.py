"""A report as a document: what it is made of, and how it is written as HTML, Markdown and text."""
