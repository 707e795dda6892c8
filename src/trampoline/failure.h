/* SPDX-License-Identifier: MIT */
/* Why there was no closure: what each source of tables was refused last.  */

#ifndef FFI_FAILURE_H
#define FFI_FAILURE_H

#include "source.h"
#include <ffi_tramp.h>

/* SOURCE did not get past STEP, with ERROR.  Counts only if ffi_failure_keep follows:
   there may be another way, or another source.  */
void ffi_failure_note (enum ffi_source source, ffi_tramp_step step, int error);

/* SOURCE got what it wanted: what was noted of it was no failure.  */
void ffi_failure_forget (enum ffi_source source);

/* No source had trampolines, and FIRST was asked first: what was noted is the reason.  */
void ffi_failure_keep (enum ffi_source first);

/* There was a trampoline, but no memory for the rest of a closure.  */
void ffi_failure_of_memory (void);

/* What was kept last of SOURCE; of FFI_TRAMP_NONE, of the source that was asked first. */
ffi_tramp_failure ffi_failure_last (ffi_tramp_source source);

#endif
