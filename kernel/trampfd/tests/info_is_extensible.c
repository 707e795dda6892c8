// SPDX-License-Identifier: GPL-2.0
/*
 * The system call fills what it knows of a larger info and zeroes the rest, and refuses
 * smaller ones, unknown flags and bad addresses without leaving a descriptor.
 */
#include "kit.h"

#ifdef __NR_trampfd

static int call(void *info, size_t size, unsigned int flags)
{
	return syscall(__NR_trampfd, info, size, flags);
}

static void refused(int next)
{
	static char info[2 * 65536];

	EXPECT_ERROR(call(info, TRAMPFD_INFO_SIZE_VER0 - 1, 0), EINVAL);
	EXPECT_ERROR(call(info, 0, 0), EINVAL);
	EXPECT_ERROR(call(info, kit_page() + 1, 0), E2BIG);
	EXPECT_ERROR(call(info, sizeof(struct trampfd_info), 1), EINVAL);
	EXPECT_ERROR(call(info, sizeof(struct trampfd_info), 1u << 31), EINVAL);
	EXPECT_ERROR(call(NULL, sizeof(struct trampfd_info), 0), EFAULT);
	EXPECT_ERROR(call((void *)-16, sizeof(struct trampfd_info), 0), EFAULT);
	EXPECT(dup(0), next);
	CHECK(!close(next));
}

int main(void)
{
	union {
		struct trampfd_info known;
		unsigned char bytes[256];
	} info;
	struct trampfd_info again;
	size_t i;
	int fd;

	CHECK(sizeof(struct trampfd_info) >= TRAMPFD_INFO_SIZE_VER0);
	memset(&info, 0x55, sizeof(info));
	fd = call(&info, sizeof(info), 0);
	CHECK(fd >= 0);
	again = kit_info(fd);
	EXPECT(memcmp(&info.known, &again, sizeof(again)), 0);
	for (i = sizeof(again); i < sizeof(info); i++)
		EXPECT(info.bytes[i], 0);
	EXPECT(fcntl(fd, F_GETFD), FD_CLOEXEC);
	CHECK(!close(fd));
	refused(fd);

	/* What is behind a smaller one is the caller's. */
	memset(&info, 0x55, sizeof(info));
	fd = call(&info, TRAMPFD_INFO_SIZE_VER0, 0);
	CHECK(fd >= 0);
	EXPECT(info.bytes[TRAMPFD_INFO_SIZE_VER0], 0x55);
	return 0;
}

#else

int main(void)
{
	return EXIT_SKIP;
}

#endif
