"""The pages, one blueprint each. A view asks the store and the core, and hands plain values to a template. No SQL."""
