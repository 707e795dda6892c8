// SPDX-License-Identifier: GPL-2.0
/* /proc/self/fdinfo shows form, trampolines, registers, mapped or not. */
#include "kit.h"

static void expect_lines(int fd, const char *const *lines)
{
	char path[64], text[1024];
	ssize_t n;
	int info;

	snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", fd);
	info = open(path, O_RDONLY);
	CHECK(info >= 0);
	n = read(info, text, sizeof(text) - 1);
	CHECK(n > 0);
	text[n] = 0;
	close(info);
	for (; *lines; lines++)
		if (!strstr(text, *lines))
			FAIL("expected a line \"%s\", got:\n%s", *lines, text);
}

int main(void)
{
	static struct pair pairs[5];
	char reg[64];
	const char *fresh[] = { "\nmapped:\t0\n", NULL };
	const char *made[] = { "\nform:\tpair\n", "\ntrampolines:\t5\n", reg,
			       "\nmapped:\t0\n", NULL };
	const char *mapped[] = { "\nform:\tpair\n", "\nmapped:\t1\n", NULL };
	const char *pushed[] = { "\nform:\tsecure\n", "\ndata-reg:\tpush\n",
				 "\ntargets:\t1\n", NULL };
	unsigned int i;
	int fd = kit_open();
	char *at;

	for (i = 0; i < NREGS; i++)
		if (regs[i].uapi == DESIGNATED)
			snprintf(reg, sizeof(reg), "\ndata-reg:\t%s\n",
				 regs[i].name);
	expect_lines(fd, fresh);
	close(fd);

	fd = kit_file(5, TRAMPFD_PAIR, DESIGNATED, pairs);
	expect_lines(fd, made);
	at = kit_map(fd);
	expect_lines(fd, mapped);
	munmap(at, kit_page());
	expect_lines(fd, made);
	close(fd);

	fd = kit_file(5, TRAMPFD_SECURE, TRAMPFD_PUSH, pairs);
	kit_allow(fd, entry_push);
	expect_lines(fd, pushed);
	return 0;
}
