#ifndef MLP_LOGISTIC_STEPS_H
#define MLP_LOGISTIC_STEPS_H
#include <stdint.h>

/// What rounds gradients and hessians by chance: the chances of the four rows in front, and from four rows to the next.
typedef struct {
  uint64_t gradient[4], hessian[4], gradient_step, hessian_step;
} mlp_rounding;

/// For `count` rows, rounded up to a multiple of four, the gradient (chance − target) · `gradients` and the hessian
/// chance · (1 − chance) · `hessians` of a logistic loss, rounded to whole numbers: 16 bits of gradient above 16 of hessian. A
/// chance is 1 / (1 + e⁻ˢᶜᵒʳᵉ), eˣ to 1e-10 and in plain arithmetic, so that it is the same on every machine.
///
/// In C because it is compiled twice here: a processor with AVX2 takes half the time.
void mlp_logistic_steps(const double *scores, const double *targets, int64_t count, double gradients, double hessians,
                        const mlp_rounding *rounding, int32_t *pairs);
#endif
