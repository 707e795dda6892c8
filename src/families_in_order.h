/* SPDX-License-Identifier: MIT */
/* For flags.h of a port whose specialised entries go by families of registers: the
   families of signatures whose arguments are in one register after the other, all of one
   sort.  For C and assembly; the port's FAST_FAMILIES begins with them.  */

#ifndef FFI_FAMILIES_IN_ORDER_H
#define FFI_FAMILIES_IN_ORDER_H

#define FAMILIES_IN_ORDER                                                                \
  F (0, 0, 0, 0)                                                                         \
  F (1, 0, 1, 0)                                                                         \
  F (2, 0, 2, 0)                                                                         \
  F (3, 0, 3, 0)                                                                         \
  F (4, 0, 4, 0)                                                                         \
  F (6, 0, 6, 0)                                                                         \
  F (8, 0, 8, 0)                                                                         \
  F (0, 1, 1, 0)                                                                         \
  F (0, 2, 2, 0)                                                                         \
  F (0, 4, 4, 0)

#endif
