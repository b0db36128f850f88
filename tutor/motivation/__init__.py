"""Pure rules of motivation: what an answer earns, days, streaks."""
