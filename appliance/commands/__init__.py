"""The commands of `quietline`, one module per family. They ask the store and the core, and speak through click.

Each command imports what it needs when it runs, so that `quietline line` starts quickly and stays small.
"""
