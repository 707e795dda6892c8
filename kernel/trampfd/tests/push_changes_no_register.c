// SPDX-License-Identifier: GPL-2.0
/* The push form pushes the pair's address; where it is not offered, EINVAL. */
#include "each_register.h"

int main(void)
{
	if (HAS_PUSH) {
		each_try(TRAMPFD_PAIR, NULL, 0);
	} else {
		int fd = kit_open();

		CHECK(kit_code(fd, 1, TRAMPFD_PAIR, NULL) > 0);
		EXPECT_ERROR(kit_data(fd, TRAMPFD_PUSH, 0, each_pairs), EINVAL);
	}
	return 0;
}
