"""The budgets, measured on the real processes: `python -m bench [name ...]`. Nothing is written into the repository."""
