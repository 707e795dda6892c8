// SPDX-License-Identifier: GPL-2.0
/* /proc/self/fdinfo shows form, trampolines, registers, mapped or not. */
#include "forms.h"

static char text[1024];

static void read_info(int fd)
{
	char path[64];
	ssize_t n;
	int info;

	snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", fd);
	info = open(path, O_RDONLY);
	CHECK(info >= 0);
	n = read(info, text, sizeof(text) - 1);
	CHECK(n > 0);
	text[n] = 0;
	close(info);
}

/* There is a line with KEY and VALUE, or none with KEY if that is null. */
static void expect_line(const char *key, const char *value)
{
	char line[64];

	snprintf(line, sizeof(line), "\n%s:\t%s%s", key, value ? value : "",
		 value ? "\n" : "");
	if (!strstr(text, line) != !value)
		FAIL("expected %s line \"%s\", got:\n%s", value ? "a" : "no",
		     line + 1, text);
}

static void expect_number(const char *key, unsigned int number)
{
	char value[16];

	snprintf(value, sizeof(value), "%u", number);
	expect_line(key, value);
}

static const char *name_of(unsigned int reg)
{
	unsigned int i;

	for (i = 0; i < NREGS; i++)
		if (regs[i].uapi == reg)
			return regs[i].name;
	return reg == TRAMPFD_PUSH ? "push" : reg == TRAMPFD_SPILL ? "spill" : NULL;
}

static void expect_table(const struct table *t, unsigned int mapped)
{
	read_info(t->fd);
	expect_line("form", t->form->name);
	expect_number("trampolines", t->adjacent ? kit_page() / t->size : t->n);
	expect_number("code-size", t->size);
	expect_line("code-reg", name_of(t->form->code));
	expect_line("data-reg", name_of(t->form->data));
	expect_line("targets", table_is_secure(t) ? "1" : NULL);
	expect_number("mapped", mapped);
}

int main(void)
{
	struct trampfd_range ranges[2] = { { 1, 2 }, { 3, 4 } };
	static struct table t;
	unsigned int f;
	int fd = kit_open();

	read_info(fd);
	expect_line("form", NULL);
	expect_line("trampolines", NULL);
	expect_line("code-reg", NULL);
	expect_line("data-reg", NULL);
	expect_number("mapped", 0);
	CHECK(kit_data(fd, DESIGNATED, 0, t.own_words) > 0);
	read_info(fd);
	expect_line("form", NULL);
	expect_line("data-reg", name_of(DESIGNATED));
	close(fd);

	for (f = 0; f < NFORMS; f++) {
		table_open(&t, &forms[f], 5);
		expect_table(&t, 0);
		table_map(&t);
		expect_table(&t, 1);
		IN_CHILD(expect_table(&t, 1));
		CHECK(!munmap(t.at, kit_page()));
		expect_table(&t, 0);
		close(t.fd);
	}

	table_open(&t, &forms[NFORMS - 1], 5);
	CHECK(pwrite(t.fd, ranges, sizeof(ranges), TRAMPFD_CALLERS) > 0);
	read_info(t.fd);
	expect_number("callers", 2);
	return 0;
}
