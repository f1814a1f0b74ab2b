"""Puts a `Site` into MkDocs and Material. The only code beside hooks/main.py that imports mkdocs."""
