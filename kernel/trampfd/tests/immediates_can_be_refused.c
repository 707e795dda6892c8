// SPDX-License-Identifier: GPL-2.0
/*
 * Unless the module's parameter "immediates" is set, nobody gets code with addresses of
 * their choice; the adjacent and the secure form work.
 */
#include "forms.h"

#define PARAMETER "/sys/module/trampfd/parameters/immediates"

static void set(const char *value)
{
	int fd = open(PARAMETER, O_WRONLY);

	CHECK(fd >= 0);
	CHECK(write(fd, value, 1) == 1);
	CHECK(!close(fd));
}

static bool has_immediates(const struct form *form)
{
	return form->code != TRAMPFD_ADJACENT && form->code != TRAMPFD_SECURE;
}

int main(void)
{
	static struct table t, made;
	static void *table[1];
	unsigned int f;
	int fd;

	table_make(&made, &forms[0], 2);
	set("N");
	for (f = 0; f < NFORMS; f++) {
		if (!has_immediates(&forms[f])) {
			table_make(&t, &forms[f], 2);
			table_check(&t);
			table_drop(&t);
			continue;
		}
		fd = kit_open();
		EXPECT_ERROR(kit_code(fd, 1, forms[f].code,
				      forms[f].code == OTHER ? table : NULL),
			     EPERM);
		/* The file is as it was. */
		CHECK(kit_code(fd, TRAMPFD_MAX, TRAMPFD_ADJACENT, NULL) > 0);
		CHECK(!close(fd));
	}
	table_check(&made);	/* what was there stays */
	set("Y");
	table_make(&t, &forms[1], 2);
	table_check(&t);
	return 0;
}
