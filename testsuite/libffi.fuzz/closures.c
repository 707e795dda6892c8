/* SPDX-License-Identifier: MIT */
/* { timeout 600 } */
/* Sequences of closures allocated, prepared, called and freed, misuse between them,
   against a model of which ones live and what each returns.  */

#include "fuzz.h"
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdbool.h>
#include <unistd.h>

enum
{
  LIVE_MAX = 10000,
  DEAD_MAX = 64,
  BULK = 700,
  LARGE_MAX = 1 << 20,
  LARGE_LIVE = 16
};

struct pair
{
  long a;
  double b;
};

/* The signatures that closures have here.  */
#define SHAPES                                                                           \
  SHAPE (nothing, &ffi_type_void, NULL)                                                  \
  SHAPE (number, &ffi_type_slong, &ffi_type_slong)                                       \
  SHAPE (narrow, &ffi_type_sint8, &ffi_type_sint8)                                       \
  SHAPE (real, &ffi_type_double, &ffi_type_double)                                       \
  SHAPE (both, &pair_type, &pair_type)                                                   \
  SHAPE (many, &ffi_type_slong, &ffi_type_slong, &ffi_type_slong, &ffi_type_slong,       \
         &ffi_type_slong, &ffi_type_slong, &ffi_type_slong, &ffi_type_slong,             \
         &ffi_type_slong, &ffi_type_slong)

enum shape
{
#define SHAPE(name, ...) name,
  SHAPES
#undef SHAPE
      shape_count
};

static ffi_type *pair_elements[] = { &ffi_type_slong, &ffi_type_double, NULL };
static ffi_type pair_type = { 0, 0, FFI_TYPE_STRUCT, pair_elements };

#define SHAPE(name, ...) static ffi_type *types_##name[] = { __VA_ARGS__ };
SHAPES
#undef SHAPE

static ffi_cif cifs[shape_count];

/* One closure of the model.  */
struct closure
{
  char *memory;
  void *code;
  size_t size, offset; /* of the memory; of the ffi_closure in it */
  bool prepared, filled;
  enum shape shape;
  long tag;
};

static struct closure live[LIVE_MAX];
static unsigned live_count, large_count;
static long tags;

/* What was freed lately.  */
static struct closure dead[DEAD_MAX];
static unsigned dead_count;

/* --- Handlers --------------------------------------------------------------- */

static struct
{
  const struct closure *expected;
  unsigned calls;
  bool free_inside;
} call;

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  const struct closure *c = call.expected;
  CHECK (c != NULL);
  CHECK_PTR (data, c);
  CHECK_PTR (cif, &cifs[c->shape]);
  call.calls++;
  if (call.free_inside)
    ffi_closure_free (c->memory);
  switch (c->shape)
    {
    case number:
      *(ffi_sarg *) result = *(long *) args[0] + c->tag;
      break;
    case narrow:
      *(ffi_sarg *) result = (signed char) (*(signed char *) args[0] + c->tag);
      break;
    case real:
      *(double *) result = *(double *) args[0] + c->tag;
      break;
    case both:
      {
        struct pair p = *(struct pair *) args[0];
        *(struct pair *) result = (struct pair){ p.a + c->tag, p.b - c->tag };
        break;
      }
    case many:
      *(ffi_sarg *) result = *(long *) args[0] + *(long *) args[8] * 2 + c->tag;
      break;
    default:
      break;
    }
}

static void
call_closure (const struct closure *c)
{
  call.expected = c;
  call.calls = 0;
  switch (c->shape)
    {
    case number:
      CHECK_INT (CODE_AS (long (*) (long), c->code) (7), 7 + c->tag);
      break;
    case narrow:
      CHECK_INT (CODE_AS (signed char (*) (signed char), c->code) (-3),
                 (signed char) (c->tag - 3));
      break;
    case real:
      CHECK_DOUBLE (CODE_AS (double (*) (double), c->code) (0.5), c->tag + 0.5);
      break;
    case both:
      {
        struct pair p
            = CODE_AS (struct pair (*) (struct pair), c->code) ((struct pair){ 5, 2.5 });
        CHECK_INT (p.a, 5 + c->tag);
        CHECK_DOUBLE (p.b, 2.5 - c->tag);
        break;
      }
    case many:
      {
        typedef long nine (long, long, long, long, long, long, long, long, long);
        CHECK_INT (CODE_AS (nine *, c->code) (1, 2, 3, 4, 5, 6, 7, 8, 9), 19 + c->tag);
        break;
      }
    default:
      CODE_AS (void (*) (void), c->code) ();
    }
  CHECK_INT (call.calls, 1);
  call.expected = NULL;
}

/* --- What must end the process ---------------------------------------------- */

static sigjmp_buf survived;
static void *volatile fault_allowed;

static void
on_death (int signal, siginfo_t *info, void *context)
{
  (void) context;
  /* A table without closures may be gone.  */
  if (signal == SIGSEGV && info->si_addr != fault_allowed)
    abort ();
  siglongjmp (survived, signal);
}

/* ACTION (POINTER) must report and abort; if GONE is an address, to fault there will
   do.  */
static void
check_dies (void (*action) (void *), void *pointer, void *gone)
{
  static const int signals[] = { SIGABRT, SIGSEGV };
  static int ends[2] = { -1, -1 };
  struct sigaction act, old[2];
  char said[256];

  if (ends[0] < 0)
    CHECK_INT (pipe2 (ends, O_CLOEXEC | O_NONBLOCK), 0);
  int saved = fcntl (2, F_DUPFD_CLOEXEC, 10);
  memset (&act, 0, sizeof act);
  act.sa_sigaction = on_death;
  act.sa_flags = SA_SIGINFO;
  for (unsigned i = 0; i < 2; i++)
    sigaction (signals[i], &act, &old[i]);
  dup2 (ends[1], 2);
  fault_allowed = gone;
  int signal = sigsetjmp (survived, 1);
  if (signal == 0)
    action (pointer);
  for (unsigned i = 0; i < 2; i++)
    sigaction (signals[i], &old[i], NULL);
  if (saved >= 0)
    {
      dup2 (saved, 2);
      close (saved);
    }
  else
    close (2);
  ssize_t n = read (ends[0], said, sizeof said - 1);
  said[n > 0 ? n : 0] = '\0';
  CHECK_MSG (signal != 0, "misuse of %p went unnoticed", pointer);
  if (signal == SIGABRT)
    CHECK_MSG (strncmp (said, "libffi: ", 8) == 0, "misuse of %p: the message is \"%s\"",
               pointer, said);
}

static void
call_code (void *code)
{
  CODE_AS (void (*) (void), code) ();
}

/* --- Operations ------------------------------------------------------------- */

/* The byte at I of the memory of C that is not an ffi_closure.  */
static char
filling (const struct closure *c, size_t i)
{
  return (char) (c->tag * 31 + i * 7);
}

static bool
in_closure (const struct closure *c, size_t i)
{
  return i - c->offset < sizeof (ffi_closure);
}

/* The caller's own data: not all of a large block.  */
static size_t
next_data (size_t i)
{
  return i + (i < 512 ? 1 : 509);
}

static void
allocate (size_t size, size_t offset)
{
  struct closure *c = &live[live_count];

  if (live_count == LIVE_MAX || (size > 4096 && large_count == LARGE_LIVE))
    return;
  memset (c, 0, sizeof *c);
  c->memory = ffi_closure_alloc (size, &c->code);
  CHECK (c->memory != NULL && c->code != NULL);
  CHECK_UINT ((uintptr_t) c->memory % 16, 0);
  c->size = size;
  large_count += size > 4096;
  if (size > sizeof (ffi_closure))
    c->offset = offset % (size - sizeof (ffi_closure) + 1) & -(size_t) 8;
  live_count++;
}

static void
prepare (struct closure *c, enum shape shape, bool garbage)
{
  if (c->size < sizeof (ffi_closure))
    return;
  c->tag = ++tags & 0xffff;
  c->shape = shape;
  if (garbage || !c->prepared)
    memset (c->memory + c->offset, garbage ? 0xa5 : 0, sizeof (ffi_closure));
  for (size_t i = 0; i < c->size; i = next_data (i))
    if (!in_closure (c, i))
      c->memory[i] = filling (c, i);
  ffi_closure *closure = (ffi_closure *) (void *) (c->memory + c->offset);
  CHECK_INT (ffi_prep_closure_loc (closure, &cifs[shape], handle, c, c->code), FFI_OK);
  CHECK_PTR (closure->cif, &cifs[shape]);
  CHECK_PTR (closure->user_data, c);
  c->prepared = true;
}

static void
check_data (const struct closure *c)
{
  if (c->prepared)
    for (size_t i = 0; i < c->size; i = next_data (i))
      CHECK (in_closure (c, i) || c->memory[i] == filling (c, i));
}

/* The last one takes the place of C.  */
static void
forget (struct closure *c)
{
  large_count -= c->size > 4096;
  dead[dead_count++ % DEAD_MAX] = *c;
  struct closure *last = &live[--live_count];
  if (c == last)
    return;
  *c = *last;
  if (c->prepared)
    ((ffi_closure *) (void *) (c->memory + c->offset))->user_data = c;
}

static void
release (struct closure *c)
{
  check_data (c);
  ffi_closure_free (c->memory);
  forget (c);
}

/* Has the slot of D, which was freed, become another closure's, or its data?  A
   closure that is larger than a slot has trampolines beside its own that are at most as
   far away as its memory is long, and a slot's length.  */
static bool
lives_again (const struct closure *d)
{
  for (unsigned i = 0; i < live_count; i++)
    if ((uintptr_t) d->code - (uintptr_t) live[i].code < live[i].size + 64
        || (uintptr_t) d->memory - (uintptr_t) live[i].memory < live[i].size)
      return true;
  return false;
}

static void
misuse (struct input *input)
{
  char local[256];
  void *block;
  unsigned kind = take (input) % 8;
  struct closure *c = live_count != 0 ? &live[take16 (input) % live_count] : NULL;
  struct closure *d = dead_count != 0 ? &dead[take (input) % DEAD_MAX] : NULL;

  if (kind < 3 && (d == NULL || d->code == NULL || lives_again (d)))
    return;
  if (kind > 2 && kind < 6 && c == NULL)
    return;
  switch (kind)
    {
    case 0:
      check_dies (ffi_closure_free, d->memory, NULL);
      break;
    case 1:
      check_dies (call_code, d->code, d->code);
      break;
    case 2:
      {
        /* As memory that the caller makes executable, which it may not be.  */
        ffi_closure mine;
        ffi_status status
            = ffi_prep_closure_loc (&mine, &cifs[number], handle, NULL, d->code);
        CHECK (status == FFI_BAD_ABI || status == FFI_OK);
        break;
      }
    case 3:
      check_dies (ffi_closure_free, c->code, NULL);
      break;
    case 4:
      check_dies (ffi_closure_free, c->memory + 1 + take (input) % 31, NULL);
      break;
    case 5:
      if (!c->prepared && c->size <= sizeof (ffi_closure))
        check_dies (call_code, c->code, NULL);
      CHECK_INT (ffi_prep_closure_loc ((ffi_closure *) (void *) local, &cifs[number],
                                       handle, NULL, (char *) c->code + 1),
                 FFI_BAD_ABI);
      break;
    case 6:
      check_dies (ffi_closure_free, local + take (input), NULL);
      block = malloc (100);
      check_dies (ffi_closure_free, block, NULL);
      free (block);
      break;
    default:
      ffi_closure_free (NULL);
      CHECK (ffi_closure_alloc (sizeof (ffi_closure), NULL) == NULL);
      CHECK (ffi_closure_alloc (SIZE_MAX - take (input), &block) == NULL);
      CHECK_INT (errno, ENOMEM);
    }
}

static size_t
take_size (struct input *input)
{
  static const size_t sizes[] = { 0,    1,    72,   80,   112,  240,   1000,     2000,
                                  2048, 4080, 4096, 4097, 8192, 70000, LARGE_MAX };
  unsigned which = take (input);

  if (which < 128)
    return sizeof (ffi_closure);
  return which < 192 ? sizeof (ffi_closure) + (which - 128) * 8
                     : sizes[which % ARRAY_SIZE (sizes)];
}

static void
operate (struct input *input)
{
  unsigned kind = take (input) % 9;
  struct closure *c = NULL;

  if (kind != 0 && kind != 5 && kind != 8)
    {
      if (live_count == 0)
        return;
      c = &live[take16 (input) % live_count];
    }
  switch (kind)
    {
    case 0:
      {
        size_t size = take_size (input);
        allocate (size, take16 (input));
        break;
      }
    case 1:
      {
        unsigned how = take (input);
        prepare (c, how % shape_count, how >= 128);
        break;
      }
    case 2:
      if (c->prepared)
        call_closure (c);
      break;
    case 3:
      release (c);
      break;
    case 4: /* Freed by its own handler.  */
      if (c->prepared)
        {
          check_data (c);
          call.free_inside = true;
          call_closure (c);
          call.free_inside = false;
          forget (c);
        }
      break;
    case 5:
      {
        size_t size = take_size (input);
        unsigned shape = take (input) % (shape_count + 1);
        for (unsigned n = size <= 4096 ? 1 + take16 (input) % BULK : 1; n != 0; n--)
          {
            allocate (size, 0);
            if (shape != shape_count && live_count != 0)
              prepare (&live[live_count - 1], shape, true);
          }
        break;
      }
    case 6:
      for (unsigned step = 1 + take (input) % 8, n = take16 (input) % (2 * BULK);
           n != 0 && live_count != 0; n--)
        release (&live[(n * step) % live_count]);
      break;
    case 7: /* The whole model.  */
      for (unsigned i = 0; i < live_count; i++)
        {
          check_data (&live[i]);
          if (live[i].prepared)
            call_closure (&live[i]);
        }
      break;
    default:
      misuse (input);
    }
}

/* Tables without closures go back to the system, but for one that is kept, and the text
   that they are copies of.  */
static void
check_tables (void)
{
  static const char needle[] = " r-xs ";
  static char text[1 << 18];
  size_t n = 0, got;
  unsigned shared = 0;
  FILE *maps = fopen ("/proc/self/maps", "r");

  CHECK (maps != NULL);
  while (n < sizeof text - 1
         && (got = fread (text + n, 1, sizeof text - 1 - n, maps)) > 0)
    n += got;
  fclose (maps);
  text[n] = '\0';
  for (const char *p = text; (p = strstr (p, needle)) != NULL; p++)
    shared++;
  CHECK_MSG (shared <= 2, "%u tables are left when all closures are freed", shared);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  struct input input = { data, size };

  if (cifs[0].rtype == NULL)
    {
#define SHAPE(name, rtype, ...)                                                          \
  PREP_CIF (&cifs[name], name == nothing ? 0 : ARRAY_SIZE (types_##name) - 1, rtype,     \
            types_##name + 1);
      SHAPES
#undef SHAPE
    }
  dead_count = 0;
  memset (dead, 0, sizeof dead);
  while (input.left != 0)
    operate (&input);
  while (live_count != 0)
    release (&live[live_count - 1]);
  check_tables ();
  return 0;
}

FUZZ_MAIN ("closures", 20)
