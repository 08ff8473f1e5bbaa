"""Sound: how a voice modem writes it, tones that are made, and tones, keys and silence that are recognised.

Samples go in and out; the telephone line, its modem and policy may not enter.
"""
