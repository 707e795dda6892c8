	{
		"policy_name=trampolines policy_version=0.0.0\n"
		"DEFAULT action=DENY\n"
		"op=EXECUTE trampfd=TRUE action=ALLOW\n"
		"op=EXECUTE trampfd=FALSE action=DENY\n",
		0,
		"trampfd property",
	},
	{
		"policy_name=trampolines policy_version=0.0.0\n"
		"DEFAULT action=DENY\n"
		"op=EXECUTE trampfd=MAYBE action=ALLOW\n",
		-EBADMSG,
		"trampfd property neither true nor false",
	},
