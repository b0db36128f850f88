"""Drills, made from an item, a mode, its neighbours and a random seed. Pure: the same in, the same out."""
