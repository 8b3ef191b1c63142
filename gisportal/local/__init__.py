"""The commands behind `make`: they set this checkout up and run it.

Standard library only: they run before `.venv` exists.
"""
