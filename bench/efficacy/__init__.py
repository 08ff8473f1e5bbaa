"""How many unwanted calls each preset stops, and whether a wanted one is lost: made-up traces, the real decision.

docs/efficacy.md tells the method; weights.toml holds every figure with its source.
"""
