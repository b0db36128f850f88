"""Patient Tutor: a language tutor that works with no network."""

__version__ = "0.1.0.dev0"
