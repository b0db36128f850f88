"""The Flet user interface: it renders what the front door tells, and hands back what the learner does."""
