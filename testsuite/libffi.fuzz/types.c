/* SPDX-License-Identifier: MIT */
/* Graphs of types, sound and not: each is refused or laid out as this file's own model
   says; and what is accepted carries values through a call and a closure unchanged.  */

#include "fuzz.h"
#include "guarded.h"
#include <ffi_types.h>
#include <stdbool.h>

enum
{
  NODES = 150, /* deeper than the library goes */
  LIST = 12,
  ARGS = 24,
  DEPTH = 100,
  BUDGET = 250, /* structs that the model looks at before it gives up */
  VALUE_MAX = 1 << 16
};

/* What the compiler aligns a vector to at most.  */
typedef char widest_vector __attribute__ ((vector_size (64)));
#define MAX_VECTOR __alignof__(widest_vector)

/* What each port passes of what ffi_types.h describes; of _Float16, the bytes of the
   smallest vector.  */
#if defined __x86_64__
#define HALF 4
#elif defined __aarch64__
#define HALF 8
#elif defined __i386__ || defined __arm__
#define HALF 1
#else
#define HALF 0
#endif
#if defined __x86_64__ || defined __i386__ || defined __powerpc64__
#define QUAD 1
#else
#define QUAD 0
#endif
#ifdef __powerpc64__
#define ZERO_WIDTH 0
#else
#define ZERO_WIDTH 1
#endif

/* No convention looks into a larger struct.  */
#ifdef __powerpc64__
#define LARGEST 128
#elif defined __arm__
#define LARGEST 32
#else
#define LARGEST 64
#endif

/* From which alignment on i386 and 32-bit Arm look into structs of any size.  */
#ifdef __i386__
#define LEAST_SEEN 16
#else
#define LEAST_SEEN 8
#endif

static ffi_type *const basic_types[] = {
  &ffi_type_void,          &ffi_type_uint8,          &ffi_type_sint8,
  &ffi_type_uint16,        &ffi_type_sint16,         &ffi_type_uint32,
  &ffi_type_sint32,        &ffi_type_uint64,         &ffi_type_sint64,
  &ffi_type_float,         &ffi_type_double,         &ffi_type_longdouble,
  &ffi_type_pointer,
#ifdef FFI_TARGET_HAS_COMPLEX_TYPE
  &ffi_type_complex_float, &ffi_type_complex_double, &ffi_type_complex_longdouble,
#endif
#ifdef FFI_TARGET_HAS_INT128
  &ffi_type_uint128,       &ffi_type_sint128,
#endif
};

/* --- A graph from the input ------------------------------------------------- */

static struct
{
  ffi_type nodes[NODES];
  ffi_type *lists[NODES][LIST + 1];
  unsigned count;
} graph;

static ffi_type *
take_type (struct input *input)
{
  unsigned which = take (input);

  if (which == 255)
    return NULL;
  if (which < 128 || graph.count == 0)
    return basic_types[which % ARRAY_SIZE (basic_types)];
  /* The newest are the nearest, so that chains are easy to come by.  */
  return &graph.nodes[(graph.count - 1 + 128 - which % 128) % graph.count];
}

static size_t
take_size (struct input *input)
{
  static const size_t odd[] = { SIZE_MAX, SIZE_MAX - 7, (size_t) 1 << 30,
                                ((size_t) 1 << 30) + 1, SIZE_MAX / 2 + 1 };
  unsigned which = take (input);

  return which < 160 ? 0 : which < 240 ? which - 160 : odd[which % ARRAY_SIZE (odd)];
}

static unsigned
take_alignment (struct input *input)
{
  static const unsigned short alignments[] = { 0, 1, 2, 4, 8, 16, 32, 64, 3, 0x8000 };

  return alignments[take (input) % ARRAY_SIZE (alignments)];
}

/* A list of N types.  */
static void
take_list (struct input *input, ffi_type **list, unsigned n)
{
  for (unsigned i = 0; i < n; i++)
    list[i] = take_type (input);
  list[n] = NULL;
}

static void take_layout (struct input *input, ffi_type *node);

static void
take_node (struct input *input)
{
  static const unsigned short kinds[]
      = { FFI_TYPE_STRUCT, FFI_TYPE_STRUCT,  FFI_TYPE_STRUCT,
          FFI_TYPE_STRUCT, FFI_TYPE_COMPLEX, FFI_TYPE_VECTOR };
  unsigned kind = take (input), copies = 1;
  ffi_type *node = &graph.nodes[graph.count];

  memset (node, 0, sizeof *node);
  if (kind < 192)
    node->type = kinds[kind % ARRAY_SIZE (kinds)];
  else if (kind < 224)
    *node = *basic_types[kind % ARRAY_SIZE (basic_types)];
  else if (kind < 240)
    node->type = take16 (input);
  else
    {
      take_layout (input, node);
      graph.count++;
      return;
    }
  /* The code of a layout, of which there is more than an ffi_type.  */
  if (node->type >= FFI_TYPE_LAYOUT && node->type <= FFI_TYPE_FLOAT128)
    node->type += 0x100;
  if (kind % 2 != 0)
    {
      node->size = take_size (input);
      node->alignment = take_alignment (input);
    }
  unsigned n = take (input);
  if (n == 254)
    copies = 1 + take (input);
  ffi_type **list = graph.lists[graph.count];
  node->elements = n == 255 ? NULL : list;
  take_list (input, list, n % (LIST + 1));
  /* Each of the copies contains the one before.  */
  for (graph.count++; --copies != 0 && graph.count < NODES; graph.count++)
    {
      unsigned g = graph.count;
      graph.nodes[g] = graph.nodes[g - 1];
      memcpy (graph.lists[g], graph.lists[g - 1], sizeof graph.lists[g]);
      graph.lists[g][0] = &graph.nodes[g - 1];
      graph.nodes[g].elements = graph.lists[g];
    }
}

/* --- What ffi.h says of it -------------------------------------------------- */

enum verdict
{
  SOUND,   /* laid out by the library, or as it would */
  OK,      /* accepted, by a size that is believed */
  BAD,     /* refused */
  UNKNOWN, /* too much work to say, or left to the port */
};

struct layout
{
  enum verdict verdict;
  size_t size, alignment;
};

static size_t
align_up (size_t n, size_t alignment)
{
  return alignment == 0 ? n : (n + alignment - 1) & -alignment;
}

static bool
is_power (size_t n)
{
  return n != 0 && (n & (n - 1)) == 0;
}

/* The basic type that TYPE is a copy of.  */
static const ffi_type *
basic_of (const ffi_type *type)
{
  for (size_t i = 1; i < ARRAY_SIZE (basic_types); i++)
    if (basic_types[i]->type == type->type && basic_types[i]->size == type->size
        && type->type != FFI_TYPE_COMPLEX)
      return basic_types[i];
  /* An int has a code of its own.  */
  return type->type == FFI_TYPE_INT && type->size == sizeof (int) ? &ffi_type_sint32
                                                                  : NULL;
}

static struct layout model (const ffi_type *type, unsigned depth, unsigned *budget);

#ifdef __aarch64__
/* Whether the struct TYPE, of at most 16 bytes, begins with an integer or has members of
   different types.  */
static bool
is_seen_through (const ffi_type *type)
{
  const ffi_type *first = type;

  for (unsigned i = 0; i < DEPTH; i++)
    {
      if (first->type != FFI_TYPE_STRUCT && first->type != FFI_TYPE_COMPLEX)
        return first->type < FFI_TYPE_FLOAT || first->type > FFI_TYPE_DOUBLE
               || first->size * 4 < type->size || type->elements[1] != NULL;
      if (first->elements == NULL || first->elements[0] == NULL)
        return false;
      first = first->elements[0];
    }
  return false;
}
#endif

/* Whether no convention needs to look into the struct TYPE: what is in it may be refused
   or not.  */
static bool
may_be_skipped (const ffi_type *type)
{
#ifdef __x86_64__
  return type->size > 16; /* but some of those that begin with a vector */
#elif defined __i386__
  return type->size > 24; /* but what is aligned */
#elif defined __aarch64__
  return type->size > 16 || is_seen_through (type);
#elif defined __s390x__ || defined __riscv
  return type->size > 16; /* but, on RISC-V, what may be flattened */
#elif defined __arm__
  return type->size > 8; /* but what may be homogeneous, or has odd alignment */
#else
  (void) type;
  return false;
#endif
}

static const ffi_layout *layout_of (const ffi_type *type);
static bool is_half (const ffi_type *type);
static bool is_refused_inside (const ffi_type *type);
static struct layout model_layout (const ffi_type *type, const ffi_layout *layout,
                                   unsigned depth, unsigned *budget);

static struct layout
model_struct (const ffi_type *type, unsigned depth, unsigned *budget)
{
  static const ffi_type *path[DEPTH];
  const struct layout bad = { BAD, 0, 0 }, unknown = { UNKNOWN, 0, 0 };
  struct layout layout = { SOUND, 0, 1 };

  if (type->elements == NULL)
    return bad;
#if defined __i386__ || defined __arm__
  /* Looked into for its members' alignment.  */
  if (type->size > LARGEST && is_power (type->alignment) && type->alignment >= LEAST_SEEN)
    return (struct layout){ UNKNOWN, type->size, type->alignment };
#endif
  if (type->size > LARGEST)
    return (struct layout){ is_power (type->alignment) ? OK : BAD, type->size,
                            type->alignment };
  for (unsigned d = 0; d < depth; d++)
    if (path[d] == type)
      return bad;
  /* Too deep, but for the library it depends on what was laid out before.  */
  if (depth == DEPTH || *budget == 0)
    return unknown;
  path[depth] = type;
  --*budget;
  if (layout_of (type) != NULL)
    {
      layout = model_layout (type, layout_of (type), depth, budget);
      if (layout.verdict == BAD && may_be_skipped (type))
        layout = unknown;
      return layout;
    }
  for (unsigned i = 0; type->elements[i] != NULL; i++)
    {
      struct layout part = model (type->elements[i], depth + 1, budget);
      if (part.verdict == BAD || part.verdict == UNKNOWN)
        return may_be_skipped (type) ? unknown : part;
      if (part.verdict == OK)
        layout.verdict = OK;
      if (is_refused_inside (type->elements[i]))
        return unknown;
      size_t start = (layout.size + part.alignment - 1) & -part.alignment;
      if (start < layout.size || start + part.size < start)
        {
          /* Nobody adds up what has a size.  */
          if (type->size == 0)
            return bad;
          layout.verdict = OK;
        }
      layout.size = start + part.size;
      if (part.alignment > layout.alignment)
        layout.alignment = part.alignment;
    }
  size_t size = (layout.size + layout.alignment - 1) & -layout.alignment;
  if (type->size == 0 && size < layout.size)
    return bad;
  layout.size = size;
  if (type->size == 0)
    return layout;
  if (!is_power (type->alignment))
    return bad;
  if (type->size != size || type->alignment != layout.alignment)
    layout = (struct layout){ OK, type->size, type->alignment };
  return layout;
}

/* Also where ffi.h has no object for complex numbers: a program may bring its own.  */
static struct layout
model_complex (const ffi_type *type)
{
  struct layout layout = { BAD, 0, 0 };
  const ffi_type *part = type->elements != NULL ? type->elements[0] : NULL;
  if (part == NULL || basic_of (part) == NULL || !is_power (part->alignment)
      || part->type == FFI_TYPE_POINTER)
    return layout;
  layout.size = type->size != 0 ? type->size : 2 * part->size;
  layout.alignment = type->size != 0 ? type->alignment : part->alignment;
  if (layout.size == 2 * part->size && is_power (layout.alignment))
    layout.verdict = layout.alignment == basic_of (part)->alignment ? SOUND : OK;
  return layout;
}

static struct layout
model_vector (FFITEST_UNUSED const ffi_type *type)
{
  struct layout layout = { BAD, 0, 0 };
#ifdef FFI_TARGET_HAS_VECTOR_TYPE
  const ffi_type *lane = type->elements != NULL ? type->elements[0] : NULL;
  if (lane == NULL || (basic_of (lane) == NULL && !is_half (lane))
      || !is_power (lane->alignment))
    return layout;
  size_t lanes = 0, size = 1;
  while (type->elements[lanes] == lane)
    lanes++;
  while (size < lanes * lane->size)
    size *= 2;
  layout.size = type->size != 0 ? type->size : size;
  const size_t least = HALF;
  size_t alignment = layout.size < MAX_VECTOR ? layout.size : MAX_VECTOR;
  layout.alignment = type->size != 0 ? type->alignment : alignment;
  if (is_power (layout.size) && layout.size <= 64
      && (!is_half (lane) || layout.size >= least)
      && (layout.size >= 8 || layout.size >= 2 * lane->size)
      && is_power (layout.alignment))
    layout.verdict
        = layout.alignment == alignment && layout.size % lane->size == 0 ? SOUND : OK;
#endif
  return layout;
}

static struct layout
model (const ffi_type *type, unsigned depth, unsigned *budget)
{
  const ffi_type *basic = basic_of (type);

  if (basic != NULL)
    {
      struct layout layout = { BAD, type->size, type->alignment };
      if (is_power (type->alignment))
        layout.verdict = type->alignment == basic->alignment ? SOUND : OK;
      if (layout.verdict != BAD)
        return layout;
    }
  switch (type->type)
    {
    case FFI_TYPE_STRUCT:
      return model_struct (type, depth, budget);
    case FFI_TYPE_COMPLEX:
      return model_complex (type);
    case FFI_TYPE_VECTOR:
      return model_vector (type);
    default:
      return (struct layout){ BAD, 0, 0 };
    }
}

/* What a signature with TYPE in it gets.  */
static struct layout
model_type (const ffi_type *type)
{
  unsigned budget = BUDGET;
  struct layout layout = { BAD, 0, 0 };

  if (type != NULL && type->type == FFI_TYPE_VOID)
    /* It takes no place, whatever its size.  */
    layout.verdict = type->size != 0 ? SOUND : BAD;
  else if (type != NULL && type->alignment == 0 && basic_of (type) != NULL)
    layout = (struct layout){ SOUND, type->size, basic_of (type)->alignment };
  else if (type != NULL)
    layout = model (type, 0, &budget);
  if (layout.verdict != UNKNOWN && layout.size > (size_t) 1 << 30)
    layout.verdict = BAD;
  return layout;
}

/* --- Values ----------------------------------------------------------------- */

/* The call that is being made.  */
static struct
{
  unsigned seed, calls;
  const ffi_cif *cif;
  bool sound; /* no type in it has a size that is only believed */
} trip;

static unsigned pattern; /* state of the values' bytes */

static unsigned char
next_byte (void)
{
  pattern = pattern * 1103515245 + 12345;
  return pattern >> 16;
}

#define FLOATING(type)                                                                   \
  do                                                                                     \
    {                                                                                    \
      type value = (type) ((signed char) next_byte ()) / 8;                              \
      if (check)                                                                         \
        CHECK_MSG (memcmp (at, &value, sizeof value) == 0 || *(type *) at == value,      \
                   "a %s is not what it was", #type);                                    \
      else                                                                               \
        *(type *) at = value;                                                            \
    }                                                                                    \
  while (0)

/* Whether END leaves nothing but padding of TYPE.  */
static bool
is_filled (const ffi_type *type, size_t end)
{
  return end <= type->size && type->size - end < type->alignment;
}

/* Where the elements of TYPE end if none is aligned to more than MOST.  */
static size_t
elements_end (const ffi_type *type, size_t most)
{
  size_t at = 0;

  for (ffi_type **e = type->elements; *e != NULL && at <= type->size; e++)
    {
      at = align_up (at, (*e)->alignment < most ? (*e)->alignment : most);
      at = (*e)->size <= type->size ? at + (*e)->size : SIZE_MAX;
    }
  return at;
}

#include "layouts.h"

static void walk_value (const ffi_type *type, char *to, size_t room, bool check);

/* As walk_value, for structs.  Nobody looked at the elements of a large one.  */
static void
walk_struct (const ffi_type *type, char *to, size_t room, bool check)
{
  size_t offset = 0, most = 1 << 16;

  if (type->size < room)
    room = type->size;
  if (type->size > LARGEST && !trip.sound)
    {
      for (size_t i = 0; i < room; i++)
        walk_value (&ffi_type_uint8, to + i, 1, check);
      return;
    }
  if (layout_of (type) != NULL)
    {
      if (room == type->size)
        walk_layout (type, to, check);
      return;
    }
  if (!is_filled (type, elements_end (type, most))
      && is_filled (type, elements_end (type, type->alignment)))
    most = type->alignment;
  for (ffi_type **e = type->elements; *e != NULL; e++)
    {
      offset = align_up (offset, (*e)->alignment < most ? (*e)->alignment : most);
      if (offset >= room)
        return;
      walk_value (*e, to + offset, room - offset, check);
      if ((*e)->size > room)
        return;
      offset += (*e)->size;
    }
}

/* Write, or check, a value of TYPE at TO, as far as its parts are in the ROOM there: no
   padding.  Alignment may be less than that of the type if a struct says so.  */
static void
walk_value (const ffi_type *type, char *to, size_t room, bool check)
{
  _Alignas(16) char at[64];

  switch (type->type)
    {
    case FFI_TYPE_VOID:
      return;
    case FFI_TYPE_STRUCT:
      walk_struct (type, to, room, check);
      return;
    case FFI_TYPE_VECTOR:
    case FFI_TYPE_COMPLEX:
      for (size_t at = 0; at < type->size && at < room; at += type->elements[0]->size)
        walk_value (type->elements[0], to + at,
                    (type->size < room ? type->size : room) - at, check);
      return;
    default:
      if (type->size > room)
        return;
      memcpy (at, to, type->size);
    }
  if (type->type == FFI_TYPE_FLOAT)
    FLOATING (float);
  else if (type->type == FFI_TYPE_DOUBLE)
    FLOATING (double);
  else if (type->type == FFI_TYPE_LONGDOUBLE)
    FLOATING (long double);
  else
    for (size_t i = 0; i < type->size; i++)
      {
        unsigned char byte = next_byte ();
        if (check)
          CHECK_UINT ((unsigned char) at[i], byte);
        at[i] = byte;
      }
  if (!check)
    memcpy (to, at, type->size);
}

/* A processor may lack the registers of wide vectors; by some conventions of POWER a long
   double is passed as a double.  */
static bool
can_travel (const ffi_type *type)
{
#ifdef __powerpc64__
  if (type->type == FFI_TYPE_LONGDOUBLE && type->size == 16
      && !(trip.cif->abi & FFI_LINUX_LONG_DOUBLE_128))
    return false;
  if (type->type == FFI_TYPE_COMPLEX)
    return can_travel (type->elements[0]);
#endif
#ifdef __x86_64__
  if (type->type == FFI_TYPE_VECTOR && type->size > 16)
    return type->size == 32 ? __builtin_cpu_supports ("avx")
                            : __builtin_cpu_supports ("avx512f");
#endif
  /* A larger one is in memory.  */
  const ffi_layout *layout = layout_of (type);
  if (layout != NULL && type->size <= LARGEST)
    {
      for (size_t i = 0; i < layout->count; i++)
        if (!can_travel (layout->members[i].type))
          return false;
    }
  else if (type->type == FFI_TYPE_STRUCT && type->size <= LARGEST)
    for (ffi_type **e = type->elements; *e != NULL; e++)
      if (!can_travel (*e))
        return false;
  return true;
}

/* --- Through a call and a closure ------------------------------------------- */

/* Integers narrower than a register are widened by the library.  */
static bool
is_widened (const ffi_type *type)
{
  return type->size < sizeof (ffi_arg)
         && (type->type == FFI_TYPE_INT
             || (type->type >= FFI_TYPE_UINT8 && type->type <= FFI_TYPE_SINT32));
}

static bool
is_signed (const ffi_type *type)
{
  return type->type == FFI_TYPE_INT || type->type == FFI_TYPE_SINT8
         || type->type == FFI_TYPE_SINT16 || type->type == FFI_TYPE_SINT32;
}

static void
write_result (const ffi_type *type, void *result, bool check)
{
  pattern = trip.seed + 1;
  if (type->type == FFI_TYPE_VOID)
    return;
  if (!is_widened (type))
    {
      walk_value (type, result, type->size, check);
      return;
    }
  unsigned char bytes[8];
  for (unsigned i = 0; i < type->size; i++)
    bytes[i] = next_byte ();
  ffi_arg value = 0;
  for (unsigned i = 0; i < sizeof value; i++)
    {
      unsigned sign = is_signed (type) && bytes[type->size - 1] >= 128 ? 255 : 0;
      value |= (ffi_arg) (i < type->size ? bytes[i] : sign) << 8 * i;
    }
  if (check)
    CHECK_UINT (*(ffi_arg *) result, value);
  else
    *(ffi_arg *) result = value;
}

static void
handle (ffi_cif *cif, void *result, void **args, void *data)
{
  CHECK_PTR (cif, trip.cif);
  CHECK_PTR (data, &trip);
  trip.calls++;
  pattern = trip.seed;
  for (unsigned i = 0; i < cif->nargs; i++)
    walk_value (cif->arg_types[i], args[i], cif->arg_types[i]->size, true);
  write_result (cif->rtype, result, false);
}

/* Every value in a block of its own, NUMBER, behind which no byte can be accessed.  */
static void *
make_value (unsigned number, size_t size)
{
  static char *ends[ARGS + 2];

  CHECK (number < ARGS + 2 && size <= VALUE_MAX);
  if (ends[number] == NULL)
    {
      size_t page = (size_t) sysconf (_SC_PAGESIZE), length = VALUE_MAX + page;
      char *base = mmap (NULL, length, PROT_READ | PROT_WRITE,
                         MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
      CHECK (base != MAP_FAILED);
      CHECK_INT (mprotect (base + VALUE_MAX, page, PROT_NONE), 0);
      ends[number] = base + VALUE_MAX;
    }
  return memset (ends[number] - size, 0x5a, size);
}

/* Call CODE by raw calls, with the arguments as blocks of words.  */
static void
raw_trip (ffi_cif *cif, void *code, void *result, void **values)
{
  size_t size = ffi_raw_size (cif);
  unsigned calls = trip.calls;

  if (size > VALUE_MAX)
    return;
  ffi_raw *raw = make_value (ARGS + 1, size);
  ffi_ptrarray_to_raw (cif, values, raw);
  ffi_raw_call (cif, FFI_FN (code), result, raw);
  CHECK_INT (trip.calls, calls + 1);
  write_result (cif->rtype, result, true);
}

static void
round_trip (ffi_cif *cif)
{
  static ffi_closure *closure;
  static void *code;
  void *values[ARGS];
  size_t total = cif->rtype->type != FFI_TYPE_VOID ? cif->rtype->size : 0;

  trip.cif = cif;
  if (cif->nargs > ARGS
      || (cif->rtype->type != FFI_TYPE_VOID && !can_travel (cif->rtype)))
    return;
  for (unsigned i = 0; i < cif->nargs; i++)
    {
      if (!can_travel (cif->arg_types[i]))
        return;
      if (cif->arg_types[i]->type == FFI_TYPE_VOID)
        continue;
      if (cif->arg_types[i]->size > VALUE_MAX)
        return;
      total += cif->arg_types[i]->size;
    }
  if (total > VALUE_MAX)
    return;
  if (closure == NULL)
    closure = ffi_closure_alloc (sizeof *closure, &code);
  CHECK (closure != NULL);
  ffi_status status = ffi_prep_closure_loc (closure, cif, handle, &trip, code);
  CHECK (status == FFI_OK || status == FFI_BAD_ABI);
  if (status != FFI_OK)
    return;

  pattern = trip.seed;
  for (unsigned i = 0; i < cif->nargs; i++)
    {
      const ffi_type *type = cif->arg_types[i];
      values[i] = type->type != FFI_TYPE_VOID ? make_value (i, type->size) : NULL;
      walk_value (type, values[i], type->size, false);
    }
  ffi_type room = *cif->rtype;
  if (is_widened (&room) || room.type == FFI_TYPE_VOID)
    room.size = sizeof (ffi_arg);
  void *result = make_value (ARGS, room.size);
  trip.calls = 0;
  ffi_call (cif, FFI_FN (code), result, values);
  CHECK_INT (trip.calls, 1);
  write_result (cif->rtype, result, true);
  ffi_call (cif, FFI_FN (code), NULL, values);
  CHECK_INT (trip.calls, 2);

  ffi_call_plan *plan = ffi_call_plan_alloc (cif);
  if (plan != NULL)
    {
      memset (result, 0x5a, room.size);
      ffi_call_plan_invoke (plan, FFI_FN (code), result, values);
      CHECK_INT (trip.calls, 3);
      write_result (cif->rtype, result, true);
      ffi_call_plan_free (plan);
    }
  raw_trip (cif, code, result, values);
}

/* --- The target ------------------------------------------------------------- */

static void
check_offsets (ffi_type *type)
{
  size_t offsets[LIST];
  struct layout layout = model_type (type);
  ffi_status status = ffi_get_struct_offsets (FFI_DEFAULT_ABI, type, offsets);

  if (type->type != FFI_TYPE_STRUCT)
    {
      CHECK_INT (status, FFI_BAD_TYPEDEF);
      return;
    }
  if (layout.verdict == BAD)
    CHECK_INT (status, FFI_BAD_TYPEDEF);
  if (layout.verdict != SOUND)
    return;
  CHECK_INT (status, FFI_OK);
  CHECK_UINT (type->size, layout.size);
  CHECK_UINT (type->alignment, layout.alignment);
  const ffi_layout *members = layout_of (type);
  if (members != NULL)
    for (size_t i = 0; i < members->count; i++)
      {
        const ffi_member *m = &members->members[i];
        CHECK_UINT (offsets[i], m->kind == FFI_MEMBER_BITS ? m->offset / 8 : m->offset);
      }
  size_t offset = 0;
  for (unsigned i = 0; members == NULL && type->elements[i] != NULL; i++)
    {
      struct layout part = model_type (type->elements[i]);
      offset = (offset + part.alignment - 1) & -part.alignment;
      CHECK_UINT (offsets[i], offset);
      offset += part.size;
    }
}

/* Another type in PLACE of LIST, or of the layout that it has.  */
static void
change_type (struct input *input, ffi_type **list, unsigned place)
{
  ffi_type *first = list[0];

  if (first != NULL && first->type >= FFI_TYPE_LAYOUT && first->type <= FFI_TYPE_FLOAT128)
    layouts.members[(ffi_layout *) first - layouts.layouts][place].type
        = take_type (input);
  else if (list[place] != NULL)
    list[place] = take_type (input);
}

static void
take_graph (struct input *input)
{
  graph.count = 0;
  for (unsigned n = take (input) % 32; n != 0 && graph.count < NODES; n--)
    take_node (input);
  /* Edges back: cycles.  */
  for (unsigned n = take (input) % 4; n != 0 && graph.count != 0; n--)
    {
      ffi_type **list = graph.lists[take (input) % graph.count];
      unsigned place = take (input) % LIST;
      change_type (input, list, place);
    }
}

static void
check_signature (struct input *input)
{
  static ffi_type *types[65536 + 1];
  unsigned nargs = take (input) % (ARGS + 4), repeat = take (input);
  ffi_cif cif;

  ffi_type *rtype = take_type (input);
  unsigned abi = take (input), fixed = take (input);
  take_list (input, types, nargs);
  if (nargs != 0 && repeat > 252)
    for (unsigned end = repeat == 253 ? 1000 : 65282 + repeat; nargs < end; nargs++)
      types[nargs] = types[nargs - 1];
  abi = abi < 128 ? FFI_DEFAULT_ABI : abi - 128 < 16 ? abi - 128 : abi * 0x1000001u;
  trip.seed = take16 (input);

  uint64_t total = 0;
  enum verdict verdict = model_type (rtype).verdict;
  for (unsigned i = 0; i < nargs && verdict != BAD && verdict != UNKNOWN; i++)
    {
      struct layout one = model_type (types[i]);
      if (one.verdict != SOUND)
        verdict = one.verdict;
      /* Together, with their addresses, they may be too much.  */
      total += one.size + 16;
      if (verdict != BAD && (total > 1 << 30 || i > ARGS + 4))
        verdict = UNKNOWN;
    }
  memset (&cif, 0x77, sizeof cif);
  ffi_status status
      = fixed < 128 ? ffi_prep_cif (&cif, abi, nargs, rtype, types)
                    : ffi_prep_cif_var (&cif, abi, fixed - 128, nargs, rtype, types);
  if (verdict == BAD || nargs > 65535)
    CHECK (status == FFI_BAD_TYPEDEF || status == FFI_BAD_ABI
           || status == FFI_BAD_ARGTYPE);
  else if (verdict != UNKNOWN && abi == FFI_DEFAULT_ABI && fixed < 128)
    CHECK_INT (status, FFI_OK);
  if (status != FFI_OK)
    return;
  CHECK_UINT (cif.nargs, nargs);
  ffi_raw_size (&cif);
  trip.sound = verdict == SOUND;
  if (verdict == SOUND || verdict == OK)
    round_trip (&cif);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  struct input input = { data, size };

  take_graph (&input);
  bool offsets_first = take (&input) % 2 != 0;
  if (!offsets_first)
    check_signature (&input);
  for (unsigned i = 0; i < graph.count; i++)
    check_offsets (&graph.nodes[i]);
  if (offsets_first)
    check_signature (&input);
  return 0;
}

FUZZ_MAIN ("types", 200)
