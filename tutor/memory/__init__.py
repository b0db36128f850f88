"""Pure rules of memory: values in, values out. No database, no clock, no randomness of its own."""
