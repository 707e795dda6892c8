// SPDX-License-Identifier: GPL-2.0
/* Numbers that name no register of this process's kind are EINVAL. */
#include "kit.h"

static bool is_register(unsigned int name)
{
	unsigned int i;

	for (i = 0; i < NREGS; i++)
		if (regs[i].uapi == name)
			return true;
	return false;
}

int main(void)
{
	static void *table[1];
	unsigned int name, accepted = 0;

	for (name = 0; name < 0x10008; name = name == 0x100 ? 0xfff8 : name + 1) {
		int fd = kit_open();
		bool form = name == TRAMPFD_PAIR || name == TRAMPFD_SECURE ||
			    name == TRAMPFD_ADJACENT;
		bool stack = name == TRAMPFD_PUSH ||
			     (HAS_SPILL && name == TRAMPFD_SPILL);

		if (is_register(name)) {
			CHECK(kit_code(fd, 1, name, table) > 0);
			accepted++;
		} else if (!form) {
			EXPECT_ERROR(kit_code(fd, 1, name, table), EINVAL);
			EXPECT_ERROR(kit_code(fd, 1, name, NULL), EINVAL);
		}
		close(fd);
		fd = kit_open();
		if (is_register(name) || stack)
			CHECK(kit_data(fd, name, 0, table) > 0);
		else
			EXPECT_ERROR(kit_data(fd, name, 0, table), EINVAL);
		close(fd);
	}
	EXPECT(accepted, NREGS);
	return 0;
}
