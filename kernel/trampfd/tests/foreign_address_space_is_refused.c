// SPDX-License-Identifier: GPL-2.0
/* A forked child and a program that was given the file get EPERM. */
#include "forms.h"

int main(int argc, char **argv)
{
	static struct table t;
	char number[12];
	int fresh;
	unsigned int f;

	if (argc > 1) {	/* executed by the child below */
		EXPECT_ERROR(kit_mmap(atoi(argv[1])), EPERM);
		EXPECT_ERROR(kit_code(atoi(argv[1]), 1, TRAMPFD_PAIR, NULL),
			     EPERM);
		return 0;
	}

	fresh = kit_open();
	for (f = 0; f < NFORMS; f++) {
		table_open(&t, &forms[f], 1);
		IN_CHILD({
			EXPECT_ERROR(kit_mmap(t.fd), EPERM);
			EXPECT_ERROR(kit_code(fresh, 1, TRAMPFD_PAIR, NULL),
				     EPERM);
			EXPECT_ERROR(kit_data(fresh, DESIGNATED, 0, t.own_words),
				     EPERM);
			EXPECT_ERROR(pwrite(fresh, &number, 8, TRAMPFD_TARGETS),
				     EPERM);
			EXPECT_ERROR(pwrite(fresh, &number, 16, TRAMPFD_CALLERS),
				     EPERM);
		});
		IN_CHILD({
			fcntl(t.fd, F_SETFD, 0);
			snprintf(number, sizeof(number), "%d", t.fd);
			execl(argv[0], argv[0], number, NULL);
			_exit(1);
		});
		table_map(&t);	/* the opener still may */
		table_check(&t);
		table_drop(&t);
	}
	return 0;
}
