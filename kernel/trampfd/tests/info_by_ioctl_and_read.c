// SPDX-License-Identifier: GPL-2.0
/* The info is the same by ioctl and by read; it tells a power of two. */
#include "kit.h"

int main(void)
{
	int fd = kit_open();
	struct trampfd_info a = kit_info(fd), b;

	EXPECT(read(fd, &b, sizeof(b)), sizeof(b));
	EXPECT(memcmp(&a, &b, sizeof(a)), 0);
	EXPECT(pread(fd, &b, sizeof(b), TRAMPFD_DATA), sizeof(b));
	EXPECT(memcmp(&a, &b, sizeof(a)), 0);

	EXPECT(a.code_size & (a.code_size - 1), 0);
	EXPECT(a.ntrampolines, kit_page() / a.code_size);
	EXPECT(a.code_offset, kit_page());
	EXPECT(a.reserved, 0);

	EXPECT_ERROR(read(fd, &b, sizeof(b) - 1), EINVAL);
	EXPECT_ERROR(read(fd, &b, 2 * sizeof(b)), EINVAL);
	EXPECT_ERROR(read(fd, (void *)16, sizeof(b)), EFAULT);
	EXPECT_ERROR(ioctl(fd, TRAMPFD_INFO, 16), EFAULT);
	EXPECT_ERROR(ioctl(fd, TRAMPFD_INFO + 1, &a), ENOTTY);
	return 0;
}
