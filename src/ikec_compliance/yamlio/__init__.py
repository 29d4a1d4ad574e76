"""YAML with places: strict reading, checking against a JSON Schema, and merging a folder of files.

Nothing here knows of centres or rules. ``documents.load_folder_or_file`` gives the node tree of a
file or folder, ``schema.walk`` turns it into plain typed data of which every value knows its line.
"""
