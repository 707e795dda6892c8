/* SPDX-License-Identifier: MIT */
/* Specialised entry code: signatures whose arguments each lie in adjacent words, so
   that a pointer is all that a handler needs of them.

   One entry per family and kind of result, so that no branch depends on the signature
   but for the less common results.  ffi_port_closure_entry knows which family fits.

   in:       eax = pair, the rest as a trampoline leaves it
   out:      result registers; the family's arguments are removed
   clobbers: what a C function may
   stack, with the words of each part:

         +------------------------------------------------------------+
         | stack arguments                                            |
         +------------------------------------------------------------+
      1  | return address                                             |
      1  | eax at the call                                            |
      1  | caller's ebp, where not every caller aligns the stack      |
      1  | edx at the call, if it may carry an argument               |
      1  | ecx                                                        |
    ...  | padding, which aligns the stack                            |
   args  | pointers to the arguments                                  |
      1  | cif->flags, for KIND_ANY                                   |
      3  | result                                                     |
      4  | cif, result, argument pointers, user_data: for the handler |
         +------------------------------------------------------------+  <- esp  */

#include "asm/function.h"
#include "asm/offset_table.h"
#include "flags.h"
#include "target.h"

#define RESULT	16(%esp)
#define FLAGS	28(%esp)
#define POINTERS 32
#define SAVED	12			/* ebp, edx, ecx */

	.text
	.balign	64
	.type	ffi_fast_entries, @function
ffi_fast_entries:
	.cfi_startproc

/* The next entry of the table.  */
.macro ENTRY
	.balign	16
	TABLE_OFFSET .Lentry\@-ffi_fast_table
	.cfi_def_cfa_offset 8
.Lentry\@:
	LANDING_PAD
.endm

/* With eax = closure and the pointers made: call the handler; SRET is where the
   address of a result in memory is.  */
.macro CALL_HANDLER kind, sret
	movl	CLOSURE_CIF(%eax), %ecx
	movl	%ecx, (%esp)
.if \kind == KIND_ANY
	movl	CIF_FLAGS(%ecx), %ecx
	movl	%ecx, FLAGS
.endif
.if \kind == KIND_MEMORY
	movl	\sret, %ecx		/* result: the caller's memory */
.else
	leal	RESULT, %ecx
.endif
	movl	%ecx, 4(%esp)
	leal	POINTERS(%esp), %ecx
	movl	%ecx, 8(%esp)
	movl	CLOSURE_DATA(%eax), %ecx
	movl	%ecx, 12(%esp)
	call	*CLOSURE_FUN(%eax)
.if \kind == KIND_WORDS
	movl	RESULT, %eax
	movl	4 + RESULT, %edx
.elseif \kind == KIND_DOUBLE
	fldl	RESULT
.elseif \kind == KIND_MEMORY
	movl	\sret, %eax
.else
	movl	FLAGS, %ecx
	call	ffi_load_result
.endif
.endm

.macro RETURN pop
.if \pop == 0
	ret
.else
	ret	$\pop
.endif
.endm

/* The frame of entries whose number of arguments, or their map, says how large it is; ebp
   points to the frame record.  */
.macro ENTER_FRAME
	pushl	%ebp
	.cfi_def_cfa_offset 12
	.cfi_offset ebp, -12
	movl	%esp, %ebp
	.cfi_def_cfa_register ebp
.endm

/* Leave it, drop the word below the return address, and return; POP bytes of arguments are
   removed.  */
.macro LEAVE_FRAME pop
	leave
	.cfi_def_cfa esp, 8
	.cfi_restore ebp
	leal	4(%esp), %esp
	.cfi_def_cfa_offset 4
	RETURN	\pop
.endm

/* --- Shaped families -------------------------------------------------------- */

/* A fixed frame, if the caller has aligned the stack; otherwise the mapped entry does
   it.  */

#define PLACE(place) .Lframe + 4 * ((place) - AT_EAX)(%esp)

.macro POINT_AT n, args, places
.if \n < \args
	leal	PLACE (\places >> (8 * \n) & 255), %ecx
	movl	%ecx, POINTERS + 4 * \n(%esp)
.endif
.endm

/* Save REG if one of the arguments is in it.  */
.macro SAVE_IF_USED reg, place, args, places
	.set	.Lused, 0
	.irp	n, 0, 1, 2, 3
.if \n < \args && (\places >> (8 * \n) & 255) == \place
	.set	.Lused, 1
.endif
	.endr
.if .Lused
	movl	%\reg, PLACE (\place)
.endif
.endm

/* Below eax; with that and the return address it is a multiple of 16.  */
.macro SHAPED_FAMILY args, pop, places
	.set	.Lframe, (POINTERS + 4 * \args + SAVED + 8 + 15) / 16 * 16 - 8
	ENTRY
	subl	$.Lframe, %esp
	.cfi_def_cfa_offset .Lframe + 8
	testl	$15, %esp
	jnz	.Lmisaligned\@
	movl	(%eax), %eax		/* closure */
	SAVE_IF_USED edx, AT_EDX, \args, \places
	SAVE_IF_USED ecx, AT_ECX, \args, \places
	.irp	n, 0, 1, 2, 3
	POINT_AT \n, \args, \places
	.endr
	CALL_HANDLER KIND_WORDS
	addl	$.Lframe + 4, %esp
	.cfi_def_cfa_offset 4
	RETURN	\pop
	.cfi_def_cfa_offset .Lframe + 8
.Lmisaligned\@:
	addl	$.Lframe, %esp
	.cfi_def_cfa_offset 8
	jmp	.Lmapped_4_\pop
	.rept	KINDS - 1
	TABLE_OFFSET 0
	.endr
.endm

/* --- Mapped families -------------------------------------------------------- */

#undef PLACE
#define PLACE(place) 4 * ((place) - AT_EBP)(%ebp)

.macro POINT_BY_MAP n, args
.if \n < \args
	movzbl	CLOSURE_MAP + \n(%eax), %ecx
	leal	-4 * AT_EBP(%ebp, %ecx, 4), %ecx
	movl	%ecx, POINTERS + 4 * \n(%esp)
.endif
.endm

.macro MAPPED_ENTRY kind, args, pop
	ENTRY
.if \kind == KIND_WORDS
.Lmapped_\args\()_\pop:
.endif
	ENTER_FRAME
	movl	(%eax), %eax		/* closure */
	subl	$POINTERS + 4 * \args + SAVED, %esp
	andl	$-16, %esp
	movl	%edx, PLACE (AT_EDX)
	movl	%ecx, PLACE (AT_ECX)
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7
	POINT_BY_MAP \n, \args
	.endr
	CALL_HANDLER \kind, 12(%ebp)
	LEAVE_FRAME \pop
.endm

.if KIND_WORDS != 0 || KIND_DOUBLE != 1 || KIND_MEMORY != 2 || KIND_ANY != 3 || KINDS != 4
	.error	"the families go by this order"
.endif

.macro MAPPED_FAMILY args, pop
	.irp	kind, 0, 1, 2, 3
	MAPPED_ENTRY \kind, \args, \pop
	.endr
.endm

/* --- Types ------------------------------------------------------------------ */

/* Any number of arguments, the first lowest on the stack and each as large as its type
   says, in whole words; POP bytes are removed.  ebx has the number of the next one, edx
   points to it.  */
.macro TYPES_ENTRY kind, pop
.if \pop != 0 && \kind != KIND_MEMORY
	TABLE_OFFSET 0
.else
	ENTRY
	ENTER_FRAME
	pushl	%ebx
	.cfi_offset ebx, -16
	movl	(%eax), %eax		/* closure */
	movl	CLOSURE_CIF(%eax), %ecx
	movl	CIF_NARGS(%ecx), %ebx
	leal	POINTERS(, %ebx, 4), %edx
	subl	%edx, %esp
	andl	$-16, %esp
	movl	%eax, (%esp)
	movl	%ebx, 4(%esp)		/* arguments */
	movl	CIF_ARG_TYPES(%ecx), %eax
.if \kind == KIND_MEMORY
	leal	4 * (AT_STACK - AT_EBP + 1)(%ebp), %edx
.else
	leal	4 * (AT_STACK - AT_EBP)(%ebp), %edx
.endif
	xorl	%ebx, %ebx
1:	movl	(%eax, %ebx, 4), %ecx	/* type */
	movl	%edx, POINTERS(%esp, %ebx, 4)
	movl	TYPE_SIZE(%ecx), %ecx
	addl	$1, %ebx
	addl	$3, %ecx
	andl	$-4, %ecx
	addl	%ecx, %edx
	cmpl	4(%esp), %ebx
	jb	1b
	movl	(%esp), %eax
	CALL_HANDLER \kind, 12(%ebp)
	movl	-4(%ebp), %ebx
	.cfi_restore ebx
	LEAVE_FRAME \pop
.endif
.endm

/* --- Words ------------------------------------------------------------------ */

/* Any number of arguments of one word each, the first lowest on the stack; the caller
   removes them.  */
.macro WORDS_ENTRY kind
.if \kind == KIND_MEMORY
	TABLE_OFFSET 0
.else
	ENTRY
	ENTER_FRAME
	movl	(%eax), %eax		/* closure */
	movl	CLOSURE_CIF(%eax), %ecx
	movl	CIF_NARGS(%ecx), %ecx
	leal	POINTERS(, %ecx, 4), %edx
	subl	%edx, %esp
	andl	$-16, %esp
1:	leal	4 * (AT_STACK - AT_EBP) - 4(%ebp, %ecx, 4), %edx
	movl	%edx, POINTERS - 4(%esp, %ecx, 4)
	subl	$1, %ecx
	jnz	1b
	CALL_HANDLER \kind
	LEAVE_FRAME 0
.endif
.endm

	OFFSET_TABLE ffi_fast_table

#define F(name, args, pop, places) SHAPED_FAMILY args, pop, places;
	SHAPED_FAMILIES
#undef F
#define F(args, pop) MAPPED_FAMILY args, pop;
	MAPPED_FAMILIES
#undef F
	.irp	kind, 0, 1, 2, 3
	TYPES_ENTRY \kind, 0
	.endr
	.irp	kind, 0, 1, 2, 3
	TYPES_ENTRY \kind, 4
	.endr
	.irp	kind, 0, 1, 2, 3
	WORDS_ENTRY \kind
	.endr

	.cfi_endproc
	.size	ffi_fast_entries, . - ffi_fast_entries

	END_OF_FILE
