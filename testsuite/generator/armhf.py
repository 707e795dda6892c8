# SPDX-License-Identifier: MIT
"""What the generator must know of 32-bit Arm Linux whose default is the VFP variant of
the procedure call standard."""
from arm import (CARRIER, COMMON, DIVERGENCES, FP16, HEADER, VECTOR_ALIGNMENT, ZERO_WIDTH,
                 scalars)
from description import Abi, Variant

CPU = r"armhf"

ABIS = {
    "vfp": Abi("FFI_VFP", "", COMMON, static_chain=True),
    "sysv": Abi("FFI_SYSV", '__attribute__ ((pcs ("aapcs")))', COMMON, static_chain=True),
}

VARIANTS = {
    "default": Variant(flags=(), vectors=0, gcc=FP16),
    "a32": Variant(flags=("-marm",), vectors=0, gcc=FP16),
}
