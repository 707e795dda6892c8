/* SPDX-License-Identifier: MIT */
/* { needs nosan } */
/* Every writable word of the process that equals a pointer which a call of a sealed
   closure follows is overwritten, and so are the caller's cif and types, those of scalars
   among them: the calls are unmoved.  An ordinary closure is moved, which shows that
   words are found.

   What the test itself goes by lies on the stack, which is left alone.  */

#include "ffitest.h"
#include <fcntl.h>
#include <ffi_tramp.h>
#include <sys/wait.h>
#include "sealed.h"

enum
{
  KINDS = 6,
  TARGETS = 16, /* pointers of one closure */
  MANY = 300
};

/* Exit codes of a child.  */
enum
{
  UNMOVED = 10,
  MOVED,
  UNLISTED
};

struct small
{
  double d;
  float f;
};
struct large
{
  long word[9];
};

/* What a handler finds out.  */
struct seen
{
  const ffi_cif *cif;
  void *data;
  int calls;
  long sum;
};

/* A closure, and what its calls must find.  Lives on the stack.  */
struct subject
{
  void *code, *memory, *data;
  void **page;
  const ffi_cif *cif;
};

static struct seen seen;
static int moved;
static long datas[KINDS];
static ffi_cif cifs[KINDS];

/* The program's own types of scalars.  */
static ffi_type scalars[4];
enum
{
  SINT,
  SLONG,
  FLOAT,
  DOUBLE,
  SCALARS
};
static ffi_type *small_elements[] = { &scalars[DOUBLE], &scalars[FLOAT], NULL };
static ffi_type small_type = { 0, 0, FFI_TYPE_STRUCT, small_elements };
static ffi_type *large_elements[10];
static ffi_type large_type = { 0, 0, FFI_TYPE_STRUCT, large_elements };
static ffi_type *arguments[KINDS][MANY];

static void
see (const ffi_cif *cif, void *data, long sum)
{
  seen.cif = cif;
  seen.data = data;
  seen.sum = sum;
  seen.calls++;
}

static void
evil (void)
{
  moved = 1;
}

static void
handle_int (ffi_cif *cif, void *result, void **args, void *data)
{
  see (cif, data, *(int *) args[0]);
  *(ffi_arg *) result = (ffi_arg) * (int *) args[0] + 1;
}

static void
handle_double (ffi_cif *cif, void *result, void **args, void *data)
{
  see (cif, data, (long) *(double *) args[1]);
  *(double *) result = *(double *) args[1] * 2;
}

static void
handle_small (ffi_cif *cif, void *result, void **args, void *data)
{
  struct small s = *(struct small *) args[1];
  see (cif, data, (long) (s.d + (double) s.f));
  s.d += 1;
  *(struct small *) result = s;
}

static void
handle_large (ffi_cif *cif, void *result, void **args, void *data)
{
  struct large l = *(struct large *) args[0];
  see (cif, data, l.word[8]);
  l.word[0] += *(int *) args[1];
  *(struct large *) result = l;
}

static void
handle_many (ffi_cif *cif, void *result, void **args, void *data)
{
  long sum = 0;
  for (unsigned i = 0; i < cif->nargs; i++)
    sum += (long) ((struct small *) args[i])->d;
  see (cif, data, sum);
  *(ffi_arg *) result = (ffi_arg) sum;
}

static void
handle_raw (ffi_cif *cif, void *result, ffi_raw *args, void *data)
{
  see (cif, data, args->sint);
  *(ffi_arg *) result = (ffi_arg) args->sint + 5;
}

typedef void (*handler) (ffi_cif *, void *, void **, void *);
static handler const handlers[KINDS]
    = { handle_int, handle_double, handle_small, handle_large, handle_many };

/* The cif of each kind; its types are this program's.  */
static void
make_cifs (void)
{
  static const unsigned counts[KINDS] = { 1, 2, 2, 2, MANY, 1 };
  const ffi_type *const basic[SCALARS]
      = { &ffi_type_sint, &ffi_type_slong, &ffi_type_float, &ffi_type_double };
  ffi_type *results[KINDS] = { &scalars[SINT], &scalars[DOUBLE], &small_type,
                               &large_type,    &scalars[SLONG],  &scalars[SINT] };
  for (int i = 0; i < SCALARS; i++)
    scalars[i] = *basic[i];
  for (int i = 0; i < 9; i++)
    large_elements[i] = &scalars[SLONG];
  arguments[0][0] = arguments[1][0] = arguments[2][0] = &scalars[SINT];
  arguments[1][1] = &scalars[DOUBLE];
  arguments[2][1] = &small_type;
  arguments[3][0] = &large_type;
  arguments[3][1] = arguments[5][0] = &scalars[SINT];
  for (int i = 0; i < MANY; i++)
    arguments[4][i] = &small_type;
  for (int i = 0; i < KINDS; i++)
    CHECK_INT (
        ffi_prep_cif (&cifs[i], FFI_DEFAULT_ABI, counts[i], results[i], arguments[i]),
        FFI_OK);
}

static void
make (struct subject *s, int kind)
{
  size_t size = kind == KINDS - 1 ? sizeof (ffi_raw_closure) : sizeof (ffi_closure);
  s->memory = ffi_closure_alloc (size, &s->code);
  s->data = &datas[kind];
  CHECK (s->memory != NULL);
  if (kind < KINDS - 1)
    CHECK_INT (
        ffi_prep_closure_loc (s->memory, &cifs[kind], handlers[kind], s->data, s->code),
        FFI_OK);
  else
    CHECK_INT (
        ffi_prep_raw_closure_loc (s->memory, &cifs[kind], handle_raw, s->data, s->code),
        FFI_OK);
}

/* Call S, of KIND; true if the call finds what it should.  */
static int
call (const struct subject *s, int kind)
{
  struct small small = { 40.5, 1.5F }, small_result;
  struct large large = { { 7, 0, 0, 0, 0, 0, 0, 0, 99 } }, large_result;
  int before = seen.calls, good = 0;
  switch (kind)
    {
    case 0:
      good = CODE_AS (int (*) (int), s->code) (41) == 42 && seen.sum == 41;
      break;
    case 1:
      good = CODE_AS (double (*) (int, double), s->code) (1, 21.0) == 42.0
             && seen.sum == 21;
      break;
    case 2:
      small_result = CODE_AS (struct small (*) (int, struct small), s->code) (1, small);
      good = small_result.d == 41.5 && small_result.f == 1.5F && seen.sum == 42;
      break;
    case 3:
      large_result = CODE_AS (struct large (*) (struct large, int), s->code) (large, 3);
      good = large_result.word[0] == 10 && large_result.word[8] == 99 && seen.sum == 99;
      break;
    case 4:
      {
        /* By ffi_call with a cif that nobody has touched.  */
        ffi_cif cif;
        ffi_type *elements[] = { &ffi_type_double, &ffi_type_float, NULL };
        ffi_type type = { 0, 0, FFI_TYPE_STRUCT, elements };
        ffi_type *types[MANY];
        void *values[MANY];
        ffi_arg result;
        for (int i = 0; i < MANY; i++)
          types[i] = &type, values[i] = &small;
        good = ffi_prep_cif (&cif, FFI_DEFAULT_ABI, MANY, &ffi_type_slong, types)
               == FFI_OK;
        ffi_call (&cif, FFI_FN (s->code), &result, values);
        good = good && (long) result == 40L * MANY && seen.sum == 40L * MANY;
      }
      break;
    default:
      good = CODE_AS (int (*) (int), s->code) (37) == 42 && seen.sum == 37;
      break;
    }
  return good && !moved && seen.calls == before + 1 && seen.data == s->data
         && (s->cif == NULL || seen.cif == s->cif);
}

/* Put WITH wherever one of the COUNT pointers TARGETS is in the words from START to
   END.  */
static unsigned
overwrite_range (uintptr_t *start, uintptr_t *end, const uintptr_t *targets,
                 unsigned count, uintptr_t with)
{
  unsigned hits = 0;
  for (volatile uintptr_t *word = start; word < end; word++)
    {
      uintptr_t value = *word;
      for (unsigned i = 0; i < count; i++)
        if (value == targets[i])
          {
            *word = with;
            hits++;
            break;
          }
    }
  return hits;
}

/* Put WITH in place of TARGETS in all writable memory but the stack.  The list of
   mappings is read without stdio, whose buffer may make them other than listed.  */
static unsigned
overwrite (const uintptr_t *targets, unsigned count, uintptr_t with)
{
  char text[65536];
  size_t length = 0;
  ssize_t got;
  unsigned ranges = 0, hits = 0;
  int maps = open ("/proc/self/maps", O_RDONLY | O_CLOEXEC);
  CHECK (maps >= 0);
  while (length < sizeof text - 1
         && (got = read (maps, text + length, sizeof text - 1 - length)) > 0)
    length += (size_t) got;
  close (maps);
  CHECK (length > 0 && length < sizeof text - 1);
  text[length] = '\0';
  for (char *line = text, *next; line[0] != '\0'; line = next)
    {
      uintptr_t start = strtoul (line, &next, 16), end = strtoul (next + 1, &next, 16);
      const char *permissions = next + 1;
      next = strchr (next, '\n') + 1;
      if (strncmp (permissions, "rw", 2) != 0
          || ((uintptr_t) text >= start && (uintptr_t) text < end))
        continue;
      hits += overwrite_range ((uintptr_t *) start, (uintptr_t *) end, targets, count,
                               with);
      ranges++;
    }
  CHECK (ranges > 2);
  return hits;
}

/* Overwrite what the calls of SUBJECTS follow, and what they were made from.  */
static void
attack (const struct subject *subjects)
{
  uintptr_t targets[KINDS * TARGETS + 16];
  unsigned n = 0;
#define TARGET(pointer) (targets[n++] = (uintptr_t) (pointer))
  for (int kind = 0; kind < KINDS; kind++)
    {
      const struct subject *s = &subjects[kind];
      TARGET (s->page);
      TARGET (s->page[0]);
      TARGET (s->page[1]);
      TARGET (s->cif);
      TARGET (s->cif->arg_types);
      TARGET (s->code);
      TARGET (s->memory);
      TARGET (s->data);
      TARGET (&cifs[kind]);
      TARGET (arguments[kind]);
      TARGET (kind < KINDS - 1 ? handlers[kind] : (handler) (void (*) (void)) handle_raw);
    }
  for (int kind = 0; kind < KINDS; kind++)
    TARGET (subjects[kind].cif->rtype);
  for (int i = 0; i < SCALARS; i++)
    TARGET (&scalars[i]);
  TARGET (&small_type);
  TARGET (small_elements);
  TARGET (&large_type);
  TARGET (large_elements);
  /* In each closure that the caller has: its cif, handler and data.  */
  unsigned hits = overwrite (targets, n, (uintptr_t) evil);
  CHECK_MSG (hits >= 3 * KINDS, "only %u words were overwritten", hits);
  const ffi_closure *copy = subjects[0].memory;
  CHECK ((uintptr_t) copy->fun == (uintptr_t) evil);
  memset (cifs, 0xa5, sizeof cifs);
  memset (arguments, 0xa5, sizeof arguments);
  memset (small_elements, 0xa5, sizeof small_elements);
  memset (large_elements, 0xa5, sizeof large_elements);
  memset (scalars, 0xa5, sizeof scalars);
  memset (&small_type, 0xa5, sizeof small_type);
  memset (&large_type, 0xa5, sizeof large_type);
}

/* Closures that are sealed by LIBFFI_SEAL, or by ffi_closure_seal.  */
static int
sealed (int by_call)
{
  struct subject subjects[KINDS];
  make_cifs ();
  for (int kind = 0; kind < KINDS; kind++)
    {
      struct subject *s = &subjects[kind];
      make (s, kind);
      s->cif = NULL;
      if (by_call)
        {
          CHECK (call (s, kind));
          s->code = ffi_closure_seal (s->memory);
          CHECK_MSG (s->code != NULL, "kind %d: %s", kind, strerror (errno));
        }
      CHECK_MSG (call (s, kind), "kind %d does not answer", kind);
      CHECK (seen.cif != &cifs[kind]);
      s->cif = seen.cif;
      s->page = page_of (s->cif);
      CHECK (s->page[0] == s->page);
      CHECK_INT (strcmp (permissions_at (s->page), "r--p"), 0);
      CHECK_INT (strcmp (permissions_at (s->cif->arg_types), "r--p"), 0);
      CHECK_INT (strcmp (permissions_at (s->cif->rtype), "r--p"), 0);
      CHECK_INT (strcmp (permissions_at (s->cif->arg_types[0]), "r--p"), 0);
    }
  attack (subjects);
  for (int i = 0; i < 3; i++)
    for (int kind = 0; kind < KINDS; kind++)
      CHECK_MSG (call (&subjects[kind], kind), "kind %d is moved", kind);
  return UNMOVED;
}

/* An ordinary closure's handler is one of those words.  */
static int
ordinary (int unused)
{
  struct subject s = { NULL, NULL, NULL, NULL, NULL };
  uintptr_t target[] = { (uintptr_t) handle_int };
  (void) unused;
  make_cifs ();
  make (&s, 0);
  CHECK (call (&s, 0));
  if (strcmp (permissions_at (s.memory), "rw-p") != 0)
    return UNLISTED;
  CHECK (overwrite (target, 1, (uintptr_t) evil) >= 1);
  call (&s, 0);
  return moved ? MOVED : UNMOVED;
}

/* What ACT says in a child with LIBFFI_SEAL=SEAL.  */
static int
in_child (const char *seal, int (*act) (int), int by_call)
{
  int status;
  fflush (stdout);
  pid_t child = fork ();
  if (child == 0)
    {
      setenv ("LIBFFI_SEAL", seal, 1);
      exit (act (by_call));
    }
  CHECK (child > 0 && waitpid (child, &status, 0) == child);
  CHECK_MSG (WIFEXITED (status), "LIBFFI_SEAL=%s: ended by signal %d", seal,
             WTERMSIG (status));
  return WEXITSTATUS (status);
}

int
main (void)
{
  int control = in_child ("0", ordinary, 0);
  if (control == UNLISTED)
    UNSUPPORTED ("an emulator with pages of another size does not list all mappings");
  CHECK_INT (control, MOVED);
  CHECK_INT (in_child ("1", sealed, 0), UNMOVED);
  CHECK_INT (in_child ("0", sealed, 1), UNMOVED);
  return ffitest_done ();
}
