/* SPDX-License-Identifier: MIT */
/* ffi_tramp.h - code addresses with data of their own, without code.

   A trampoline is an address that can be called like a function.  It does one thing:
   it makes a register, the designated register, point to a pair

        { data, code }

   and continues at code, which is static code of the program's own.  So a program can
   have any number of functions that differ only in their data, although no memory of
   the process is ever both writable and executable.  This is alloc_tramp, init_tramp
   and free_tramp of "Trampoline File Descriptor" (2020), with the pair of its last
   redefinition; ffi_closure_alloc and ffi_prep_closure_loc of ffi.h stand on the same
   trampolines.

   What CODE finds when it starts; everything else is as the caller left it:

        x86-64   r10 points to the pair.
        i386     eax points to the pair; the caller's eax lies at (%esp), the return
                 address at 4(%esp).  CODE takes the former away (popl %eax, or
                 addl $4, %esp).  So even a convention that passes arguments in eax,
                 edx and ecx loses none.
        aarch64  x17 points to the pair; x16 holds code.
        arm      ip (r12) points to the pair; code may be Thumb code, with bit 0 set.
        powerpc64  r11 points to the pair; r12 and ctr hold code.
        riscv64  t1 points to the pair; t3 holds code.
        s390x    r0 points to the pair; r1 holds code.

   These registers carry no argument in the psABI's conventions, but a static chain may
   live there: r10 on x86-64, ip on arm, r11 on powerpc64, r0 on
   s390x, which cannot be the base of an address: copy it first.  Processors that check
   indirect jumps want a landing pad where CODE points: endbr64, endbr32, bti c (a jump
   through x16), lpad 0.
   Unwinders see the caller of the trampoline as the caller of CODE.

   Every function here may be called by any thread, by signal handlers and by a child
   of fork; none takes a lock.  */

#ifndef LIBFFI_TRAMP_H
#define LIBFFI_TRAMP_H

#include <ffi.h>

#ifdef __cplusplus
#define FFI_TRAMP_EXTERN extern "C" FFI_API
#else
#define FFI_TRAMP_EXTERN extern FFI_API
#endif

/* What the designated register points to.  Static code reads it; ffi_tramp_init alone
   writes it.  */
typedef struct
{
  void *data;
  void (*code) (void);
} ffi_tramp_pair;

/* A trampoline.  */
typedef struct ffi_tramp ffi_tramp;

/* Allocate a trampoline.  Calling it before ffi_tramp_init aborts with a message.  No
   system call as long as a trampoline is free, see ffi_tramp_reserve.  Returns null
   with errno ENOMEM.  Free it with ffi_tramp_free.  */
FFI_TRAMP_EXTERN ffi_tramp *ffi_tramp_alloc (void);

/* Let TRAMP enter CODE with DATA.  The library keeps both and looks at neither.  May be
   repeated, but not while TRAMP may be called: a call could find the one new and the
   other old.  Returns 0, or -1 with errno EINVAL: TRAMP is not a trampoline that
   ffi_tramp_alloc returned, or CODE is null; or EPERM: it is of FFI_TRAMP_SECURE, whose
   trampolines enter the library's own code only.  */
FFI_TRAMP_EXTERN int ffi_tramp_init (ffi_tramp *tramp, void (*code) (void), void *data);

/* The address to call, the same as long as TRAMP is allocated.  Null with errno EINVAL:
   TRAMP is not a trampoline that ffi_tramp_alloc returned.  */
FFI_TRAMP_EXTERN void *ffi_tramp_code (const ffi_tramp *tramp);

/* Free TRAMP; a null pointer is ignored.  Freeing anything else aborts with a message,
   and so does calling the address afterwards, until it is allocated again.  */
FFI_TRAMP_EXTERN void ffi_tramp_free (ffi_tramp *tramp);

/* Make sure of N more trampolines.  Once this has returned 0, N further calls of
   ffi_tramp_alloc, ffi_tramp_closure_alloc, or ffi_closure_alloc with at most
   sizeof (ffi_closure), by whatever threads, succeed without a system call: also when
   the process has meanwhile given up the right to map, to open or to make memory
   executable, has lost its files, or is a child of the process that called.  What is
   freed meanwhile counts anew.  Trampolines that are free already count as well, so
   that N up to what the library's image has costs at most that the library's file is
   mapped once more; beyond that address space stays mapped until the library is unloaded,
   some 80 bytes a trampoline.  Sealed closures are not covered: each needs a page, and
   mprotect.
   Returns 0, or -1 with errno ENOMEM: so many cannot be had; then nothing is kept that
   was not kept before.  */
FFI_TRAMP_EXTERN int ffi_tramp_reserve (size_t n);

/* Where a trampoline's code comes from.  */
typedef enum
{
  FFI_TRAMP_NONE,    /* not a trampoline of this library */
  FFI_TRAMP_IMAGE,   /* the library as it was loaded */
  FFI_TRAMP_GROWN,   /* the library's file, mapped again */
  FFI_TRAMP_TRAMPFD, /* written by the kernel */
  FFI_TRAMP_SECURE   /* carried out by the kernel; there is no code */
} ffi_tramp_source;

/* The source of CODE, the code address of a trampoline or closure, in use or not.  */
FFI_TRAMP_EXTERN ffi_tramp_source ffi_tramp_source_of (const void *code);

/* How many trampolines there are.  A closure larger than an ffi_closure uses
   several.  */
typedef struct
{
  size_t tables;   /* runs of trampolines that were added at once */
  size_t capacity; /* trampolines in them */
  size_t used;     /* those that are not free */
} ffi_tramp_count;

/* Count the trampolines of SOURCE, those of all sources for FFI_TRAMP_NONE.  While
   other threads allocate and free, the figures may be of different moments.  */
FFI_TRAMP_EXTERN void ffi_tramp_query (ffi_tramp_source source, ffi_tramp_count *count);

/* How far a source of trampolines came that had none.  */
typedef enum
{
  FFI_TRAMP_STEP_NONE,   /* nothing has failed */
  FFI_TRAMP_STEP_MEMORY, /* no memory, no room in the address space, or too many tables */
  FFI_TRAMP_STEP_OPEN,   /* the library's file, or the device, could not be opened */
  FFI_TRAMP_STEP_CHECK,  /* what was opened is not the file that the library was loaded
                            from, or not a device that does what it is asked */
  FFI_TRAMP_STEP_MAP     /* it could not be mapped executable */
} ffi_tramp_step;

/* Why there was no closure and no trampoline.  */
typedef struct
{
  ffi_tramp_source source; /* that had none; FFI_TRAMP_NONE: a large closure's memory */
  ffi_tramp_step step;     /* that failed */
  int error;               /* what errno was; 0 if nothing has failed */
} ffi_tramp_failure;

/* Store at FAILURE why SOURCE could not help when ffi_closure_alloc, ffi_tramp_alloc or
   ffi_tramp_reserve last failed; for FFI_TRAMP_NONE, why the source that was asked first
   could not.  A call that fails leaves only ENOMEM in errno, as programs expect.  What
   succeeds later changes nothing.  While other threads fail, too, it may be their
   reason.  */
FFI_TRAMP_EXTERN void ffi_tramp_last_failure (ffi_tramp_source source,
                                              ffi_tramp_failure *failure);

/* What is called before a misuse ends the process: TEXT, without a newline, says what was
   done, such as "call of a freed closure", and ADDRESS to what.  */
typedef void (*ffi_tramp_report) (const char *text, const void *address);

/* Let REPORT, or nothing if it is null, be called in the thread and at the place of a
   misuse, before the line on standard error; when it returns, the line is written and
   the process ends by abort, unless LIBFFI_FREED says that calls of freed closures
   return.  It may leave by longjmp or an exception, or end the thread
   or the process in its own way.  Returns what was set before; null at first.  */
FFI_TRAMP_EXTERN ffi_tramp_report ffi_tramp_set_report (ffi_tramp_report report);

/* --- Closures ------------------------------------------------------------- */

/* ffi_closure_alloc and ffi_prep_closure_loc in one: a closure that is ready, and its
   code address in *CODE.  Free it with ffi_closure_free.  Returns null, with *CODE
   untouched, and errno ENOMEM, or EINVAL: a null pointer, or CIF is one that closures
   cannot have.  */
FFI_TRAMP_EXTERN ffi_closure *
ffi_tramp_closure_alloc (ffi_cif *cif, void (*fun) (ffi_cif *, void *, void **, void *),
                         void *user_data, void **code);

/* Seal CLOSURE, which ffi_closure_alloc returned and which is prepared: all that a call
   follows - the pair, the handler, its data, the cif and the types it is made of, but for
   those that are constants - is copied to a page that is then read-only, and CLOSURE is
   only a copy that calls do not read.  Returns the code address from now on; calling the
   one before, if it was another, aborts with a message.  The handler gets the page's copy
   of the cif, which lives as long as the closure, or until it is prepared again.

   ffi_prep_closure_loc with the new code address prepares CLOSURE again and
   ffi_closure_free frees it; its page, and no other, is writable meanwhile.  Where
   mprotect is refused by then, a page that takes its place reports calls; the manual page
   says what happens where that cannot be had either.  A page takes the place of all the
   trampolines whose slots are in it: 64 on 64-bit targets, 128 on 32-bit ones, and more
   where pages are larger than 4 KiB.  Sealing again returns the same address.  With
   LIBFFI_SEAL=1 in the environment every closure is sealed when it is prepared and has
   one code address only.

   Returns null with errno EINVAL: CLOSURE is not a prepared closure of
   ffi_closure_alloc's, or its types change meanwhile; ENOMEM: no page, or no room for
   copies of many types; or what mprotect said.  Then it is as it was.  */
FFI_TRAMP_EXTERN void *ffi_closure_seal (ffi_closure *closure);

/* The closure that CODE, any address, is the code of; null: it is none, or the closure
   is not prepared or is freed.  Memory at CODE is not looked at.  */
FFI_TRAMP_EXTERN ffi_closure *ffi_tramp_closure_find (const void *code);

#endif
