/* SPDX-License-Identifier: MIT */
/* x86: the trap flag steps, and raises SIGTRAP after every instruction.  */

#ifndef STEP_X86_H
#define STEP_X86_H

#define STEP_FRAME(context) _Unwind_GetCFA (context)

/* Functions of their own, so that their CFI is right too.  */
void stepping_on (void);
void stepping_off (void);

#ifdef __x86_64__
#define STEP_PC(context) ((context)->uc_mcontext.gregs[REG_RIP])
#define STEP_SP(context) ((context)->uc_mcontext.gregs[REG_RSP])
#define STEP_RED_ZONE 128 /* bytes below the stack pointer that signals leave alone */
#define TRAP_FLAG_BEGIN                                                                  \
  "  endbr64\n"                                                                          \
  "  pushfq\n"                                                                           \
  "  .cfi_adjust_cfa_offset 8\n"
#define TRAP_FLAG_END                                                                    \
  "  popfq\n"                                                                            \
  "  .cfi_adjust_cfa_offset -8\n"
#define TRAP_FLAGS "(%rsp)"
#else
#define STEP_PC(context) ((context)->uc_mcontext.gregs[REG_EIP])
#define STEP_SP(context) ((context)->uc_mcontext.gregs[REG_ESP])
#define STEP_RED_ZONE 0
#define TRAP_FLAG_BEGIN                                                                  \
  "  endbr32\n"                                                                          \
  "  pushfl\n"                                                                           \
  "  .cfi_adjust_cfa_offset 4\n"
#define TRAP_FLAG_END                                                                    \
  "  popfl\n"                                                                            \
  "  .cfi_adjust_cfa_offset -4\n"
#define TRAP_FLAGS "(%esp)"
#endif

#define TRAP_FLAG_FUNCTION(name, instruction)                                            \
  "  .globl " name "\n"                                                                  \
  "  .type " name ", @function\n" name ":\n"                                             \
  "  .cfi_startproc\n" TRAP_FLAG_BEGIN "  " instruction "\n" TRAP_FLAG_END "  ret\n"     \
  "  .cfi_endproc\n"                                                                     \
  "  .size " name ", . - " name "\n"

__asm__(".pushsection .text\n"                                        //
        TRAP_FLAG_FUNCTION ("stepping_on", "orl $0x100, " TRAP_FLAGS) //
        TRAP_FLAG_FUNCTION ("stepping_off", "andl $~0x100, " TRAP_FLAGS) ".popsection\n");

#ifdef FFI_LIBRARY
static const void *step_library;

/* Not from the handler of a signal, which may come in the midst of the loader.  */
static __attribute__ ((constructor)) void
step_prepare (void)
{
  step_library = loaded_object_at (dlsym (RTLD_DEFAULT, "ffi_call"));
}
#endif

/* Is PC in libffi's code?  Inside a program that cannot be told.  */
static int
step_in_libffi (unsigned long pc)
{
#ifdef FFI_LIBRARY
  return loaded_object_at ((const void *) pc) == step_library;
#else
  (void) pc;
  return 1;
#endif
}

/* Has all code at PC unwind tables that hold at every instruction?  On i386 the startup
   files bring get-pc thunks, which linkers take instead of the compiler's, and the C
   library has functions in assembly, all without.  */
static int
step_is_described (unsigned long pc)
{
#ifdef __i386__
  const char *name;
  Dl_info object;
  unsigned char code[4];
  memcpy (code, (const void *) pc, 4);
  /* At a return: it may be the last instruction of a thunk.  */
  if (code[0] == 0xc3)
    memcpy (code, (const void *) (pc - 3), 4);
  if (code[0] == 0x8b && (code[1] & 0xc7) == 4 && code[2] == 0x24 && code[3] == 0xc3)
    return 0;
  if (dladdr ((void *) pc, &object) == 0)
    return 1;
  name = strrchr (object.dli_fname, '/');
  return name == NULL || strncmp (name, "/libc.so", 8) != 0;
#else
  (void) pc;
  return 1;
#endif
}

#endif
