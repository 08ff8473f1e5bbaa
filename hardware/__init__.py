"""What the wire says: modem bytes, Caller ID, lamps and buttons. Knows no policy and can be lifted out as a library."""
