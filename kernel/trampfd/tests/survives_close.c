// SPDX-License-Identifier: GPL-2.0
/*
 * A table lives as long as its mapping: that its file is closed, its number used
 * again, its page dropped or locked does not matter.
 */
#include "forms.h"

int main(void)
{
	static struct table t;
	unsigned int f;

	for (f = 0; f < NFORMS; f++) {
		int zero, page = kit_page();

		table_make(&t, &forms[f], 3);
		CHECK(!close(t.fd));
		table_check(&t);
		zero = open("/dev/zero", O_RDWR);
		EXPECT(zero, t.fd);
		table_check(&t);
		CHECK(!madvise(t.at, page, MADV_DONTNEED));
		table_check(&t);
		mlock(t.at, page);
		munlock(t.at, page);
		madvise(t.at, page, 22 /* MADV_POPULATE_READ */);
		madvise(t.at, page, 21 /* MADV_PAGEOUT */);
		table_check(&t);
		CHECK(!munmap(t.at, page));
		CHECK(!close(zero));
	}

	/* What is mapped is locked, and present where there is something. */
	CHECK(!mlockall(MCL_CURRENT | MCL_FUTURE));
	for (f = 0; f < NFORMS; f++) {
		table_make(&t, &forms[f], 3);
		table_check(&t);
		table_drop(&t);
	}
	return 0;
}
