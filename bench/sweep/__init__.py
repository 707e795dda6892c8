# SPDX-License-Identifier: MIT
"""Many signatures in place of a few: see ../README.md, "The sweep"."""
