/* SPDX-License-Identifier: MIT */
/* The end of a program that misuses a closure: a line on stderr, and abort.  */

#ifndef FFI_DIE_H
#define FFI_DIE_H

/* Report TEXT and ADDRESS, unless that is null, and go on.  */
void ffi_report (const char *text, const void *address);

/* Report them and abort.  */
_Noreturn void ffi_die (const char *text, const void *address);

/* What entry code for slots without a prepared closure calls.  */
_Noreturn void ffi_die_freed (const void *pair);
_Noreturn void ffi_die_unprepared (const void *pair);

#endif
