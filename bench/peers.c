/* SPDX-License-Identifier: MIT */
/* Loading the peers.  Several files with the soname libffi.so.8 live in one
   process because each is opened by path and RTLD_LOCAL.  */

#include "bench.h"
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *
symbol (void *library, const char *name, bool required)
{
  void *address = dlsym (library, name);
  if (address == NULL && required)
    {
      fprintf (stderr, "bench: %s\n", dlerror ());
      exit (2);
    }
  return address;
}

static void
load_types (struct peer *peer, void *library)
{
  static const char *const names[] = {
    [T_VOID] = "ffi_type_void",     [T_SHORT] = "ffi_type_sint16",
    [T_INT] = "ffi_type_sint32",    [T_LONG] = "ffi_type_sint64",
    [T_PTR] = "ffi_type_pointer",   [T_FLOAT] = "ffi_type_float",
    [T_DOUBLE] = "ffi_type_double",
  };

  for (unsigned i = 0; i < sizeof names / sizeof names[0]; i++)
    peer->types[i] = symbol (library, names[i], true);
  if (sizeof (long) == 4)
    peer->types[T_LONG] = peer->types[T_INT];

  for (unsigned i = 0; i < 2; i++)
    {
      ffi_type *element = peer->types[i == 0 ? T_LONG : T_DOUBLE];
      peer->elements[i][0] = peer->elements[i][1] = element;
      peer->struct_types[i]
          = (ffi_type){ .type = FFI_TYPE_STRUCT, .elements = peer->elements[i] };
      peer->types[T_LONGS + i] = &peer->struct_types[i];
    }
}

static void
load (struct peer *peer, const char *path)
{
  void *library = dlopen (path, RTLD_NOW | RTLD_LOCAL);
  if (library == NULL)
    {
      fprintf (stderr, "bench: %s\n", dlerror ());
      exit (2);
    }
  peer->floor = symbol (library, "floor_code", false);
  if (peer->floor != NULL)
    {
      peer->kind = FLOOR;
      return;
    }
  peer->kind = LIBFFI;
  peer->library = library;
  load_types (peer, library);
  *(void **) &peer->prep_cif = symbol (library, "ffi_prep_cif", true);
  *(void **) &peer->call = symbol (library, "ffi_call", true);
  *(void **) &peer->closure_alloc = symbol (library, "ffi_closure_alloc", true);
  *(void **) &peer->prep_closure_loc = symbol (library, "ffi_prep_closure_loc", true);
  *(void **) &peer->closure_free = symbol (library, "ffi_closure_free", true);
  *(void **) &peer->plan_alloc = symbol (library, "ffi_call_plan_alloc", false);
  *(void **) &peer->plan_invoke = symbol (library, "ffi_call_plan_invoke", false);
  *(void **) &peer->plan_free = symbol (library, "ffi_call_plan_free", false);
}

void
peer_load (struct peer *peer, const char *spec)
{
  char *equals = strchr (spec, '=');

  memset (peer, 0, sizeof *peer);
  peer->name = spec;
  if (equals != NULL)
    {
      peer->name = strndup (spec, (size_t) (equals - spec));
      load (peer, equals + 1);
    }
  else if (strcmp (spec, "libffcall") == 0 && have_ffcall)
    peer->kind = FFCALL;
  else if (strcmp (spec, "floor") == 0 || strcmp (spec, "near floor") == 0)
    {
      peer->kind = FLOOR;
      peer->floor = &floor_code;
    }
  else
    {
      fprintf (stderr, "bench: no peer '%s' here\n", spec);
      exit (2);
    }
}
