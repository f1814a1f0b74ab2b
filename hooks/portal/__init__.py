"""The portal as a plain Python package: editors' files in, one frozen `Site` out.

Nothing here imports MkDocs. Imports point one way (tests/test_architecture.py
enforces it): text, problems < schema < source, registers < body < figures,
statistics < pages < site < cli.
"""
