"""The rules, one function each, by what they look at. Their order stands in core/screening.py."""
