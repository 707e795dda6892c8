/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What an architecture supplies: its <arch>/registers.h and <arch>/machine.S.
 */
#ifndef MACHINE_H
#define MACHINE_H

#include <stdint.h>

/* A register: its name in the uapi, and its place in the array of probe(). */
struct reg {
	const char *name;
	unsigned int uapi;
	unsigned int index;
};

/*
 * Defines DESIGNATED, OTHER (the code register of two), NREGS, REGS, NPLACES,
 * HAS_PUSH, FIRST_NAME, LAST_NAME and STACK_UNIT (what a push takes).
 */
#include "registers.h"

/* Targets; each returns the data word of its pair, or the data itself. */
extern char entry_pair[];	/* DESIGNATED points to the pair */
extern char entry_data[];	/* DESIGNATED is the data */
extern char entry_push[];	/* the pair's address was pushed */
#if defined(__i386__)
extern char entry_spill[];	/* entry_pair, with what was spilled on the stack */
#endif
#if defined(__arm__)
extern char entry_pair_thumb[];	/* entry_pair in Thumb */
#endif

/*
 * Load all registers from places, jump to tramp, and return when probe_target is
 * reached, with what the registers were there.
 */
void probe(void *tramp, uintptr_t *places);
extern char probe_target[];
extern uintptr_t probe_sp;	/* stack pointer before the jump */
extern uintptr_t probe_sp_after;	/* and at probe_target */
extern uintptr_t probe_top;	/* the word on top of the stack there */

#endif
