// SPDX-License-Identifier: GPL-2.0
/* Without PROT_EXEC, trampolines of every form do not run; with it, they do again. */
#include "forms.h"

static void without(struct table *t, int prot)
{
	volatile uintptr_t result = 0;
	int sig;

	CHECK(!mprotect(t->at, kit_page(), prot));
	sig = SIGNAL_OF(result = table_call(t, 0));
	if (sig != SIGSEGV)
		FAIL("%s, %x: protection %d: expected signal %d, got %d, result 0x%lx",
		     t->form->name, t->form->data, prot, SIGSEGV, sig,
		     (unsigned long)result);
}

int main(void)
{
	static struct table t;
	unsigned int f;

	kit_catch();
	for (f = 0; f < NFORMS; f++) {
		/* Never run before, and run before. */
		table_make(&t, &forms[f], 1);
		without(&t, PROT_READ);
		without(&t, PROT_NONE);
		CHECK(!mprotect(t.at, kit_page(), PROT_READ | PROT_EXEC));
		table_check(&t);
		without(&t, PROT_READ);
		table_drop(&t);
	}
	return 0;
}
