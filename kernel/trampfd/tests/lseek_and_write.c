// SPDX-License-Identifier: GPL-2.0
/* lseek and write do what pwrite does, and a write leaves the position alone. */
#include "kit.h"

int main(void)
{
	static struct pair pairs[1] = { { (void *)42, entry_pair } };
	struct trampfd_data data = { .reg = DESIGNATED,
				     .table = (uintptr_t)pairs };
	struct trampfd_code code = { 1, TRAMPFD_PAIR, 0 };
	int fd = kit_open();

	EXPECT(lseek(fd, TRAMPFD_DATA, SEEK_SET), TRAMPFD_DATA);
	EXPECT(write(fd, &data, sizeof(data)), sizeof(data));
	EXPECT_ERROR(write(fd, &data, sizeof(data)), EEXIST);
	EXPECT(lseek(fd, TRAMPFD_CODE, SEEK_SET), TRAMPFD_CODE);
	EXPECT(write(fd, &code, sizeof(code)), sizeof(code));
	EXPECT(((tramp_fn *)kit_map(fd))(), 42);
	return 0;
}
