"""What a call means, what is kept, and who runs."""
