// SPDX-License-Identifier: GPL-2.0
/* From the code descriptor on, the info is that of its form. */
#include "kit.h"

int main(void)
{
	int fd = kit_open();
	struct trampfd_info before = kit_info(fd), after;

	EXPECT(kit_code(fd, TRAMPFD_MAX, TRAMPFD_PAIR, NULL),
	       sizeof(struct trampfd_code));
	after = kit_info(fd);
	CHECK(after.code_size < before.code_size);
	EXPECT(after.ntrampolines, kit_page() / after.code_size);
	return 0;
}
