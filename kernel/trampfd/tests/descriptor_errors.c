// SPDX-License-Identifier: GPL-2.0
/* The errors of writes: EINVAL, EFAULT, EEXIST. */
#include "kit.h"

static void *table[2048];

static void sizes_and_offsets(void)
{
	struct trampfd_code code = { 1, DESIGNATED, (uintptr_t)table };
	int fd = kit_open();

	EXPECT_ERROR(pwrite(fd, &code, sizeof(code) - 1, TRAMPFD_CODE), EINVAL);
	EXPECT_ERROR(pwrite(fd, &code, sizeof(code) + 1, TRAMPFD_CODE), EINVAL);
	EXPECT_ERROR(pwrite(fd, &code, 0, TRAMPFD_CODE), EINVAL);
	EXPECT_ERROR(pwrite(fd, NULL, sizeof(code), TRAMPFD_CODE), EINVAL);
	EXPECT_ERROR(pwrite(fd, (void *)16, sizeof(code), TRAMPFD_CODE), EFAULT);
	EXPECT_ERROR(pwrite(fd, (void *)16, sizeof(code), TRAMPFD_DATA), EFAULT);
	EXPECT_ERROR(pwrite(fd, &code, sizeof(code), TRAMPFD_CALLERS + 1),
		     EINVAL);
	EXPECT_ERROR(pwrite(fd, &code, sizeof(code), kit_page()), EINVAL);
	EXPECT_ERROR(lseek(fd, TRAMPFD_CALLERS + 1, SEEK_SET), EINVAL);
	EXPECT_ERROR(lseek(fd, -1, SEEK_SET), EINVAL);
	EXPECT_ERROR(lseek(fd, 0, SEEK_CUR), EINVAL);
	EXPECT_ERROR(lseek(fd, 0, SEEK_END), EINVAL);
	close(fd);
}

static void code_fields(void)
{
	int fd = kit_open();
	unsigned int max = kit_info(fd).ntrampolines;

	EXPECT_ERROR(kit_code(fd, 0, OTHER, table), EINVAL);
	EXPECT_ERROR(kit_code(fd, max + 1, OTHER, table), EINVAL);
	EXPECT_ERROR(kit_code(fd, 1, OTHER, NULL), EINVAL);
	EXPECT_ERROR(kit_code(fd, 1, OTHER, (char *)table + 1), EINVAL);
	EXPECT_ERROR(kit_code(fd, 2, OTHER, (void *)-(uintptr_t)sizeof(void *)), EFAULT);
	EXPECT_ERROR(kit_code(fd, 1, TRAMPFD_PAIR, table), EINVAL);
	EXPECT_ERROR(kit_code(fd, 0, TRAMPFD_PAIR, NULL), EINVAL);
	EXPECT_ERROR(kit_code(fd, 1 + kit_page() / 8, TRAMPFD_PAIR, NULL), EINVAL);
	CHECK(kit_code(fd, max, OTHER, table) > 0);
	EXPECT_ERROR(kit_code(fd, max, OTHER, table), EEXIST);

	EXPECT_ERROR(kit_data(fd, OTHER, 0, table), EINVAL);
	EXPECT_ERROR(kit_data(fd, TRAMPFD_PUSH, 0, table), EINVAL);
	EXPECT_ERROR(kit_data(fd, DESIGNATED, 2 * sizeof(void *), table), EINVAL);
	CHECK(kit_data(fd, DESIGNATED, 0, table) > 0);
	EXPECT_ERROR(kit_data(fd, DESIGNATED, 0, table), EEXIST);
	close(fd);
}

static void data_fields(void)
{
	int fd = kit_open();
	unsigned int word = sizeof(void *);

	EXPECT_ERROR(kit_data(fd, DESIGNATED, 0, (char *)table + 2), EINVAL);
	EXPECT_ERROR(kit_data(fd, DESIGNATED, word, table), EINVAL);
	EXPECT_ERROR(kit_data(fd, DESIGNATED, 2 * word + 1, table), EINVAL);
	EXPECT_ERROR(kit_data(fd, DESIGNATED, 0, (void *)-(uintptr_t)word), EFAULT);
	CHECK(kit_data(fd, DESIGNATED, 4 * word, table) > 0);
	/* The stride belongs to pairs: now the two-register form is out. */
	EXPECT_ERROR(kit_code(fd, 1, OTHER, table), EINVAL);
	CHECK(kit_code(fd, 1, TRAMPFD_PAIR, NULL) > 0);
	close(fd);

	/* Without a table, all but the adjacent form are out. */
	fd = kit_open();
	CHECK(kit_data(fd, DESIGNATED, 0, NULL) > 0);
	EXPECT_ERROR(kit_code(fd, 1, OTHER, table), EINVAL);
	EXPECT_ERROR(kit_code(fd, 1, TRAMPFD_PAIR, NULL), EINVAL);
	EXPECT_ERROR(kit_code(fd, 1, TRAMPFD_SECURE, NULL), EINVAL);
	CHECK(kit_code(fd, TRAMPFD_MAX, TRAMPFD_ADJACENT, NULL) > 0);
	close(fd);

	/* The last pair must be in user memory, too. */
	fd = kit_open();
	CHECK(kit_data(fd, DESIGNATED, 0xfffffff0, table) > 0);
	if (sizeof(void *) == 4)
		EXPECT_ERROR(kit_code(fd, 3, TRAMPFD_PAIR, NULL), EFAULT);
	close(fd);
}

static void secure_arrays(void)
{
	uint64_t target = (uintptr_t)entry_pair, bad[2] = { target, 0 };
	struct trampfd_range range = { 0x1000, 0x2000 }, empty = { 8, 8 };
	static uint64_t many[TRAMPFD_MAX_TARGETS + 1];
	unsigned int i;
	int fd = kit_open();

	for (i = 0; i <= TRAMPFD_MAX_TARGETS; i++)
		many[i] = 0x1000 + i;
	EXPECT_ERROR(pwrite(fd, bad, sizeof(bad), TRAMPFD_TARGETS), EINVAL);
	bad[1] = ~0ull;
	EXPECT_ERROR(pwrite(fd, bad, sizeof(bad), TRAMPFD_TARGETS), EINVAL);
	EXPECT_ERROR(pwrite(fd, bad, 7, TRAMPFD_TARGETS), EINVAL);
	EXPECT_ERROR(pwrite(fd, many, sizeof(many), TRAMPFD_TARGETS), EINVAL);
	EXPECT_ERROR(pwrite(fd, (void *)16, 8, TRAMPFD_TARGETS), EFAULT);
	EXPECT_ERROR(pwrite(fd, &empty, sizeof(empty), TRAMPFD_CALLERS), EINVAL);
	EXPECT_ERROR(pwrite(fd, (void *)16, 16, TRAMPFD_CALLERS), EFAULT);
	CHECK(pwrite(fd, many, sizeof(many) - 8, TRAMPFD_TARGETS) > 0);
	EXPECT_ERROR(pwrite(fd, &target, 8, TRAMPFD_TARGETS), EEXIST);
	CHECK(pwrite(fd, &range, sizeof(range), TRAMPFD_CALLERS) > 0);
	EXPECT_ERROR(pwrite(fd, &range, sizeof(range), TRAMPFD_CALLERS), EEXIST);
	EXPECT_ERROR(kit_code(fd, 1, TRAMPFD_PAIR, NULL), EINVAL);
	CHECK(kit_code(fd, 1, TRAMPFD_SECURE, NULL) > 0);
	close(fd);

	fd = kit_open();
	CHECK(kit_code(fd, 1, TRAMPFD_PAIR, NULL) > 0);
	EXPECT_ERROR(pwrite(fd, &target, 8, TRAMPFD_TARGETS), EINVAL);
	EXPECT_ERROR(pwrite(fd, &range, sizeof(range), TRAMPFD_CALLERS), EINVAL);
	close(fd);
}

int main(void)
{
	sizes_and_offsets();
	code_fields();
	data_fields();
	secure_arrays();
	return 0;
}
