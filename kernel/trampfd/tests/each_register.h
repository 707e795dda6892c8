/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The pair's address reaches the target in the register, or on the stack if REG
 * is null, and nothing else changes but the places of MAY.
 */
#include "kit.h"

enum { EACH_PAIRS = 3 };
static struct pair each_pairs[EACH_PAIRS];

/* A file of FORM with pairs; *pairs are to be filled, *at is where to map it. */
static inline int each_file(unsigned int form, unsigned int reg,
			    struct pair **pairs, char **at)
{
	int fd;

	*at = NULL;
	*pairs = each_pairs;
	if (form != TRAMPFD_ADJACENT)
		return kit_file(EACH_PAIRS, form, reg, each_pairs);
	fd = kit_file(TRAMPFD_MAX, form, reg, NULL);
	*at = kit_adjacent(kit_page());
	*pairs = (struct pair *)(*at + kit_page());
	return fd;
}

static inline void each_try(unsigned int form, const struct reg *reg,
			    unsigned long may)
{
	const char *name = reg ? reg->name : "push";
	uintptr_t places[NPLACES], pair;
	struct pair *pairs;
	unsigned int i;
	char *at;
	int fd;

	fd = each_file(form, reg ? reg->uapi : TRAMPFD_PUSH, &pairs, &at);
	pair = (uintptr_t)&pairs[2];
	pairs[2].code = probe_target;
	if (form == TRAMPFD_SECURE)
		kit_allow(fd, probe_target);
	at = at ? kit_map_at(fd, at) : kit_map(fd);

	for (i = 0; i < NPLACES; i++)
		places[i] = 0x5a00 + i;
	probe((void *)kit_tramp(fd, at, 2), places);
	if (reg) {
		EXPECT(probe_sp_after, probe_sp);
	} else {
		EXPECT(probe_sp_after, probe_sp - STACK_UNIT);
		EXPECT(probe_top, pair);
	}
	for (i = 0; i < NPLACES; i++) {
		uintptr_t expected = 0x5a00 + i;

		if (reg && i == reg->index)
			expected = pair;
		else if ((may | PROBE_PLACES) >> i & 1)
			continue;
		if (places[i] != expected)
			FAIL("%s: %s: expected 0x%lx, got 0x%lx", name,
			     regs[i].name, (long)expected, (long)places[i]);
	}
	munmap(at, kit_page());
	close(fd);
}
