"""Names of the tables that travel. `store.tables` declares them, but takes 0.3 s to import."""

LOGS = ("review", "undo", "mistake", "lesson_event", "phrase_attempt", "carried_stats")
"""Immutable, united by sync."""

EDITABLE = ("learner", "item_state", "own_item", "item_tag", "parameter_set", "parameter_pointer")
"""A clock for each field, tombstones."""
