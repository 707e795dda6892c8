/* SPDX-License-Identifier: MIT */
/* libffi_nested: pointers to nested functions without writable and executable memory.

   A nested function finds its enclosing frame through the static chain, a register that
   callers through a pointer know nothing of.  GCC 14's -ftrampoline-impl=heap makes such
   a pointer by the first function below when the enclosing function starts, and takes it
   back by the second when it ends.  Here the pointer is a trampoline of ffi_tramp.h,
   which enters static code of the port (nested.S) with a record of the function and its
   chain.

   Functions need not end in the order in which they start: one is left by longjmp, and
   takes nothing back; others run by turns, on stacks of their own.  But each frame has an
   address, and the two functions are called from the frame they are for.  So the records
   of a thread are in the order of their chains, which point into the frames, and

   - the one to take back is that with the first chain above the caller's stack pointer;
   - a record whose chain lies between the caller's stack pointer and the chain of a new
   one is of a frame that is no more, as the caller's is there now; and so is one with the
     same chain whose pointer was stored where the new one will be.

   What was left behind by longjmp is found when its place in the stack is used again, or
   when the thread ends, so there is at most one record for each place.

   Part of no libffi: linked into each module that uses it, whose records are its own. The
   stacks of all ports grow down.  */

#include <errno.h>
#include <ffi_tramp.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* nested.S reads the first two.  */
struct nested
{
  void *function;
  void *chain;
  void *result; /* where the pointer was stored */
  ffi_tramp *tramp;
  struct nested *above; /* with the next higher chain */
};

/* nested.S: enter the function of a struct nested, the data of the pair, with its chain.
 */
extern void ffi_nested_enter (void) __attribute__ ((visibility ("hidden")));

/* Their own frames are below the caller's.  */
#define NOT_INLINED __attribute__ ((noinline))
void __gcc_nested_func_ptr_created (void *chain, void *function,
                                    void *result) NOT_INLINED;
void __gcc_nested_func_ptr_deleted (void) NOT_INLINED;

static __thread struct nested *lowest;

/* --- Ends of threads ----------------------------------------------------------- */

static __thread bool registered; /* the thread's end is known to thread_ended */
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t key;
static bool have_key;

static void
remove_at (struct nested **at)
{
  struct nested *n = *at;

  *at = n->above;
  ffi_tramp_free (n->tramp);
  free (n);
}

static void
thread_ended (void *unused)
{
  (void) unused;
  registered = false; /* another destructor may need pointers yet */
  while (lowest != NULL)
    remove_at (&lowest);
}

static void
make_key (void)
{
  have_key = pthread_key_create (&key, thread_ended) == 0;
}

/* When this module is unloaded its code is not called any more.  */
static void __attribute__ ((destructor)) forget_key (void)
{
  if (have_key)
    pthread_key_delete (key);
}

/* Without a key, what a thread leaves behind stays.  */
static void
register_thread (void)
{
  pthread_once (&once, make_key);
  registered = true;
  if (have_key)
    pthread_setspecific (key, &lowest);
}

/* --- The two functions --------------------------------------------------------- */

/* There is no way to report that there is no pointer.  */
static _Noreturn void
die (void)
{
  static const char text[]
      = "libffi_nested: no pointer to a nested function can be had\n";

  if (write (STDERR_FILENO, text, sizeof text - 1) < 0)
    abort ();
  abort ();
}

static struct nested *
make (void *chain, void *function, void *result)
{
  struct nested *n = malloc (sizeof *n);
  ffi_tramp *tramp = n != NULL ? ffi_tramp_alloc () : NULL;

  if (tramp == NULL || ffi_tramp_init (tramp, ffi_nested_enter, n) != 0)
    die ();
  *n = (struct nested){
    .function = function, .chain = chain, .result = result, .tramp = tramp
  };
  return n;
}

/* Store at RESULT, a void *, a pointer to FUNCTION whose frame is CHAIN.  */
void
__gcc_nested_func_ptr_created (void *chain, void *function, void *result)
{
  uintptr_t stack = (uintptr_t) __builtin_frame_address (0);
  uintptr_t own = (uintptr_t) chain;
  struct nested **at = &lowest;
  int error = errno;

  if (!registered)
    register_thread ();
  while (*at != NULL && (uintptr_t) (*at)->chain < own)
    if ((uintptr_t) (*at)->chain >= stack)
      remove_at (at);
    else
      at = &(*at)->above;
  for (struct nested **same = at; *same != NULL && (*same)->chain == chain;)
    if ((*same)->result == result)
      remove_at (same);
    else
      same = &(*same)->above;
  struct nested *n = make (chain, function, result);
  n->above = *at;
  *at = n;
  void *code = ffi_tramp_code (n->tramp);
  memcpy (result, &code, sizeof code);
  errno = error;
}

/* Take back a pointer that the caller's frame has made.  */
void
__gcc_nested_func_ptr_deleted (void)
{
  uintptr_t stack = (uintptr_t) __builtin_frame_address (0);
  struct nested **at = &lowest;

  while (*at != NULL && (uintptr_t) (*at)->chain < stack)
    at = &(*at)->above;
  if (*at != NULL)
    remove_at (at);
}
