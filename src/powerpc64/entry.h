/* SPDX-License-Identifier: MIT */
/* The frame of general entries, for assembly.  With what each part starts at:

        +--------------------------------------------------+
   576  | the caller's parameter save area, if any         |
   544  | the caller's LINKAGE                             |
        +--------------------------------------------------+
   536  | r31                                              |
   528  | RET code                                         |
   464  | r3 to r10, unless memory has an argument: then   |
        | they are in the caller's parameter save area     |
   272  | v2 to v13                                        |
   264  | the address of the pointers                      |
   160  | f1 to f13                                        |
    32  | 128 bytes for the result                         |
    r1  | the words of LINKAGE, the back chain lowest      |
        +--------------------------------------------------+

   If C does not find the arguments, r31 is where r1 was, and below are
        +--------------------------------------------------+
        | pointers to the arguments                        |
        | copies of what wants more alignment than it has  |
    r1  | the words of LINKAGE                             |
        +--------------------------------------------------+
   and otherwise r31, RET code and the address are not there.  */

#ifndef FFI_ENTRY_H
#define FFI_ENTRY_H

#include "flags.h"

#define ENTRY_RESULT LINKAGE
#define ENTRY_REGS (ENTRY_RESULT + 128)
#define ENTRY_ARGS (ENTRY_REGS + FPRS * FPR_SIZE)
#define ENTRY_GPRS (ENTRY_REGS + FPRS_BYTES)
#define ENTRY_CODE (ENTRY_GPRS + 8 * GPRS)
#define ENTRY_R31 (ENTRY_CODE + 8)
#define ENTRY_FRAME (ENTRY_R31 + 8)

/* The bit of the condition register by which ffi_collect_types says that an argument has
   less alignment than its type.  */
#define MISALIGNED 31

#endif
