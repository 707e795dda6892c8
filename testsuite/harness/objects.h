/* SPDX-License-Identifier: MIT */
/* What every CPU.S begins with: the objects of machine.h, in .bss behind .Lvars, where the
   CPU's own may follow; and the macros FUNCTION and ENDFUNCTION.  LANDING, if the CPU has
   it, is the instruction that functions called through pointers begin with.  */

.macro OBJECT name, size
	.globl	\name
	.hidden	\name
	.type	\name, %object
	.size	\name, \size
	.balign	__SIZEOF_POINTER__
\name:	.skip	\size
.endm

.macro FUNCTION name
	.globl	\name
	.hidden	\name
	.balign	16
	.type	\name, %function
\name:
#ifdef LANDING
	LANDING
#endif
.endm

.macro ENDFUNCTION name
	.size	\name, . - \name
.endm

	.bss
	.balign	64
.Lvars:
	OBJECT	machine_in, STATE_SIZE
	OBJECT	machine_out, STATE_SIZE
	OBJECT	machine_seen, STATE_SIZE
	OBJECT	machine_give, STATE_SIZE
	OBJECT	machine_seen_stack, (__SIZEOF_POINTER__ * MACHINE_STACK_WORDS)
	OBJECT	machine_memory_result, 256
	OBJECT	machine_memory_bytes, __SIZEOF_POINTER__
	OBJECT	machine_trash_words, __SIZEOF_POINTER__
	OBJECT	machine_handle, __SIZEOF_POINTER__
