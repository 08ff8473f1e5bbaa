"""DLE shielding, both ways: what is a sample, and what is a code.

Sans-IO and lexical: what a code means stays out. ITU-T V.253 and TIA/EIA IS-101; Rockwell's and U.S. Robotics' older
commands shield alike.
"""

DLE, ETX, SUB = 0x10, 0x03, 0x1A
END = bytes((DLE, ETX))
"""The end of a stream, in either direction."""

# A shielded DLE is a sample of that value; SUB stands for two of them (V.253).
_LITERALS = {DLE: b"\x10", SUB: b"\x10\x10"}

Token = bytes | int
"""Plain bytes, or the byte that stood behind a DLE: a code."""


def shield(samples: bytes) -> bytes:
    """Samples as they are written into a stream: each DLE among them twice."""
    return samples.replace(b"\x10", b"\x10\x10")


class Unshielder:
    """Takes bytes in pieces of any length, cut anywhere, and holds nothing but whether the last one was a DLE."""

    def __init__(self) -> None:
        self.pending = False

    def feed(self, data: bytes) -> list[Token]:
        """Runs of plain bytes and codes, in order. Plain bytes that touch come in one run."""
        tokens: list[Token] = []
        plain = bytearray()
        at = 0
        while at < len(data):
            if self.pending:
                self.pending = False
                code = data[at]
                at += 1
                if code in _LITERALS:
                    plain += _LITERALS[code]
                    continue
                if plain:
                    tokens.append(bytes(plain))
                    plain.clear()
                tokens.append(code)
                continue
            found = data.find(DLE, at)
            end = found if found >= 0 else len(data)
            plain += data[at:end]
            self.pending = found >= 0
            at = end + 1
        if plain:
            tokens.append(bytes(plain))
        return tokens

    def forget(self) -> None:
        """Drop a DLE whose code never came: it is no sample."""
        self.pending = False
