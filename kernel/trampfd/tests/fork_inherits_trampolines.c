// SPDX-License-Identifier: GPL-2.0
/*
 * Children, and theirs, use inherited trampolines with data of their own, before and
 * after the parent has touched the page; what they do changes nothing for it.
 */
#include "forms.h"

static struct table t;

static void child(void)
{
	table_check(&t);
	table_set(&t, 1, 7);
	EXPECT(table_call(&t, 1), 7);
	CHECK(!close(t.fd));
	IN_CHILD({
		EXPECT(table_call(&t, 1), 7);
		table_set(&t, 1, 8);
		EXPECT(table_call(&t, 1), 8);
		CHECK(!munmap(t.at, kit_page()));
	});
	EXPECT(table_call(&t, 1), 7);
	CHECK(!madvise(t.at, kit_page(), MADV_DONTNEED));
	EXPECT(table_call(&t, 1), 7);
	CHECK(!munmap(t.at, kit_page()));
}

int main(void)
{
	unsigned int f;

	for (f = 0; f < NFORMS; f++) {
		table_make(&t, &forms[f], 2);
		IN_CHILD(child());
		table_check(&t);
		IN_CHILD(child());
		table_check(&t);
		table_drop(&t);
	}
	return 0;
}
