/* SPDX-License-Identifier: MIT */
/* Entry code of closures on i386.  */

#include "asm/function.h"
#include "results.h"
#include "target.h"

/* General entries: any convention and signature, any number of arguments.

   in:       eax = pair, the rest as a trampoline leaves it
   out:      result registers; the arguments that the convention says are removed
   clobbers: what a C function may
   stack, with what each part starts at:

             +---------------------------------------------------+
   ebp + 20  | stack arguments                                   |
             +---------------------------------------------------+
   ebp + 16  | return address                                    |
    ebp + 4  | ecx, edx, eax at the call                         |
        ebp  | caller's ebp: the frame record                    |
        ...  | padding to a multiple of 16                       |
   esp + 16  | 16 bytes for the result                           |
        esp  | arguments of the C part that are not in registers |
             +---------------------------------------------------+  */

#define SAVED	4(%ebp)
#define RETURN	16(%ebp)
#define CFA	20
#define RESULT	16(%esp)

/* Make the frame, of which eax at the call is there already, and go on with it: eax =
   closure, whose members are at CIF, FUN and DATA; INNER calls its handler, in two variants
   if it is ffi_closure_inner.  */
.macro CALL_HANDLER cif, fun, data, inner
	pushl	%edx
	.cfi_def_cfa_offset 12
	pushl	%ecx
	.cfi_def_cfa_offset 16
	pushl	%ebp
	.cfi_def_cfa_offset CFA
	.cfi_offset ebp, -CFA
	movl	%esp, %ebp
	.cfi_def_cfa_register ebp
	subl	$32, %esp
	andl	$-16, %esp
	leal	SAVED, %edx
	leal	CFA(%ebp), %ecx		/* stack arguments */
	movl	%edx, (%esp)
	movl	%ecx, 4(%esp)
	leal	RESULT, %edx
	movl	%edx, 8(%esp)
	movl	\fun(%eax), %edx
.if \data == 0
	movl	%eax, %ecx
.else
	movl	\data(%eax), %ecx
.endif
	movl	\cif(%eax), %eax
.ifc \inner, ffi_closure_inner
	testl	$FLAG_ONLY_STACK, CIF_FLAGS(%eax)
	jnz	1f
	call	ffi_closure_inner_1
	jmp	.Lleave
1:
.endif
	call	\inner
	jmp	.Lleave
.endm

/* From a trampoline.  */
.macro FROM_TABLE name, inner
FUNCTION \name, cfa=8
	movl	(%eax), %eax		/* closure */
	CALL_HANDLER CLOSURE_CIF, CLOSURE_FUN, CLOSURE_DATA, \inner
ENDFUNCTION \name
.endm

/* From one in memory of the caller's, which leaves eax = closure.  */
.macro FROM_CALLERS_MEMORY name, inner
FUNCTION \name, cfa=8
	CALL_HANDLER CLOSURE_CIF, CLOSURE_FUN, CLOSURE_DATA, \inner
ENDFUNCTION \name
.endm

/* A Go closure: its address is in the static chain register CHAIN.  */
.macro FROM_CHAIN name, chain
FUNCTION \name
	pushl	%eax
	.cfi_def_cfa_offset 8
.ifnc \chain, eax
	movl	%\chain, %eax
.endif
	CALL_HANDLER GO_CIF, GO_FUN, 0, ffi_closure_inner
ENDFUNCTION \name
.endm

	FROM_TABLE ffi_entry_general, ffi_closure_inner
	FROM_TABLE ffi_entry_raw, ffi_raw_inner
	FROM_CALLERS_MEMORY ffi_entry_dynamic, ffi_closure_inner
	FROM_CALLERS_MEMORY ffi_entry_raw_dynamic, ffi_raw_inner
	FROM_CHAIN ffi_entry_go_ecx, ecx
	FROM_CHAIN ffi_entry_go_eax, eax

/* Where they continue after the handler: move the return address to where the stack
   pointer shall be, load the result as its code says, and leave.  A fragment, with
   their frame.
     in: ebp = frame, eax = RET code, edx = bytes of arguments to remove  */
	.balign	16
	.type	.Lleave, @function
	.cfi_startproc
	.cfi_def_cfa ebp, CFA
	.cfi_offset ebp, -CFA
.Lleave:
	addl	$12, %edx
	movl	RETURN, %ecx
	movl	%edx, SAVED		/* from there to the return address */
	movl	%ecx, 4(%ebp, %edx)
	movl	%eax, %ecx
	call	ffi_load_result
	leal	CFA(%ebp), %ecx
	leave
	.cfi_def_cfa ecx, 0
	.cfi_restore ebp
	addl	(%esp), %esp
	/* The return address is where esp points, which is not always just below the CFA;
	   directives cannot say so: DW_CFA_expression (eip, { DW_OP_breg4 0 }).  */
	.cfi_escape 0x10, 8, 2, 0x74, 0
	ret
	.cfi_endproc

/* Load a result.
     in:  ecx = RET code, in the low bits; above the return address four words, then
	  the result
     out: result registers  */
#undef RESULT
#define RESULT	20(%esp)
FUNCTION ffi_load_result
	andl	$RET_MASK, %ecx
	cmpl	$RET_FLOAT, %ecx
	jae	.Lload_other
	cmpl	$RET_I32, %ecx
	jb	.Lload_narrow
	movl	RESULT, %eax
	movl	4 + RESULT, %edx
	ret

.Lload_narrow:
	cmpl	$RET_S8, %ecx
	jb	1f
	je	2f
	cmpl	$RET_U16, %ecx
	je	3f
	movswl	RESULT, %eax
	ret
1:	movzbl	RESULT, %eax		/* or nothing */
	ret
2:	movsbl	RESULT, %eax
	ret
3:	movzwl	RESULT, %eax
	ret

.Lload_other:
	cmpl	$RET_DOUBLE, %ecx
	jb	1f
	je	2f
	cmpl	$RET_LONGDOUBLE, %ecx
	je	3f
	movl	RESULT, %eax		/* a small struct; the rest is padding */
	cmpl	$RET_FLOAT16, %ecx
	je	4f
	ret
4:	movd	%eax, %xmm0
	ret
1:	flds	RESULT
	ret
2:	fldl	RESULT
	ret
3:	fldt	RESULT
	ret
ENDFUNCTION ffi_load_result

/* What a slot without a prepared closure leads to.
     in: eax = pair  */
.macro TRAP name, report
FUNCTION \name, cfa=8
	pushl	%ebp
	.cfi_def_cfa_offset 12
	.cfi_offset ebp, -12
	movl	%esp, %ebp
	.cfi_def_cfa_register ebp
	andl	$-16, %esp
	subl	$12, %esp
	pushl	%eax
	call	\report
	hlt
ENDFUNCTION \name
.endm

	TRAP	ffi_entry_freed, ffi_die_freed
	TRAP	ffi_entry_unprepared, ffi_die_unprepared

	END_OF_FILE
