"""The sample formats of voice modems, by name. Values only: events carry them, so nothing heavy may enter."""

from dataclasses import dataclass
from enum import Enum


class Encoding(Enum):
    """How a voice modem writes one sample."""

    UNSIGNED_8 = "unsigned_8"  # 0x80 is silence
    SIGNED_8 = "signed_8"
    LINEAR_16 = "linear_16"  # signed, low byte first
    MU_LAW = "mu_law"  # ITU-T G.711
    A_LAW = "a_law"
    IMA_ADPCM = "ima_adpcm"  # 4 bits, the first sample in the low nibble


@dataclass(frozen=True, slots=True)
class SoundFormat:
    """A sample format as a modem offers it: `code` is the first number of +VSM=, `rate` is samples per second."""

    code: int
    encoding: Encoding
    rate: int

    @property
    def bytes_per_second(self) -> float:
        """How fast sound in this format passes, without its shielding."""
        bits = {Encoding.LINEAR_16: 16, Encoding.IMA_ADPCM: 4}.get(self.encoding, 8)
        return self.rate * bits / 8
