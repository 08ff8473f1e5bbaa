"""IMA ADPCM as voice modems send it (ITU-T V.253, TIA IS-101): 4 bits a sample. Pure; only the coder's state.

There are no blocks and no headers: predictor and step start at zero with the stream and are carried on to its end. Of
the two samples in a byte the first is in the low nibble (sox and WAV writers of old put it in the high one).
Source: IMA "Recommended Practices for Enhancing Digital Audio Compatibility in Multimedia Systems", 3.0, section 6.
"""

from array import array

from hardware.sound.samples import Samples

STEPS = (
    *(7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66, 73, 80, 88, 97),
    *(107, 118, 130, 143, 157, 173, 190, 209, 230, 253, 279, 307, 337, 371, 408, 449, 494, 544, 598, 658, 724, 796),
    *(876, 963, 1060, 1166, 1282, 1411, 1552, 1707, 1878, 2066, 2272, 2499, 2749, 3024, 3327, 3660, 4026, 4428, 4871),
    *(5358, 5894, 6484, 7132, 7845, 8630, 9493, 10442, 11487, 12635, 13899, 15289, 16818, 18500, 20350, 22385, 24623),
    *(27086, 29794, 32767),
)
_TURNS = (-1, -1, -1, -1, 2, 4, 6, 8)  # how far each code moves the step up or down


def _change(index: int, code: int) -> int:
    """What a code adds to the predictor at a step."""
    step = STEPS[index]
    size = step >> 3
    for bit, part in ((4, step), (2, step >> 1), (1, step >> 2)):
        size += part if code & bit else 0
    return -size if code & 8 else size


# A state is the index of the step times 16, so that state | code finds both tables' rows.
_CHANGES = tuple(_change(index, code) for index in range(len(STEPS)) for code in range(16))
_NEXT = tuple(
    min(max(index + _TURNS[code & 7], 0), len(STEPS) - 1) << 4 for index in range(len(STEPS)) for code in range(16)
)
_LIMITS = tuple((step, step >> 1, step >> 2) for step in STEPS)


class AdpcmDecoder:
    """Bytes to samples, two of them a byte."""

    def __init__(self) -> None:
        self._value = 0
        self._state = 0

    def decode(self, data: bytes) -> Samples:
        """Twice as many samples as bytes; pieces of any length."""
        value, state = self._value, self._state
        changes, following = _CHANGES, _NEXT
        samples = array("h")
        put = samples.append
        for byte in data:
            for code in (byte & 15, byte >> 4):
                row = state | code
                value += changes[row]
                if not -32768 <= value <= 32767:
                    value = -32768 if value < 0 else 32767
                state = following[row]
                put(value)
        self._value, self._state = value, state
        return samples


class AdpcmEncoder:
    """Samples to bytes, two of them a byte; an odd one waits for the next piece."""

    def __init__(self) -> None:
        self._value = 0
        self._state = 0
        self._first: int | None = None  # the code of a sample that has no second one yet

    def encode(self, samples: Samples) -> bytes:
        """The bytes that are complete so far."""
        codes = self._codes(samples)
        if self._first is not None:
            codes.insert(0, self._first)
        self._first = codes.pop() if len(codes) & 1 else None
        return bytes(low | high << 4 for low, high in zip(codes[0::2], codes[1::2], strict=True))

    def finish(self) -> bytes:
        """The byte of an odd last sample, filled up with the smallest step back; else nothing."""
        last, self._first = self._first, None
        return b"" if last is None else bytes([last | 0x80])

    def _codes(self, samples: Samples) -> list[int]:
        value, state = self._value, self._state
        codes = []
        for sample in samples:
            wanted = sample - value
            code = 0
            if wanted < 0:
                code, wanted = 8, -wanted
            step, half, quarter = _LIMITS[state >> 4]
            if wanted >= step:
                code |= 4
                wanted -= step
            if wanted >= half:
                code |= 2
                wanted -= half
            if wanted >= quarter:
                code |= 1
            row = state | code
            value += _CHANGES[row]
            if not -32768 <= value <= 32767:
                value = -32768 if value < 0 else 32767
            state = _NEXT[row]
            codes.append(code)
        self._value, self._state = value, state
        return codes
