// SPDX-License-Identifier: GPL-2.0
/* Code and data reach the target in each pair of registers; no other changes. */
#include "kit.h"

static void *codes[2], *datas[2];

static void try(const struct reg *code, const struct reg *data)
{
	uintptr_t places[NPLACES];
	unsigned int i;
	int fd = kit_open();
	char *at;

	EXPECT(kit_code(fd, 2, code->uapi, codes), sizeof(struct trampfd_code));
	EXPECT(kit_data(fd, data->uapi, 0, datas), sizeof(struct trampfd_data));
	at = kit_map(fd);

	for (i = 0; i < NPLACES; i++)
		places[i] = 0x5a00 + i;
	probe((void *)kit_tramp(fd, at, 1), places);
	EXPECT(probe_sp_after, probe_sp);
	for (i = 0; i < NPLACES; i++) {
		uintptr_t expected = 0x5a00 + i;

		if (i == data->index)
			expected = (uintptr_t)datas[1];
		else if (i == code->index)
			expected = (uintptr_t)codes[1];
		else if (PROBE_PLACES >> i & 1)
			continue;
		if (places[i] != expected)
			FAIL("code %s, data %s: %s: expected 0x%lx, got 0x%lx",
			     code->name, data->name, regs[i].name,
			     (long)expected, (long)places[i]);
	}
	munmap(at, kit_page());
	close(fd);
}

int main(void)
{
	unsigned int c, d;

	codes[0] = entry_pair;
	codes[1] = probe_target;
	datas[0] = NULL;
	datas[1] = &datas;
	for (c = 0; c < NREGS; c++)
		for (d = 0; d < NREGS; d++)
			if (c != d)
				try(&regs[c], &regs[d]);
	return 0;
}
