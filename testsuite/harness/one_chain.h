/* SPDX-License-Identifier: MIT */
/* For a processor whose ABIs all pass a static chain, in the register CHAIN, and have
   variadic functions.  Included by its CPU_places.h.  */

#ifndef ONE_CHAIN_H
#define ONE_CHAIN_H

static FFITEST_UNUSED int
has_static_chain (const struct machine_abi *abi)
{
  return abi != NULL;
}

static FFITEST_UNUSED void
pass_static_chain (const struct machine_abi *abi, const void *chain)
{
  (void) abi;
  machine_in.gpr[CHAIN] = (uintptr_t) chain;
}

static FFITEST_UNUSED const void *
static_chain_seen (const struct machine_abi *abi)
{
  (void) abi;
  return (const void *) machine_seen.gpr[CHAIN];
}

static FFITEST_UNUSED int
has_variadic_functions (const struct machine_abi *abi)
{
  return abi != NULL;
}

#endif
