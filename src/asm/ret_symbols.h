/* SPDX-License-Identifier: MIT */
/* The RET codes as symbols of the assembler, from the list RET_CODES of the port's
   flags.h.  For C see ret_codes.h.  */

#ifndef FFI_ASM_RET_SYMBOLS_H
#define FFI_ASM_RET_SYMBOLS_H

	.set	RET_COUNT, 0
#define R(name, ...) .set RET_##name, RET_COUNT; .set RET_COUNT, RET_COUNT + 1;
	RET_CODES
#undef R
.if RET_COUNT > RET_MASK + 1
	.error	"RET_MASK has too few bits for RET_CODES"
.endif

#endif
