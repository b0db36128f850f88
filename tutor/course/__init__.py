"""The course format: read it, check it, describe it."""
