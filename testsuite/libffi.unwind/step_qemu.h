/* SPDX-License-Identifier: MIT */
/* Processors that QEMU emulates: a debugger steps, lib/step.py, and raises SIGTRAP before
   every instruction of some code between two signals that it waits for.  */

#ifndef STEP_QEMU_H
#define STEP_QEMU_H

#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifdef __aarch64__
#define STEP_PC(context) ((context)->uc_mcontext.pc)
#define STEP_SP(context) ((context)->uc_mcontext.sp)
#define STEP_FRAME(context) _Unwind_GetCFA (context)
#define STEP_SYMBOL_TYPE ELF64_ST_TYPE
#elif defined __riscv
#define STEP_PC(context) ((context)->uc_mcontext.__gregs[REG_PC])
#define STEP_SP(context) ((context)->uc_mcontext.__gregs[REG_SP])
#define STEP_FRAME(context) _Unwind_GetCFA (context)
#define STEP_SYMBOL_TYPE ELF64_ST_TYPE
#elif defined __powerpc64__
#define STEP_PC(context) ((context)->uc_mcontext.gp_regs[32])
#define STEP_SP(context) ((context)->uc_mcontext.gp_regs[1])
#define STEP_RED_ZONE 288
#define STEP_FRAME(context) _Unwind_GetCFA (context)
#define STEP_SYMBOL_TYPE ELF64_ST_TYPE
#elif defined __s390x__
#define STEP_PC(context) ((context)->uc_mcontext.psw.addr)
#define STEP_SP(context) ((context)->uc_mcontext.gregs[15])
/* Unless it is one of these libgcc takes the address for the next instruction's.  */
#define STEP_SIGNO SIGSEGV
#define STEP_FRAME(context) _Unwind_GetCFA (context)
#define STEP_SYMBOL_TYPE ELF64_ST_TYPE
#else
#define STEP_PC(context) ((context)->uc_mcontext.arm_pc)
#define STEP_SP(context) ((context)->uc_mcontext.arm_sp)
#define STEP_FRAME(context) _Unwind_GetGR (context, 13)
#define STEP_SYMBOL_TYPE ELF32_ST_TYPE
#endif
#ifndef STEP_RED_ZONE
#define STEP_RED_ZONE 0
#endif

/* The code to step through: a trampoline, and the functions that the library has in
   assembly.  The debugger finds it by the third argument of the first signal.  */
static struct step_range step_code[32];
static unsigned step_code_count = 1;

static void
stepping_on (void)
{
  step_code[0] = step_trampoline;
  syscall (SYS_kill, getpid (), SIGUSR1, step_code);
}

static void
stepping_off (void)
{
  kill (getpid (), SIGUSR2);
}

static void
nobody_steps (int signal)
{
  (void) signal;
  ffitest_fail (__FILE__, __LINE__, "not run under testsuite/lib/step.py");
}

/* Is FUNCTION one?  With STEP_ENTRIES calls are left out.  */
static int
in_assembly (const char *function)
{
#ifndef STEP_ENTRIES
  if (strcmp (function, "ffi_call") == 0 || strcmp (function, "ffi_invoke") == 0
      || strcmp (function, "ffi_invoke_types") == 0
      || strcmp (function, "ffi_call_plan_invoke") == 0
      || strcmp (function, "ffi_probe_stack") == 0)
    return 1;
#endif
  return strcmp (function, "ffi_fast_entries") == 0
         || strcmp (function, "ffi_image_text") == 0
         || strncmp (function, "ffi_entry_", 10) == 0;
}

typedef ElfW (Sym) elf_symbol;

/* The symbols of the ELF file at FILE, and their NAMES.  */
static const elf_symbol *
elf_symbols (const char *file, size_t *count, const char **names)
{
  const ElfW (Ehdr) *header = (const ElfW (Ehdr) *) file;
  const ElfW (Shdr) *sections = (const ElfW (Shdr) *) (file + header->e_shoff);
  for (unsigned i = 0; i < header->e_shnum; i++)
    if (sections[i].sh_type == SHT_SYMTAB)
      {
        *count = sections[i].sh_size / sizeof (ElfW (Sym));
        *names = file + sections[sections[i].sh_link].sh_offset;
        return (const elf_symbol *) (file + sections[i].sh_offset);
      }
  UNSUPPORTED ("the library is stripped of its symbols");
}

static void
find_assembly (void)
{
#ifdef FFI_LIBRARY
  const char *path = FFI_LIBRARY;
#else
  const char *path = "/proc/self/exe";
#endif
  struct stat st;
  size_t count;
  const char *names;
  unsigned long load = 0;
  int fd = open (path, O_RDONLY);
  CHECK (fd >= 0 && fstat (fd, &st) == 0);
  const char *file = mmap (NULL, (size_t) st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
  CHECK (file != MAP_FAILED);
  const elf_symbol *symbols = elf_symbols (file, &count, &names);
  for (size_t i = 0; i < count; i++)
    {
      const char *name = names + symbols[i].st_name;
      if (STEP_SYMBOL_TYPE (symbols[i].st_info) != STT_FUNC)
        continue;
      if (strcmp (name, "ffi_call") == 0)
        load = (unsigned long) &ffi_call - symbols[i].st_value;
      if (!in_assembly (name))
        continue;
      CHECK (step_code_count < ARRAY_SIZE (step_code));
      step_code[step_code_count].low = symbols[i].st_value;
      step_code[step_code_count++].high = symbols[i].st_value + symbols[i].st_size;
    }
  for (unsigned i = 1; i < step_code_count; i++)
    step_code[i].low += load, step_code[i].high += load;
  CHECK_INT (munmap ((void *) (uintptr_t) file, (size_t) st.st_size), 0);
  CHECK_INT (close (fd), 0);
  CHECK (load != 0 && step_code_count > 5);
}

/* Whether PC is in libffi's assembly.  */
static int
step_in_libffi (unsigned long pc)
{
  for (unsigned i = 0; i < step_code_count; i++)
    if (pc >= step_code[i].low && pc < step_code[i].high)
      return 1;
  return 0;
}

/* Other code's unwind tables hold at calls only, on 32-bit Arm, and linkers make stubs
   without any.  */
#define step_is_described step_in_libffi

#ifdef __powerpc64__
/* Unwinders know a handler's caller by the kernel's instructions there, which QEMU does
   not have.  So the handler has a caller of its own, whose unwind table says where the
   context, in r31, has the interrupted registers.  */
#define STEP_HANDLER step_signal
void step_signal (int signal, siginfo_t *info, void *context);
static void single_step (int signal, siginfo_t *info, void *context);

/* uc_mcontext.gp_regs, for the assembler.  */
_Static_assert(offsetof (ucontext_t, uc_mcontext.gp_regs) == 232, "assembly");
__asm__(
    ".pushsection .text\n"
    /* Register number N of the unwinder's is in gp_regs[AT].  */
    ".macro STEP_SAVED n, at\n"
    "  .cfi_escape 0x10, \\n, 3, 0x8f, (232 + 8 * \\at) % 128 + 128\n"
    "  .cfi_escape (232 + 8 * \\at) / 128\n"
    ".endm\n"
    ".type step_signal, @function\n"
    "step_signal:\n"
    "  .cfi_startproc\n"
    "  .cfi_signal_frame\n"
    "  .cfi_return_column 67\n"
    "  addis 2, 12, .TOC. - step_signal@ha\n"
    "  addi 2, 2, .TOC. - step_signal@l\n"
    "  mflr 0\n"
    "  std 0, 16(1)\n"
    "  stdu 1, -32(1)\n"
    "  mr 31, 5\n"
    /* The caller's stack pointer is gp_regs[1].  */
    "  .cfi_escape 0x0f, 4, 0x8f, 240 % 128 + 128, 240 / 128, 6\n"
    "  .irp n, 0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20\n"
    "  STEP_SAVED \\n, \\n\n"
    "  .endr\n"
    "  .irp n, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31\n"
    "  STEP_SAVED \\n, \\n\n"
    "  .endr\n"
    "  STEP_SAVED 65, 36\n" /* lr */
    "  STEP_SAVED 67, 32\n" /* the address of the instruction */
    "  bl single_step\n"
    "  nop\n"
    "  addi 1, 1, 32\n"
    "  ld 0, 16(1)\n"
    "  mtlr 0\n"
    "  blr\n"
    "  .cfi_endproc\n"
    ".size step_signal, . - step_signal\n"
    ".popsection\n");
#endif

static __attribute__ ((constructor)) void
step_prepare (void)
{
  signal (SIGUSR1, nobody_steps);
  find_assembly ();
}

#endif
