#include "LogisticSteps.h"

#include <string.h>

// A fused multiplication would make another machine's sums.
#pragma STDC FP_CONTRACT OFF

#if defined(__x86_64__) && defined(__gnu_linux__)
#define MLP_CLONES __attribute__((target_clones("avx2", "default")))
#else
#define MLP_CLONES
#endif

typedef double four __attribute__((vector_size(32)));
typedef uint64_t bits __attribute__((vector_size(32)));
typedef int32_t half __attribute__((vector_size(32)));
typedef int32_t pairs4 __attribute__((vector_size(16)));

MLP_CLONES
void mlp_logistic_steps(const double *scores, const double *targets, int64_t count, double gradients, double hessians,
                        const mlp_rounding *rounding, int32_t *pairs) {
  const four magic = {0x1.8p52, 0x1.8p52, 0x1.8p52, 0x1.8p52};
  bits gradient, hessian;
  memcpy(&gradient, rounding->gradient, sizeof gradient);
  memcpy(&hessian, rounding->hessian, sizeof hessian);
  const uint64_t gradient_step = 4 * rounding->gradient_step, hessian_step = 4 * rounding->hessian_step;
  for (int64_t row = 0; row < count; row += 4) {
    four x, target;
    memcpy(&x, scores + row, sizeof x);
    memcpy(&target, targets + row, sizeof target);
    x = -x;
    // Beyond ±500 as at ±500.
    bits above = (bits)(x > 500.0), below = (bits)(x < -500.0);
    x = (four)(((bits)(four){500, 500, 500, 500} & above) | ((bits)x & ~above));
    x = (four)(((bits)(four){-500, -500, -500, -500} & below) | ((bits)x & ~below));
    // eˣ = 2ᵏ · eʳ with |r| ≤ ln 2 / 2.
    four shifted = x * 1.4426950408889634 + magic;
    four rest = x - (shifted - magic) * 0.6931471805599453;
    four sum = rest * (1.0 / 362880) + 1.0 / 40320;
    sum = sum * rest + 1.0 / 5040;
    sum = sum * rest + 1.0 / 720;
    sum = sum * rest + 1.0 / 120;
    sum = sum * rest + 1.0 / 24;
    sum = sum * rest + 1.0 / 6;
    sum = sum * rest + 0.5;
    sum = sum * rest + 1.0;
    sum = sum * rest + 1.0;
    four chance = 1.0 / (1.0 + (four)((bits)sum + ((bits)shifted << 52)));
    four up = (four)((gradient >> 12) | 0x3FF0000000000000) - 1.5;
    four low = (four)((hessian >> 12) | 0x3FF0000000000000) - 1.5;
    up = (chance - target) * gradients + up + magic;
    low = chance * (1.0 - chance) * hessians + low + magic;
    bits both = ((bits)up << 16) + ((bits)low & 0xFFFF);
    pairs4 four_pairs = __builtin_shufflevector((half)both, (half)both, 0, 2, 4, 6);
    memcpy(pairs + row, &four_pairs, sizeof four_pairs);
    gradient += gradient_step;
    hessian += hessian_step;
  }
}
