
/**
 * evaluate_trampfd() - Evaluate @ctx for the trampfd property.
 * @ctx: Supplies a pointer to the context being evaluated.
 *
 * Return:
 * * %true	- The file has trampolines that the kernel writes
 * * %false	- It is another file, or there is none
 */
static bool evaluate_trampfd(const struct ipe_eval_ctx *const ctx)
{
	return ctx->file && is_trampfd(ctx->file);
}
