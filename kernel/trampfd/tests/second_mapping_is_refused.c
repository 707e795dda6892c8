// SPDX-License-Identifier: GPL-2.0
/* EEXIST while mapped; after munmap, the same table may be mapped again. */
#include "forms.h"

static struct table t;

/* The place is free although a child still has what it inherited. */
static void free_despite_child(void)
{
	int go[2];
	pid_t child;

	CHECK(!pipe(go));
	child = fork();
	if (!child) {
		close(go[1]);
		_exit(read(go[0], &go[1], 1));
	}
	CHECK(!munmap(t.at, kit_page()));
	table_map(&t);
	close(go[1]);
	kit_reap(child);
	EXPECT_ERROR(kit_mmap(t.fd), EEXIST);
	close(go[0]);
}

int main(void)
{
	unsigned int f;

	for (f = 0; f < NFORMS; f++) {
		table_make(&t, &forms[f], 2);
		EXPECT_ERROR(kit_mmap(t.fd), EEXIST);
		/* A child that comes and goes does not free the place. */
		IN_CHILD(EXPECT_ERROR(kit_mmap(t.fd), EPERM));
		EXPECT_ERROR(kit_mmap(t.fd), EEXIST);
		/* Nor does an mremap that is refused. */
		EXPECT_ERROR(mremap(t.at, kit_page(), kit_page(),
				    MREMAP_MAYMOVE | MREMAP_FIXED,
				    t.at + 16 * kit_page()), EINVAL);
		EXPECT_ERROR(kit_mmap(t.fd), EEXIST);
		table_check(&t);
		free_despite_child();
		table_check(&t);

		CHECK(!munmap(t.at, kit_page()));
		table_map(&t);
		table_check(&t);
		/* Another mapping over it takes it away, too. */
		CHECK(mmap(t.at, kit_page(), PROT_READ, MAP_PRIVATE |
			   MAP_ANONYMOUS | MAP_FIXED, -1, 0) == t.at);
		CHECK(!munmap(t.at, kit_page()));
		table_map(&t);
		table_check(&t);
		table_drop(&t);
	}
	return 0;
}
