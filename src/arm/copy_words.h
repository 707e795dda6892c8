/* SPDX-License-Identifier: MIT */
/* For assembly that moves arguments: copying a value.  */

#ifndef FFI_COPY_WORDS_H
#define FFI_COPY_WORDS_H

/* Copy COUNT bytes from FROM to TO, both multiples of 4.  It goes on at DONE if the last are
   8, and otherwise behind.
     clobbers: r1, r3, COUNT, FROM, TO  */
.macro COPY_WORDS count, from, to, done
1:	subs	\count, \count, #8
	ldmhs	\from!, {r1, r3}
	stmhs	\to!, {r1, r3}
	bhi	1b
	beq	\done
	tst	\count, #4
	ldrne	r1, [\from], #4
	strne	r1, [\to], #4
	tst	\count, #2
	ldrhne	r1, [\from], #2
	strhne	r1, [\to], #2
	tst	\count, #1
	ldrbne	r1, [\from]
	strbne	r1, [\to]
.endm

#endif
