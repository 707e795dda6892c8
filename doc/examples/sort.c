/* SPDX-License-Identifier: MIT */
/* Give qsort, whose comparator has no argument for it, a context.  */
#include <ffi.h>
#include <stdio.h>
#include <stdlib.h>

struct order
{
  const char *rank; /* characters from first to last */
  unsigned calls;
};

static int
rank_of (const struct order *order, char c)
{
  for (int i = 0; order->rank[i] != '\0'; i++)
    if (order->rank[i] == c)
      return i;
  return -1;
}

static void
compare (ffi_cif *cif, void *result, void **args, void *user_data)
{
  const char *a = *(const char **) args[0], *b = *(const char **) args[1];
  struct order *order = user_data;

  (void) cif;
  order->calls++;
  *(ffi_sarg *) result = rank_of (order, *a) - rank_of (order, *b);
}

int
main (void)
{
  struct order order = { "zebracdfghijklmnopqstuvwxy", 0 };
  ffi_type *types[] = { &ffi_type_pointer, &ffi_type_pointer };
  char text[] = "trampoline";
  ffi_cif cif;
  void *code;
  ffi_closure *closure = ffi_closure_alloc (sizeof (ffi_closure), &code);

  if (closure == NULL
      || ffi_prep_cif (&cif, FFI_DEFAULT_ABI, 2, &ffi_type_sint, types) != FFI_OK
      || ffi_prep_closure_loc (closure, &cif, compare, &order, code) != FFI_OK)
    return 1;
  qsort (text, sizeof text - 1, 1, (int (*) (const void *, const void *)) code);
  ffi_closure_free (closure);
  printf ("%s\n", text);
  return order.calls > 0 ? 0 : 1;
}
