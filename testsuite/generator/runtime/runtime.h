/* SPDX-License-Identifier: MIT */
/* What a generated program and runtime.c know of each other.

   A program is tables - types and signatures - and two functions per signature
   that the compiler makes from its C prototype:

     callee  passes the addresses of its arguments to gen_seen and returns the
             value that gen_seen points to
     caller  calls a function of that type with the values that A points to and
             stores the result at R

   All checks are made by runtime.c, on values that it draws at random.  Integers
   narrower than a word are seen, and got as results, as the compiler widens them to
   64 bits.  On the way in they travel in carriers: the caller is compiled as if such
   an argument, and the callee as if such a result, had a wider type whose other
   bytes are junk.  */

#ifndef GEN_RUNTIME_H
#define GEN_RUNTIME_H

#include <ffi_types.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

enum gen_kind
{
  GEN_VOID,
  GEN_SIGNED,
  GEN_UNSIGNED,
  GEN_FLOATING, /* real */
  GEN_POINTER,
  GEN_COMPLEX,
  GEN_VECTOR,
  GEN_STRUCT,
  GEN_UNION,
  /* Structs whose size and alignment are always set beforehand.  */
  GEN_PACKED,
  GEN_PRESET, /* elements say nothing of where members are */
  GEN_LAYOUT, /* of ffi_types.h; a packed or further aligned one is preset */
  GEN_NUMBER, /* a float of ffi_types.h */
  GEN_BITS    /* a _BitInt, of whole bytes; what is above them does not count */
};

/* COUNT values of TYPE, OFFSET bytes into the whole.  */
struct gen_member
{
  size_t offset;
  unsigned count;
  const struct gen_type *type;
};

/* SIZE and ALIGNMENT are the compiler's; it aligns its own objects to KEPT_ALIGNMENT,
   which is less for vectors that no register can hold.  Of a scalar the first BYTES
   carry the value; of an aggregate the MEMBERS do.  A union's only member covers it.  */
struct gen_type
{
  enum gen_kind kind;
  size_t size, alignment, kept_alignment, bytes;
  ffi_type *ffi;
  unsigned nmembers;
  const struct gen_member *members;
};

/* What a CTYPE is aligned to where the compiler makes room for it, for a result that is
   assigned elsewhere, for example: no further than the stack of s390x and POWER.  */
#ifdef __s390x__
#define GEN_STACK 8
#elif defined __powerpc64__
#define GEN_STACK 16
#else
#define GEN_STACK 64
#endif
#define GEN_KEPT(ctype) (_Alignof(ctype) < GEN_STACK ? _Alignof(ctype) : GEN_STACK)

/* The types that every program may use.  */
extern const struct gen_type gen_void, gen_s8, gen_u8, gen_s16, gen_u16, gen_s32, gen_u32,
    gen_s64, gen_u64, gen_int, gen_ptr, gen_f32, gen_f64, gen_ld;
extern const struct gen_type gen_cf32, gen_cf64, gen_cld;
#ifdef FFI_TARGET_HAS_INT128
extern const struct gen_type gen_s128, gen_u128;
#endif

/* A library without objects for complex types takes a program's own.  */
#ifndef FFI_TARGET_HAS_COMPLEX_TYPE
extern ffi_type gen_ffi_cf32, gen_ffi_cf64, gen_ffi_cld;
#define ffi_type_complex_float gen_ffi_cf32
#define ffi_type_complex_double gen_ffi_cf64
#define ffi_type_complex_longdouble gen_ffi_cld
#endif

/* Types that not every target passes; each program's own, as its flags say what long
   double is, and the runtime is compiled without.  */
static __attribute__ ((unused)) ffi_aggregate gen_number_f16
    = FFI_FLOAT16 (gen_number_f16);
static __attribute__ ((unused)) ffi_aggregate gen_number_f128
    = FFI_FLOAT128 (gen_number_f128);
extern const struct gen_type gen_f16, gen_f128;
#define gen_ffi_f16 gen_number_f16.type
#define gen_ffi_f128 gen_number_f128.type

/* _BitInt of more than 64 bits is an array of words; of fewer, an integer.  */
static __attribute__ ((unused)) const ffi_member gen_words[]
    = { FFI_ARRAY (&ffi_type_uint64, 0, 2) };
static __attribute__ ((unused)) ffi_aggregate gen_bits
    = FFI_AGGREGATE (gen_bits, FFI_TYPE_LAYOUT, 16, 8, 1, gen_words);
extern const struct gen_type gen_bi24, gen_bi40, gen_bi72, gen_bi128;
#define gen_ffi_bi72 gen_bits.type
#define gen_ffi_bi128 gen_bits.type

/* FFI_TYPE_INT, for which the library has no object.  */
extern ffi_type gen_ffi_int;

/* Neither has it any for complex integers.  */
#define GEN_OWN_COMPLEX(name)                                                            \
  extern ffi_type gen_ffi_c##name;                                                       \
  extern const struct gen_type gen_c##name
GEN_OWN_COMPLEX (s8);
GEN_OWN_COMPLEX (u8);
GEN_OWN_COMPLEX (s16);
GEN_OWN_COMPLEX (u16);
GEN_OWN_COMPLEX (s32);
GEN_OWN_COMPLEX (u32);
GEN_OWN_COMPLEX (s64);
GEN_OWN_COMPLEX (u64);
#ifdef FFI_TARGET_HAS_INT128
GEN_OWN_COMPLEX (s128);
GEN_OWN_COMPLEX (u128);
#endif

struct gen_signature
{
  const char *text;
  int abi;
  unsigned nargs;
  unsigned nfixed; /* of a variadic function; else 0 */
  const struct gen_type *result;
  const struct gen_type *const *args;
  void (*callee) (void);
  void (*caller) (void (*fn) (void), void **a, void *r);
  unsigned char static_chain;  /* the ABI has one */
  unsigned char float_carried; /* a float travels in a double's carrier */
};

/* Tell what the callee got: SEEN[i] points to the i-th argument, or for an integer
   narrower than 64 bits to an int64_t or uint64_t.  Returns the result.  */
void *gen_seen (void **seen);

/* Code of the target's: jump to gen_chain_target with gen_chain in the static chain
   register, and the same after storing that register to gen_chain.  */
extern __attribute__ ((visibility ("hidden"))) void *gen_chain;
extern __attribute__ ((visibility ("hidden"))) void (*gen_chain_target) (void);
void gen_set_chain (void);
void gen_get_chain (void);

/* Check the COUNT signatures; ARGV may name the first and how many.  */
int gen_main (int argc, char **argv, const struct gen_signature *signatures,
              unsigned count);

/* The program cannot run here; returns the exit code.  */
int gen_unsupported (const char *reason);

#endif
