// SPDX-License-Identifier: GPL-2.0
/*
 * i386: with TRAMPFD_SPILL, what eax was is on the stack, eax points to the pair, and
 * nothing else changes; with code and in the secure form.
 */
#include "each_register.h"

#if HAS_SPILL
static void spills(unsigned int form)
{
	enum { EAX };
	uintptr_t places[NPLACES];
	struct pair *pairs;
	unsigned int i;
	char *at;
	int fd = each_file(form, TRAMPFD_SPILL, &pairs, &at);

	pairs[1].code = probe_target;
	if (form == TRAMPFD_SECURE)
		kit_allow(fd, probe_target);
	at = at ? kit_map_at(fd, at) : kit_map(fd);
	for (i = 0; i < NPLACES; i++)
		places[i] = 0x5a00 + i;
	probe((void *)kit_tramp(fd, at, 1), places);
	EXPECT(probe_sp_after, probe_sp - 4);
	EXPECT(probe_top, 0x5a00 + EAX);
	EXPECT(places[EAX], &pairs[1]);
	for (i = EAX + 1; i < NPLACES; i++)
		EXPECT(places[i], 0x5a00 + i);
}
#endif

int main(void)
{
#if HAS_SPILL
	spills(TRAMPFD_ADJACENT);
	spills(TRAMPFD_SECURE);
	return 0;
#else
	int fd = kit_open();

	EXPECT_ERROR(kit_data(fd, TRAMPFD_SPILL, 0, NULL), EINVAL);
	return 0;
#endif
}
