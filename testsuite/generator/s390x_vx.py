# SPDX-License-Identifier: MIT
"""What the generator must know of s390x Linux where vectors travel in vector registers,
with -march=z13 and later."""

from description import Variant
from s390x import (ABIS, CARRIER, COMMON, DIVERGENCES, HEADER, UNIONS_ARE_INTEGERS,
                   ZERO_WIDTH, scalars)

CPU = r"s390x_vx"

VECTOR_ALIGNMENT = 8

VARIANTS = {"vx": Variant(flags=(), vectors=64, registers=16)}
