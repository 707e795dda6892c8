/* SPDX-License-Identifier: MIT */
/* For fast_entry.S of a port with FAST_FAMILIES, to be included after its flags.h: the
   specialised entries of all families.  Before ENTRIES_OF_FAMILIES the port defines

   .macro FRAME gprs, fprs, args, mapped
     which sets the symbols of a family's frame, and
   .macro FAST_ENTRY code, gprs, fprs, args, mapped
     which makes its entry for results of CODE: a landing pad and what follows.  */

#ifndef FFI_ASM_FAMILIES_H
#define FFI_ASM_FAMILIES_H

#include "asm/offset_table.h"

/* One entry, or 0 for a result that has none.  FAST is the second column of RET_CODES: 1;
   or 2 for a result whose address precedes the arguments, so that only a map finds them.
   MAPPED is 2 for a family that has only such results.  */
.macro MAYBE_ENTRY code, fast, gprs, fprs, args, mapped
.if (\fast == 1 && \mapped < 2) || (\fast == 2 && \mapped && \gprs > 0)
	.balign	16
	TABLE_OFFSET .Lentry\@-ffi_fast_table
.Lentry\@:
	FAST_ENTRY \code, \gprs, \fprs, \args, \mapped
.else
	TABLE_OFFSET 0
.endif
.endm

/* All results of a family, in the order of the RET codes.  */
.macro FAMILY gprs, fprs, args, mapped
	FRAME	\gprs, \fprs, \args, \mapped
#define R(name, fast) MAYBE_ENTRY RET_##name, fast, \gprs, \fprs, \args, \mapped;
	RET_CODES
#undef R
.endm

.macro ENTRIES_OF_FAMILIES
	OFFSET_TABLE ffi_fast_table
#define F(gprs, fprs, args, mapped) FAMILY gprs, fprs, args, mapped;
	FAST_FAMILIES
#undef F
.endm

#endif
