// SPDX-License-Identifier: GPL-2.0
/* Only targets that were allowed are jumped to; the pair is the user's to change. */
#include "kit.h"

int main(void)
{
	static struct pair pairs[1];
	uint64_t targets[] = { (uintptr_t)main, (uintptr_t)entry_pair,
			       (uintptr_t)entry_data };
	int fd = kit_file(1, TRAMPFD_SECURE, DESIGNATED, pairs);
	tramp_fn *tramp;

	EXPECT(pwrite(fd, targets, sizeof(targets), TRAMPFD_TARGETS),
	       sizeof(targets));
	memset(targets, 0, sizeof(targets));
	tramp = (tramp_fn *)kit_map(fd);
	kit_catch();

	pairs[0].data = (void *)9;
	pairs[0].code = entry_pair;
	EXPECT(tramp(), 9);
	pairs[0].code = entry_data;
	EXPECT(tramp(), pairs);
	pairs[0].code = entry_push;
	EXPECT(SIGNAL_OF(tramp()), SIGSEGV);
	EXPECT(kit_address, tramp);
	pairs[0].code = entry_pair + 4;
	EXPECT(SIGNAL_OF(tramp()), SIGSEGV);
	pairs[0].code = NULL;
	EXPECT(SIGNAL_OF(tramp()), SIGSEGV);
	pairs[0].code = entry_pair;
	EXPECT(tramp(), 9);
	return 0;
}
