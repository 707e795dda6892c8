/* SPDX-License-Identifier: MIT */
/* Where each convention of i386 puts arguments, by its definition: the words that a
   caller leaves in registers and on the stack.  cdecl, stdcall, thiscall and fastcall
   as GCC has them, pascal and register as Borland has them.  */

#ifndef CONVENTION_H
#define CONVENTION_H

struct convention
{
  const char *name;
  ffi_abi abi;
  int registers[4]; /* indices into words.registers, -1 after the last */
  int borland;      /* first argument pushed first, larger structs by address */
  int pops;
};

enum
{
  IN_EAX,
  IN_EDX,
  IN_ECX
};

static const struct convention conventions[] = {
  { "sysv", FFI_SYSV, { -1 }, 0, 0 },
  { "ms_cdecl", FFI_MS_CDECL, { -1 }, 0, 0 },
  { "stdcall", FFI_STDCALL, { -1 }, 0, 1 },
  { "thiscall", FFI_THISCALL, { IN_ECX, -1 }, 0, 1 },
  { "fastcall", FFI_FASTCALL, { IN_ECX, IN_EDX, -1 }, 0, 1 },
  { "pascal", FFI_PASCAL, { -1 }, 1, 1 },
  { "register", FFI_REGISTER, { IN_EAX, IN_EDX, IN_ECX, -1 }, 1, 1 },
};

/* Kinds of arguments.  */
struct kind
{
  const char *name;
  ffi_type *type;
  int integer;   /* one word that may travel in a register */
  int floating;  /* takes no register and uses up none */
  int aggregate; /* a struct */
};

/* A call as its caller sets it up.  */
struct words
{
  uint32_t registers[3];
  uint32_t used; /* bit n: registers[n] carries an argument */
  uint32_t stack[MACHINE_WORDS];
  unsigned count;
};

/* What is in the bytes of a word that are not a struct's.  */
static uint32_t padding;

/* The words of VALUE, of KIND, widened if it is a narrow integer.  */
static unsigned
words_of (const struct kind *kind, const void *value, uint32_t *words)
{
  size_t size = kind->type->size;
  words[(size - 1) / 4] = kind->aggregate ? padding : 0;
  memcpy (words, value, size);
  if (kind->type->type == FFI_TYPE_SINT8)
    words[0] = (uint32_t) * (const int8_t *) value;
  if (kind->type->type == FFI_TYPE_SINT16)
    words[0] = (uint32_t) * (const int16_t *) value;
  return (unsigned) (size + 3) / 4;
}

/* Put N words of an argument on W's stack, beyond those before it.  */
static void
push_words (const struct convention *c, struct words *w, const uint32_t *words,
            unsigned n)
{
  uint32_t *at = w->stack + w->count;
  if (c->borland)
    {
      memmove (w->stack + n, w->stack, w->count * 4);
      at = w->stack;
    }
  memcpy (at, words, n * 4);
  w->count += n;
}

/* Set up W for N arguments of KINDS with VALUES.  RESULT, if not null, is where the
   callee is to put its result.  */
static FFITEST_UNUSED void
set_up (const struct convention *c, struct words *w, unsigned n,
        const struct kind *const *kinds, void *const *values, void *result)
{
  static const struct kind pointer = { "pointer", &ffi_type_pointer, 1, 0, 0 };
  const int *registers = c->registers;
  uint32_t words[MACHINE_WORDS];
  unsigned total = n + (result != NULL);
  memset (w, 0, sizeof *w);
  for (unsigned i = 0; i < total; i++)
    {
      const struct kind *kind = &pointer;
      const void *value = &result;
      unsigned first = result != NULL && !c->borland;
      if (result == NULL || i != (c->borland ? n : 0))
        kind = kinds[i - first], value = values[i - first];
      int by_address = c->borland && kind->aggregate && kind->type->size > 4;
      if (by_address)
        kind = &pointer, value = &values[i];
      unsigned count = words_of (kind, value, words);
      if (kind->integer && *registers >= 0)
        {
          w->registers[*registers] = words[0];
          w->used |= 1u << *registers++;
          continue;
        }
      /* GCC's fastcall and thiscall: what is no floating-point number uses up
         registers for each of its words.  */
      if (!c->borland && !kind->floating)
        for (unsigned k = 0; k < count && *registers >= 0; k++)
          registers++;
      push_words (c, w, words, count);
    }
}

#endif
