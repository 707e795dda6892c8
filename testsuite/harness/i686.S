/* SPDX-License-Identifier: MIT */
/* The assembly behind machine.h for i386.  All state is static: one call at a time.
   It is position-independent, as test programs may be.  */

#define MACHINE_ASM
#include "i686.h"

#define LANDING endbr32
#include "objects.h"
	OBJECT	machine_x87_results, 4
	OBJECT	machine_x87_given, 4
	OBJECT	machine_hidden, 4
	OBJECT	machine_popped, 4
.Lsaved_esp: .skip 4
.Lsaved_mxcsr: .skip 4
.Lenvironment: .skip 28
.Lsaved_x87: .skip 2

	.text

/* Variables, by way of REG, which BASE lets point at all of them.  */
#define VAR(name, reg) name - .Lvars(%reg)
#define GPR(state, n, reg) state + STATE_GPR + 4 * n - .Lvars(%reg)
#define FIELD(state, field, reg) state + field - .Lvars(%reg)
#define VECTOR(state, n, reg) state + STATE_VECTOR + 16 * n - .Lvars(%reg)

/* Writes one word below the stack.  */
.macro BASE reg
	call	.Lpc\@
.Lpc\@:	popl	%\reg
	leal	.Lvars - .Lpc\@(%\reg), %\reg
.endm

/* Store everything to STATE, writing no more than two words below the stack.  Leaves
   eax = base, and all else but ecx as it was.  */
.macro STORE_STATE state
	pushl	%eax
	BASE	eax
	pushfl
	popl	FIELD (\state, STATE_FLAGS, eax)
	popl	GPR (\state, 0, eax)
	movl	%ecx, GPR (\state, 1, eax)
	movl	%edx, GPR (\state, 2, eax)
	movl	%ebx, GPR (\state, 3, eax)
	movl	%esp, GPR (\state, 4, eax)
	movl	%ebp, GPR (\state, 5, eax)
	movl	%esi, GPR (\state, 6, eax)
	movl	%edi, GPR (\state, 7, eax)
	stmxcsr	FIELD (\state, STATE_MXCSR, eax)
	fnstenv	VAR (.Lenvironment, eax)
	fldenv	VAR (.Lenvironment, eax)
	movw	VAR (.Lenvironment, eax), %cx
	movw	%cx, FIELD (\state, STATE_X87_CONTROL, eax)
	movw	VAR (.Lenvironment + 8, eax), %cx
	movw	%cx, FIELD (\state, STATE_X87_TAGS, eax)
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7
	movups	%xmm\n, VECTOR (\state, \n, eax)
	.endr
.endm

/* eax = base.  */
.macro LOAD_VECTORS state
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7
	movups	VECTOR (\state, \n, eax), %xmm\n
	.endr
.endm

/* void machine_call (void *fn, void *stack_pointer): with the registers of
   machine_in, call FN; store the registers it left to machine_out.  */
FUNCTION machine_call
	pushl	%ebp
	pushl	%ebx
	pushl	%esi
	pushl	%edi
	movl	20(%esp), %ecx
	movl	24(%esp), %edx
	call	1f
1:	popl	%esi
	leal	.Lvars - 1b(%esi), %eax
	leal	.Lback - 1b(%esi), %esi
	movl	%esp, VAR (.Lsaved_esp, eax)
	stmxcsr	VAR (.Lsaved_mxcsr, eax)
	fnstcw	VAR (.Lsaved_x87, eax)
	movl	%edx, %esp
	ldmxcsr	FIELD (machine_in, STATE_MXCSR, eax)
	fninit
	fldcw	FIELD (machine_in, STATE_X87_CONTROL, eax)
	LOAD_VECTORS machine_in
	/* No register is left to call by.  */
	pushl	%esi
	pushl	%ecx
	pushl	FIELD (machine_in, STATE_FLAGS, eax)
	movl	GPR (machine_in, 1, eax), %ecx
	movl	GPR (machine_in, 2, eax), %edx
	movl	GPR (machine_in, 3, eax), %ebx
	movl	GPR (machine_in, 5, eax), %ebp
	movl	GPR (machine_in, 6, eax), %esi
	movl	GPR (machine_in, 7, eax), %edi
	movl	GPR (machine_in, 0, eax), %eax
	popfl
	ret
.Lback:
	STORE_STATE machine_out
	movl	VAR (.Lsaved_esp, eax), %esp
	cld
	cmpl	$0, VAR (machine_x87_results, eax)
	je	1f
	fstpt	FIELD (machine_out, STATE_ST, eax)
1:	fninit
	fldcw	VAR (.Lsaved_x87, eax)
	ldmxcsr	VAR (.Lsaved_mxcsr, eax)
	popl	%edi
	popl	%esi
	popl	%ebx
	popl	%ebp
	ret
ENDFUNCTION machine_call

/* Overwrite what belongs to a callee with junk and the result, as machine_give says:
   its arguments on the stack, what is below it, and every register that it need not
   preserve; then return.  */
.macro LEAVE
	BASE	edx
	leal	4(%esp), %edi
	movl	VAR (machine_trash_words, edx), %ecx
	movl	$0x7a7a7a7a, %eax
	cld
	rep stosl
	leal	-4 * MACHINE_DEAD_WORDS(%esp), %edi
	movl	$MACHINE_DEAD_WORDS, %ecx
	rep stosl
	movl	%edx, %eax
	popl	%ecx
	addl	VAR (machine_popped, eax), %esp
	pushl	%ecx
	cmpl	$0, VAR (machine_x87_given, eax)
	je	1f
	fldt	FIELD (machine_give, STATE_ST, eax)
1:	LOAD_VECTORS machine_give
	pushl	FIELD (machine_give, STATE_FLAGS, eax)
	popfl
	movl	GPR (machine_seen, 6, eax), %esi
	movl	GPR (machine_seen, 7, eax), %edi
	movl	GPR (machine_give, 1, eax), %ecx
	movl	GPR (machine_give, 2, eax), %edx
	movl	GPR (machine_give, 0, eax), %eax
	ret
.endm

/* A callee of any convention: all that it finds goes to machine_seen and
   machine_seen_stack; a result in memory goes to where *machine_hidden points.  */
FUNCTION machine_callee
	STORE_STATE machine_seen
	cld
	leal	4(%esp), %esi
	leal	VAR (machine_seen_stack, eax), %edi
	movl	$MACHINE_STACK_WORDS, %ecx
	rep movsl
	movl	VAR (machine_memory_bytes, eax), %ecx
	jecxz	1f
	movl	VAR (machine_hidden, eax), %edi
	movl	(%edi), %edi
	leal	VAR (machine_memory_result, eax), %esi
	rep movsb
1:	LEAVE
ENDFUNCTION machine_callee

/* A handler, which is a C function whatever the closure is: what it finds goes to
   machine_seen, then *machine_handle does the work.  */
FUNCTION machine_handler
	STORE_STATE machine_seen
	movl	$4, VAR (machine_trash_words, eax)
	movl	$0, VAR (machine_popped, eax)
	subl	$12, %esp
	.rept	4
	pushl	28(%esp)
	.endr
	call	*VAR (machine_handle, eax)
	addl	$28, %esp
	LEAVE
ENDFUNCTION machine_handler

	.section .note.GNU-stack, "", @progbits
